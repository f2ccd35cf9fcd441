"""The only place where a date, or a change of one, becomes English."""

from timeline.wording.amounts import amount_words, range_words
from timeline.wording.countdown import countdown_words
from timeline.wording.news import (
    change_words,
    kind_words,
    mode_words,
    precision_words,
    qualifier_words,
)
from timeline.wording.phrases import (
    date_words,
    instant_words,
    span_words,
    window_words,
    zone_words,
)
from timeline.wording.said import day_words, said_on_words

__all__ = [
    "amount_words",
    "change_words",
    "countdown_words",
    "date_words",
    "day_words",
    "instant_words",
    "kind_words",
    "mode_words",
    "precision_words",
    "qualifier_words",
    "range_words",
    "said_on_words",
    "span_words",
    "window_words",
    "zone_words",
]
