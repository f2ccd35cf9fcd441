"""All that the entries of a calendar say, in one language; facts are put in at the braces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from timeline.changes import StatementKind
from timeline.dates import Mode, Qualifier
from timeline.wording.news import change_words
from timeline.wording.phrases import date_words, window_words
from timeline.wording.said import day_words

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


ENGLISH = EntryWords(
    date_words=date_words,
    window_words=window_words,
    change_words=change_words,
    day_words=day_words,
    cancelled="Cancelled: ",
    bracketed=" ({words})",
    was=" (was {words})",
    overdue_was=" (overdue, was {words})",
    last_day_of="{words}, last day",
    approximate="Date approximate",
    when={
        StatementKind.PLAN: "When: {said}.",
        StatementKind.OCCURRED: "When: {said}.",
        StatementKind.CANCELLED: "The date was: {said}.",
    },
    when_days="{words}, {days}",
    is_overdue="Overdue: this time has passed and nothing was reported.",
    time_named="Firm: the time was named.",
    days_named="Firm: the days were named.",
    day_named="Firm: the day was named.",
    to_be_confirmed="Not firm: this is still to be confirmed.",
    doubted={
        Qualifier.APPROXIMATE: "Not firm: it may be a little earlier or later.",
        Qualifier.UNCERTAIN: "Not firm: the source is in doubt about it.",
        Qualifier.BOTH: "Not firm: it may be earlier or later and the source is in doubt about it.",
    },
    open={
        (Mode.WITHIN, FIRST): (
            "Not firm: any of these days is possible; this entry marks the first."
        ),
        (Mode.WITHIN, LAST): "Not firm: any of these days is possible; this entry marks the last.",
        (Mode.WITHIN, ALL): "Not firm: any of these days is possible; this entry shows them all.",
        (Mode.SPAN, FIRST): "Not firm: only this much is known; this entry marks the first day.",
        (Mode.SPAN, LAST): "Not firm: only this much is known; this entry marks the last day.",
        (Mode.SPAN, ALL): "Not firm: only this much is known; this entry shows all of it.",
        (Mode.NET, FIRST): (
            "Not firm: any day from then on is possible; this entry marks the first."
        ),
        (Mode.BY, LAST): "Not firm: any day until then is possible; this entry marks the last.",
    },
    changed="{news} (published {day}).",
    said_in_month="Said by {publisher} in {day}.",
    said_on_day="Said by {publisher} on {day}.",
    why="Why: {reason}",
    digest_one="Some time in {year}: 1 milestone",
    digest_many="Some time in {year}: {count} milestones",
    digest_of="Of these only the year is known:",
    digest_more="… and {count} more",
    nothing_dated="No dates yet: {name}",
    nothing_dated_yet="Entries appear here when a date is stated.",
    about="When things are to happen and who says so.",
    about_sign=" A name with ~ before it has no day yet",
    about_words=" A name with words behind it in brackets has no day yet",
    about_marks={
        "start": ": the entry marks the first day that is possible.",
        "end": ": the entry marks the last day that is possible.",
        "both": ": one entry marks the first day that is possible and one the last.",
        "span": ": the entry shows the days that are possible or marks the first of many.",
        "none": " and is left out.",
    },
)
IN: Mapping[str, EntryWords] = {"en": ENGLISH}
