"""The EDTF profile: the closed list of strings a date may be stored as, and their days.

Parts of levels 0-2 of ISO 8601-2: years, months, days, instants, seasons 25-32, quarters,
thirds and halves of a year (33-41), decades, centuries, one of a set, open sets, intervals.
Everything else is refused. No zones, no doubt, no unit that was named: those are in `dates`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache


class DateError(ValueError):
    """The string is not in the profile, or names a day that does not exist; says why."""


class Mode(StrEnum):
    """How a date binds: inside a window, not earlier, not later, from-to, or not at all."""

    WITHIN = "within"
    NET = "net"
    BY = "by"
    SPAN = "span"
    NONE = "none"


class Precision(StrEnum):
    """The unit that was named, from the finest to the coarsest."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH_PART = "month_part"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR_PART = "year_part"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    RANGE = "range"
    DECADE = "decade"
    CENTURY = "century"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a string of the profile says: its first and last day, as written, and how it binds.

    `precisions` are the units it may stand for, the usual one first. Of an open set, `first`
    and `last` are those of the unit written, so "[2027..]" has 1 January and 31 December 2027.
    """

    mode: Mode
    first: date
    last: date
    precisions: tuple[Precision, ...]
    instant: datetime | None = None


# code: (first month, months, precision); 28 and 30 end in the following year
_CODES = {
    25: (3, 3, Precision.SEASON),
    26: (6, 3, Precision.SEASON),
    27: (9, 3, Precision.SEASON),
    28: (12, 3, Precision.SEASON),
    29: (9, 3, Precision.SEASON),
    30: (12, 3, Precision.SEASON),
    31: (3, 3, Precision.SEASON),
    32: (6, 3, Precision.SEASON),
    33: (1, 3, Precision.QUARTER),
    34: (4, 3, Precision.QUARTER),
    35: (7, 3, Precision.QUARTER),
    36: (10, 3, Precision.QUARTER),
    37: (1, 4, Precision.YEAR_PART),
    38: (5, 4, Precision.YEAR_PART),
    39: (9, 4, Precision.YEAR_PART),
    40: (1, 6, Precision.HALF),
    41: (7, 6, Precision.HALF),
}

# The quarters and halves of a fiscal year have no code of their own.
_RANGE = (
    Precision.RANGE,
    Precision.FISCAL_YEAR,
    Precision.WEEK,
    Precision.MONTH_PART,
    Precision.QUARTER,
    Precision.HALF,
)
_MONTHS = 12
_YEARS = f"Years run from 1 to {date.max.year}."
# Every zone must be able to show an instant, also those of the calendar's first and last day.
_ZONES_REACH = timedelta(days=1)
_OPEN = {
    Precision.YEAR: (
        Precision.YEAR,
        Precision.RANGE,
        Precision.DECADE,
        Precision.CENTURY,
    ),
    Precision.MONTH: (
        Precision.MONTH,
        Precision.MONTH_PART,
        Precision.QUARTER,
        Precision.SEASON,
        Precision.YEAR_PART,
        Precision.HALF,
        Precision.FISCAL_YEAR,
        Precision.RANGE,
    ),
    Precision.DAY: (
        Precision.DAY,
        Precision.WEEK,
        Precision.MONTH_PART,
        Precision.RANGE,
    ),
}

_UNIT = r"\d{4}(?:-\d\d(?:-\d\d)?)?"


@lru_cache(maxsize=4096)
def parse(edtf: str) -> Parsed:
    """The days of one string of the profile. Raises DateError for anything else."""
    for pattern, read in _FORMS:
        match = pattern.fullmatch(edtf)
        if match:
            return read(*match.groups())
    raise DateError(f"“{edtf}” is not in Milepost's EDTF profile.")


def end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month_window(year: int, month: int, months: int) -> tuple[date, date]:
    """First and last day of `months` whole months. Raises DateError past the year 9999."""
    extra, last_month = divmod(month - 1 + months - 1, 12)
    if year + extra > date.max.year:
        raise DateError(_YEARS)
    return date(year, month, 1), end_of_month(year + extra, last_month + 1)


def _unit(text: str) -> Parsed:
    year, *rest = (int(part) for part in text.split("-"))
    if year < 1:
        raise DateError(_YEARS)
    if not rest:
        return Parsed(Mode.WITHIN, date(year, 1, 1), date(year, 12, 31), (Precision.YEAR,))
    month, *days = rest
    if not days:
        return _month_or_code(year, month)
    try:
        day = date(year, month, *days)
    except ValueError:
        raise DateError(f"There is no day {text}.") from None
    return Parsed(Mode.WITHIN, day, day, (Precision.DAY,))


def _month_or_code(year: int, number: int) -> Parsed:
    if 1 <= number <= _MONTHS:
        first, last = month_window(year, number, 1)
        return Parsed(Mode.WITHIN, first, last, (Precision.MONTH,))
    if number not in _CODES:
        raise DateError(f"“{year:04}-{number:02}” names no month and no part of a year.")
    month, months, precision = _CODES[number]
    first, last = month_window(year, month, months)
    return Parsed(Mode.WITHIN, first, last, (precision,))


def _plain_unit(text: str) -> Parsed:
    """A year, month or day as the end of a set or an interval; no season or quarter there."""
    unit = _unit(text)
    if unit.precisions[0] not in _OPEN:
        raise DateError(f"“{text}”: only a year, a month or a day can bound a range.")
    return unit


def _instant(day: str, clock: str, offset: str) -> Parsed:
    first = _unit(day).first
    try:
        said = datetime.fromisoformat(f"{day}T{clock}{offset}")
        instant = said.astimezone(UTC)
        _ = instant - _ZONES_REACH, instant + _ZONES_REACH
    except (ValueError, OverflowError):
        raise DateError(f"There is no time {clock}{offset} on {day}.") from None
    if said.date() != first:
        raise DateError(f"There is no time {clock} on {day}; midnight begins the next day.")
    return Parsed(Mode.WITHIN, first, first, _clock_precisions(said), instant)


def _clock_precisions(said: datetime) -> tuple[Precision, ...]:
    if said.second:
        return (Precision.SECOND,)
    if said.minute:
        return (Precision.MINUTE, Precision.SECOND)
    return (Precision.MINUTE, Precision.HOUR, Precision.SECOND)


def _decade(digits: str) -> Parsed:
    year = int(digits) * 10
    if year < 1:
        raise DateError(_YEARS)
    return Parsed(Mode.WITHIN, date(year, 1, 1), date(year + 9, 12, 31), (Precision.DECADE,))


def _century(digits: str) -> Parsed:
    year = int(digits) * 100
    if year < 1:
        raise DateError(_YEARS)
    return Parsed(Mode.WITHIN, date(year, 1, 1), date(year + 99, 12, 31), (Precision.CENTURY,))


def _one_of_range(start: str, end: str) -> Parsed:
    first, last = _in_order(start, end)
    return Parsed(Mode.WITHIN, first.first, last.last, _RANGE)


def _one_of_two(start: str, end: str) -> Parsed:
    first, last = _in_order(start, end)
    if last.first.year != first.first.year + 1:
        raise DateError(f"“[{start},{end}]”: a set holds two years in a row.")
    return Parsed(Mode.WITHIN, first.first, last.last, (Precision.RANGE,))


def _not_before(start: str) -> Parsed:
    unit = _plain_unit(start)
    return Parsed(Mode.NET, unit.first, unit.last, _OPEN[unit.precisions[0]])


def _not_after(end: str) -> Parsed:
    unit = _plain_unit(end)
    return Parsed(Mode.BY, unit.first, unit.last, _OPEN[unit.precisions[0]])


def _lasts(start: str, end: str) -> Parsed:
    first, last = _in_order(start, end)
    if Precision.YEAR in (*first.precisions, *last.precisions):
        raise DateError(f"“{start}/{end}”: what lasts is given by days or months.")
    finer = Precision.DAY if Precision.DAY in first.precisions else last.precisions[0]
    return Parsed(Mode.SPAN, first.first, last.last, (finer,))


def _in_order(start: str, end: str) -> tuple[Parsed, Parsed]:
    first, last = _plain_unit(start), _plain_unit(end)
    if first.first > last.first or first.last > last.last:
        raise DateError(f"The range ends ({end}) before it begins ({start}).")
    return first, last


_FORMS: list[tuple[re.Pattern[str], Callable[..., Parsed]]] = [
    (re.compile(rf"({_UNIT})", re.ASCII), _unit),
    (
        re.compile(
            r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)",
            re.ASCII,
        ),
        _instant,
    ),
    (re.compile(r"(\d{3})X", re.ASCII), _decade),
    (re.compile(r"(\d{2})XX", re.ASCII), _century),
    (re.compile(rf"\[({_UNIT})\.\.({_UNIT})\]", re.ASCII), _one_of_range),
    (re.compile(r"\[(\d{4}),(\d{4})\]", re.ASCII), _one_of_two),
    (re.compile(rf"\[({_UNIT})\.\.\]", re.ASCII), _not_before),
    (re.compile(rf"\[\.\.({_UNIT})\]", re.ASCII), _not_after),
    (re.compile(rf"({_UNIT})/({_UNIT})", re.ASCII), _lasts),
]
