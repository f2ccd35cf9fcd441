"""What the looks of entries in the preview mean. Only those that occur are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.dates import Precision, VagueDate, make
from timeline.ical.marker import LONGEST_BAR
from timeline.ical.options import PARAMETERS, Options
from timeline.pages.preview import Entry
from timeline.wording.entries import IN, EntryWords

_NAME = {"en": "Name", "ja": "名前"}
_SPRING = make("2027-25", Precision.SEASON)
_BY = make("[..2027-06]", Precision.MONTH)
_FROM = make("[2027-06..]", Precision.MONTH)
_MAY = make("2026-05", Precision.MONTH)
# By the senses of entries, in the order of the legend.
_WORDS = {
    "firm": "the day is firm, or it has happened",
    "open": "this day, still to be confirmed",
    "vague": "no day yet: stands {where}",
    "not before": "not before: stands on the first day",
    "deadline": "a deadline: stands on its last day",
    "overdue": "nothing reported yet: stands on the last day of that time",
    "digest": "of these only the year is known: stands on 1 January",
    "cancelled": "will not happen",
}
_LOOKS = {"firm", "open", "cancelled"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sample in the language of the calendar, and its meaning in that of the page."""

    look: str
    sample: str
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands behind the name of some entries."""

    sample: str
    words: str


def legend(entries: Sequence[Entry], options: Options) -> list[Line]:
    senses, samples = {one.sense for one in entries}, _samples(options)
    return [
        Line(
            sense if sense in _LOOKS else "vague",
            samples[sense],
            words.format(where=_where(options)),
        )
        for sense, words in _WORDS.items()
        if sense in senses
    ]


def signs(entries: Sequence[Entry]) -> list[Sign]:
    """Those that occur."""
    rung = [Sign("♪", "rings, in apps that take alarms")] if any(e.rings for e in entries) else []
    busy = [Sign("■", "marks you busy")] if any(e.is_busy for e in entries) else []
    return [*rung, *busy]


def _samples(options: Options) -> dict[str, str]:
    say, name = IN[options.lang], _NAME[options.lang]
    sign = "~ " if options.prefix == "1" else ""
    return {
        "firm": name,
        "open": name,
        "vague": sign + name + _in_brackets(_SPRING, say),
        "not before": sign + name + _in_brackets(_FROM, say),
        "deadline": name + _in_brackets(_BY, say),
        "overdue": sign + name + say.overdue_was.format(words=_said(_MAY, say)),
        "digest": sign + say.digest_many.format(year=2027, count=3),
        "cancelled": say.cancelled + name,
    }


def _in_brackets(value: VagueDate, say: EntryWords) -> str:
    return say.bracketed.format(words=_said(value, say))


def _said(value: VagueDate, say: EntryWords) -> str:
    return say.date_words(value, home_zone="UTC", brief=True)


def _where(options: Options) -> str:
    """Where the mark of a vague date stands."""
    if options.vague == "span" and options.long == "0":
        return f"as a bar of up to {LONGEST_BAR.days} days; longer ones on the first day"
    return PARAMETERS["vague"].values[options.vague]
