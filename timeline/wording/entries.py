"""What the entries of a calendar say, in each language that we have."""

from collections.abc import Mapping

from timeline.changes import StatementKind
from timeline.dates import Mode, Qualifier
from timeline.wording.entry_words import ALL, FIRST, LAST, EntryWords
from timeline.wording.japanese.entries import JAPANESE
from timeline.wording.news import change_words
from timeline.wording.phrases import date_words, window_words
from timeline.wording.said import day_words

__all__ = ["ALL", "ENGLISH", "FIRST", "IN", "LAST", "EntryWords"]

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
    nothing_dated="Nothing to show now: {name}",
    nothing_dated_yet=(
        "Entries appear by themselves as soon as something falls into this calendar."
    ),
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
IN: Mapping[str, EntryWords] = {"en": ENGLISH, "ja": JAPANESE}
