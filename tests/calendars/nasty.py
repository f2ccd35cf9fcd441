"""Texts that have broken somebody's calendar, or could."""

import unicodedata

from hypothesis import strategies as st

PIECES = [
    "\r\nBEGIN:VALARM",
    "\r\n END:VEVENT",
    "\nATTENDEE:mailto:x@example.com",
    "\rX:y",
    "\r",
    "\r\r\n",
    "\v",
    "\f",
    "\x1c",
    "\x1e",
    "\x85END:VEVENT",
    "\u2028URL:https://evil.example/",
    "\u2029METHOD:CANCEL",
    "\\",
    "\\\\n",
    "\\n",
    "\\N",
    "\\,",
    "\\" * 74,
    ";",
    ",",
    ":",
    '"',
    "^n",
    "DTSTART;TZID=x:",
    "<b>&amp;",
    "javascript:alert(1)",
    "http://[::1",
    "https://example.com/?a=1,2;b=\\3",
    "\x00",
    "\x1b[2J",
    "\x7f",
    "\x9b",
    "\ufeff",
    "\u202e",
    "\u2066\u2069",
    "\u200b",
    "\u200d",
    "=?utf-8?q?x?=",
    " ",
    "\t",
    "\u00a0",
    "月",
    "\U00020000",
    "🚀",
    "👩\u200d🚀",
    "🏳\ufe0f\u200d🌈",
    "🇯🇵",
    "e\u0301",
    "\u0301",
    "\ufffd\uffff",
    "x" * 76,
    "é" * 40,
]
# Lone surrogates are no text: no database gives them.
texts = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=20), max_size=30
).map("".join)
# In the width of a column.
names = texts.map(lambda text: text[:120])


def on_one_line(text: str) -> str:
    """What must arrive of a text that stands on one line: all but controls and byte order marks."""
    text = text.replace("\ufeff", "")
    for end in "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        text = text.replace(end, " ")
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cc").split())
