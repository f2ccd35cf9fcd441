"""A named stretch of days, before anybody binds or doubts it; and how its days are written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from timeline.dates import DateError, Precision, end_of_month
from timeline.edtf import month_window, parse
from timeline.reading.grammar import Meanings

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_OF_A_YEAR = 12


class Grain(IntEnum):
    """In what the ends of a stretch are written, the finest first."""

    DAY = 0
    MONTH = 1
    YEAR = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """From `first` to `last`, the unit that was named, and its name for people.

    `code` is the EDTF of units which have one; all others are written as a range. `whole` is
    set for ends: a deadline "by the end of 2027" is the end of its whole; `opens` for beginnings.
    `is_pair` if two units were named, so that "before" them does not say before which.
    `lasts` is set for what goes on from the first day to the last.
    """

    first: date
    last: date
    precision: Precision
    grain: Grain
    name: str
    code: str = ""
    whole: "Unit | None" = None
    opens: "Unit | None" = None
    lasts: bool = False
    zone: str = ""
    is_pair: bool = False

    @property
    def edtf(self) -> str:
        start, end = write_end(self.first, self.grain), write_end(self.last, self.grain)
        if self.code:
            return self.code
        if self.lasts:
            return f"{start}/{end}"
        if self.grain is Grain.YEAR and self.last.year == self.first.year + 1:
            return f"[{start},{end}]"
        return f"[{start}..{end}]"


@dataclass(frozen=True, slots=True)
class Cycle:
    """What comes once a year, such as "July" or "Q3": days once the year is known.

    `is_sharp`: a month or finer, so that the nearest year may be meant where none is said.
    `is_counted`: from the beginning of the year, which for “Q3 FY2027” is not January.
    """

    at: Callable[[int], "Unit | Meanings"]
    is_sharp: bool
    is_counted: bool = False


def days(unit: Unit) -> tuple[date, date]:
    return unit.first, unit.last


def each(value: object, function: Callable[[Unit], object]) -> object:
    """The function of a unit, or of each one that may be meant."""
    if isinstance(value, Unit):
        return function(value)
    if not isinstance(value, Meanings):
        return None
    found: list[object] = []
    for unit in value.alternatives:
        meant = each(unit, function)
        found += meant.alternatives if isinstance(meant, Meanings) else [meant]
    return Meanings(tuple(dict.fromkeys(found)), value.why)


def write_end(day: date, grain: Grain) -> str:
    """A day as the end of a range, as exactly as its grain says."""
    return {
        Grain.YEAR: f"{day.year:04}",
        Grain.MONTH: f"{day.year:04}-{day.month:02}",
        Grain.DAY: day.isoformat(),
    }[grain]


def calendar_day(year: int, month: int, day: int) -> date:
    """Raises DateError with a reason for people."""
    check_year(year)
    if not 1 <= month <= _MONTHS_OF_A_YEAR:
        raise DateError(f"There is no month {month}.")
    try:
        return date(year, month, day)
    except ValueError:
        days = end_of_month(year, month).day
        raise DateError(
            f"There is no {day} {MONTHS[month - 1]} {year}: that month has {days} days."
        ) from None


def check_year(year: int) -> None:
    if not 1 <= year <= date.max.year:
        raise DateError(f"There is no year {year} here; years run from 1 to {date.max.year}.")


def day_unit(day: date) -> Unit:
    name = day_name(day)
    return Unit(day, day, Precision.DAY, Grain.DAY, name, code=day.isoformat())


def day_name(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_unit(first: date, last: date, precision: Precision, name: str) -> Unit:
    return Unit(first, last, precision, Grain.DAY, name)


def month_unit(year: int, month: int) -> Unit:
    first = calendar_day(year, month, 1)
    last = end_of_month(year, month)
    name = f"{MONTHS[month - 1]} {year}"
    code = write_end(first, Grain.MONTH)
    return Unit(first, last, Precision.MONTH, Grain.MONTH, name, code=code)


def months_unit(start: date, months: int, precision: Precision, name: str) -> Unit:
    """Whole months from the month of `start`."""
    first, last = month_window(start.year, start.month, months)
    return Unit(first, last, precision, Grain.MONTH, name)


def coded_unit(year: int, code: int, name: str) -> Unit:
    """A season, quarter, third or half, by its EDTF number."""
    check_year(year)
    edtf = f"{year:04}-{code}"
    parsed = parse(edtf)
    return Unit(parsed.first, parsed.last, parsed.precisions[0], Grain.MONTH, name, code=edtf)


def quarter_unit(day: date) -> Unit:
    """The calendar quarter that holds the day."""
    number = (day.month + 2) // 3
    return coded_unit(day.year, 32 + number, f"Q{number} {day.year}")


def year_unit(year: int) -> Unit:
    check_year(year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Unit(first, last, Precision.YEAR, Grain.YEAR, str(year), code=f"{year:04}")


def years_unit(first: int, last: int, name: str = "") -> Unit:
    check_year(first)
    check_year(last)
    if last < first:
        raise DateError(f"{last} comes before {first}.")
    is_pair = not name
    name = name or (f"{first} or {last}" if last == first + 1 else f"{first} to {last}")
    days = date(first, 1, 1), date(last, 12, 31)
    return Unit(*days, Precision.RANGE, Grain.YEAR, name, is_pair=is_pair)


def decade_unit(year: int) -> Unit:
    start = year // 10 * 10
    unit = years_unit(max(start, 1), start + 9, f"the {start}s")
    return replace(unit, precision=Precision.DECADE, code=f"{start // 10:03}X")


def century_unit(number: int) -> Unit:
    if number < 2:  # noqa: PLR2004 -- EDTF writes centuries by their hundreds: 1 would be 00XX
        raise DateError("The first century cannot be written; give the years.")
    start = (number - 1) * 100
    unit = years_unit(start, start + 99, f"century {number}")
    return replace(unit, precision=Precision.CENTURY, code=f"{start // 100:02}XX")


def hull(first: Unit, last: Unit, name: str = "") -> Unit:
    """From the first day of one to the last day of the other."""
    if last.last < first.last or last.first < first.first:
        raise DateError(f"{last.name} comes before {first.name}.")
    grain = min(first.grain, last.grain)
    is_pair = not name
    name = name or f"{first.name} to {last.name}"
    return Unit(first.first, last.last, Precision.RANGE, grain, name, is_pair=is_pair)


def week_of(day: date, name: str = "") -> Unit:
    """The ISO week, Monday to Sunday, that holds the day."""
    return week_from(shifted(day, -day.weekday()), name)


def week_from(monday: date, name: str = "") -> Unit:
    name = name or f"week of {day_name(monday)}"
    return days_unit(monday, shifted(monday, 6), Precision.WEEK, name)


def shifted(day: date, days: int) -> date:
    """Raises DateError where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DateError(f"Years run from 1 to {date.max.year}.") from None


def shifted_months(day: date, months: int) -> date:
    """The first day of the month that many months later."""
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_A_YEAR)
    return calendar_day(day.year + years, month + 1, 1)
