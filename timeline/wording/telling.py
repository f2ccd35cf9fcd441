"""What news of a date says, in each language that we have."""

from collections.abc import Mapping

from timeline.wording.amounts import amount_words, range_words
from timeline.wording.countdown import countdown_words
from timeline.wording.japanese.telling import JAPANESE
from timeline.wording.news import change_words, kind_words, subject_words
from timeline.wording.news_words import NewsWords
from timeline.wording.phrases import date_words, window_words
from timeline.wording.said import day_words

__all__ = ["ENGLISH", "IN", "JAPANESE", "NewsWords"]

ENGLISH = NewsWords(
    date_words=date_words,
    window_words=window_words,
    day_words=day_words,
    change_words=change_words,
    kind_words=kind_words,
    amount_words=amount_words,
    range_words=range_words,
    countdown_words=countdown_words,
    in_subject=subject_words,
    cancelled="cancelled",
    later="{amount} later",
    earlier="{amount} earlier",
)
IN: Mapping[str, NewsWords] = {"en": ENGLISH, "ja": JAPANESE}
