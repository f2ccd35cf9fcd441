"""The dates and changes of a calendar in Japanese, in words that our own reading knows."""
