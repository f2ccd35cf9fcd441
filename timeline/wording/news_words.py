"""All that news of a date says, in one language; facts are put in at the braces."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsWords:
    """The words of one language. `in_subject` fits a line of news behind a title and a colon."""

    date_words: Callable[..., str]
    window_words: Callable[..., str]
    day_words: Callable[..., str]
    change_words: Callable[..., str]
    kind_words: Callable[..., str]
    amount_words: Callable[..., str]
    range_words: Callable[..., str]
    countdown_words: Callable[..., str]
    in_subject: Callable[[str], str]

    cancelled: str
    later: str
    earlier: str
