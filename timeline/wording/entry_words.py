"""All that the entries of a calendar say, in one language; facts are put in at the braces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from timeline.dates import Mode, Qualifier

FIRST, LAST, ALL = "first", "last", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWords:
    """The sentences of one language.

    `open` are those of a date that leaves a choice, by its mode and by which of the possible
    days the entry marks: FIRST, LAST, or ALL of them.
    """

    date_words: Callable[..., str]
    window_words: Callable[..., str]
    change_words: Callable[..., str]
    day_words: Callable[..., str]

    cancelled: str
    bracketed: str
    was: str
    overdue_was: str
    last_day_of: str
    approximate: str

    when: Mapping[str, str]
    when_days: str
    is_overdue: str
    time_named: str
    days_named: str
    day_named: str
    to_be_confirmed: str
    doubted: Mapping[Qualifier, str]
    open: Mapping[tuple[Mode, str], str]
    changed: str
    said_in_month: str
    said_on_day: str
    why: str

    digest_one: str
    digest_many: str
    digest_of: str
    digest_more: str
    nothing_dated: str
    nothing_dated_yet: str

    about: str
    about_marks: Mapping[str, str]
    about_words: str
    about_sign: str
