"""Parts of a unit: early, mid and late, beginning and end, halves and quarters."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from timeline.dates import DateError, Precision, end_of_month
from timeline.reading.units import (
    Unit,
    coded_unit,
    days_unit,
    hull,
    month_unit,
    months_unit,
    shifted_months,
    years_unit,
)

_QUARTERS = 4


class Part(StrEnum):
    """Which part; the value is how it is said before a name."""

    EARLY = "early"
    MID = "mid-"
    LATE = "late"
    BEGINNING = "beginning of"
    END = "end of"
    FIRST_HALF = "first half of"
    SECOND_HALF = "second half of"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one part to another: "mid-to-late" is from MID to LATE."""

    first: Part
    last: Part


# The vague parts of a year, and the third of a month or of ten years, that they stand for.
_CODE_IN_YEAR = {
    Part.EARLY: 37,
    Part.MID: 38,
    Part.LATE: 39,
    Part.BEGINNING: 33,
    Part.END: 36,
    Part.FIRST_HALF: 40,
    Part.SECOND_HALF: 41,
}
_DAYS_IN_MONTH = {
    Part.EARLY: (1, 10),
    Part.BEGINNING: (1, 10),
    Part.MID: (11, 20),
    Part.LATE: (21, 31),
    Part.END: (21, 31),
    Part.FIRST_HALF: (1, 15),
    Part.SECOND_HALF: (16, 31),
}
_YEARS_IN_DECADE = {
    Part.EARLY: (0, 3),
    Part.BEGINNING: (0, 3),
    Part.MID: (4, 6),
    Part.LATE: (7, 9),
    Part.END: (7, 9),
    Part.FIRST_HALF: (0, 4),
    Part.SECOND_HALF: (5, 9),
}
_THIRDS = {Part.EARLY: 0, Part.BEGINNING: 0, Part.MID: 1, Part.LATE: 2, Part.END: 2}


def part_of(unit: Unit, stretch: Stretch) -> Unit:
    """Raises DateError where a part of that unit is no agreed stretch of days."""
    first = _one_part(unit, stretch.first)
    if stretch.first is stretch.last:
        return first
    last = _one_part(unit, stretch.last)
    return hull(first, last, _named(stretch.last, unit, since=stretch.first))


def quarter_of(unit: Unit, number: int) -> Unit:
    """Of a calendar year, or of a fiscal year from its first month."""
    if not 1 <= number <= _QUARTERS:
        raise DateError(f"There is no quarter {number}; a year has four.")
    if unit.precision is Precision.YEAR:
        return coded_unit(unit.first.year, 32 + number, f"Q{number} {unit.name}")
    start = shifted_months(unit.first, 3 * (number - 1))
    quarter = months_unit(start, 3, Precision.QUARTER, f"Q{number} of {unit.name}")
    return replace(quarter, zone=unit.zone)


def half_of(unit: Unit, number: int) -> Unit:
    if number not in (1, 2):
        raise DateError(f"There is no half {number}; a year has two.")
    part = Part.FIRST_HALF if number == 1 else Part.SECOND_HALF
    return _one_part(unit, part)


def _one_part(unit: Unit, part: Part) -> Unit:
    found = _days_of_part(unit, part)
    if part is Part.END:
        return replace(found, whole=unit)
    return replace(found, opens=unit) if part is Part.BEGINNING else found


def _days_of_part(unit: Unit, part: Part) -> Unit:
    name = _named(part, unit)
    match unit.precision:
        case Precision.YEAR:
            return coded_unit(unit.first.year, _CODE_IN_YEAR[part], name)
        case Precision.FISCAL_YEAR:
            return _part_of_fiscal_year(unit, part, name)
        case Precision.HALF | Precision.QUARTER | Precision.SEASON:
            return _part_of_months(unit, part, name)
        case Precision.MONTH:
            first, last = _DAYS_IN_MONTH[part]
            last = min(last, unit.last.day)
            days = unit.first.replace(day=first), unit.first.replace(day=last)
            return days_unit(*days, Precision.MONTH_PART, name)
        case Precision.WEEK:
            return replace(unit, name=name)  # a part of a week is not agreed, the week is
        case Precision.DECADE:
            start, end = _YEARS_IN_DECADE[part]
            return years_unit(unit.first.year + start, unit.first.year + end, name)
    raise DateError(f"“{name}” has no agreed days; write the days or months that are meant.")


def _part_of_fiscal_year(unit: Unit, part: Part, name: str) -> Unit:
    if part is Part.BEGINNING:
        return replace(quarter_of(unit, 1), name=name)
    if part is Part.END:
        return replace(quarter_of(unit, 4), name=name)
    return _part_of_months(unit, part, name)


def _part_of_months(unit: Unit, part: Part, name: str) -> Unit:
    months = (unit.last.year - unit.first.year) * 12 + unit.last.month - unit.first.month + 1
    if part in _THIRDS:
        third = months // 3
        start = shifted_months(unit.first, _THIRDS[part] * third)
        if third == 1:
            return replace(month_unit(start.year, start.month), name=name)
        return months_unit(start, third, Precision.RANGE, name)
    second = part is Part.SECOND_HALF
    if months % 2 == 0:
        start = shifted_months(unit.first, months // 2 if second else 0)
        precision = {12: Precision.HALF, 6: Precision.QUARTER}[months]
        half = months_unit(start, months // 2, precision, name)
        return replace(half, zone=unit.zone if precision is Precision.HALF else "")
    return _half_of_three_months(unit, name, second=second)


def _half_of_three_months(unit: Unit, name: str, *, second: bool) -> Unit:
    middle = shifted_months(unit.first, 1)
    half = middle + timedelta(days=end_of_month(middle.year, middle.month).day // 2)
    if second:
        return days_unit(half, unit.last, Precision.RANGE, name)
    return days_unit(unit.first, half - timedelta(days=1), Precision.RANGE, name)


def _named(part: Part, unit: Unit, *, since: Part | None = None) -> str:
    """“Early 2027”, "the early 2030s", "beginning of the 2030s"."""
    before = f"{since.removesuffix('-')} to {part}" if since else str(part)
    space = "" if part is Part.MID else " "
    if unit.name.startswith("the ") and not part.endswith("of"):
        return f"the {before}{space}{unit.name.removeprefix('the ')}"
    return f"{before}{space}{unit.name}"
