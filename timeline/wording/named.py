"""What a date names, in no language yet: a unit, the ends of a range, whose fiscal year."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.dates import Mode, Precision, VagueDate, end_of_month
from timeline.edtf import parse

_GRAINS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
MONTHS_IN = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.YEAR_PART: 4,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.FISCAL_YEAR: 12,
}
YEARS_IN = {Precision.DECADE: 10, Precision.CENTURY: 100}
DAYS_IN_WEEK = 7
_FIRST_MONTH = 12  # January of the year 1, in months
FISCAL_MONTHS = {"jp": 4, "in": 4, "us": 10}
_SOUTH = (
    "Antarctica/",
    "Australia/",
    "Africa/Johannesburg",
    "America/Argentina/",
    "America/Asuncion",
    "America/Buenos_Aires",
    "America/Montevideo",
    "America/Punta_Arenas",
    "America/Santiago",
    "America/Sao_Paulo",
    "Pacific/Auckland",
    "Pacific/Chatham",
)
_FISCAL_OF_ZONE = {
    "Asia/Tokyo": "jp",
    "Japan": "jp",
    "Asia/Kolkata": "in",
    "Asia/Calcutta": "in",
    "America/New_York": "us",
}
# Said of the whole unit, so that its last day is meant; of the others that is clear.
_LONG_UNITS = frozenset(
    {
        Precision.QUARTER,
        Precision.SEASON,
        Precision.HALF,
        Precision.YEAR,
        Precision.FISCAL_YEAR,
        Precision.DECADE,
        Precision.CENTURY,
    }
)
_UNIT_TEXT = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_SOUTHERN_CODES = ("29", "30", "31", "32")


@dataclass(frozen=True, slots=True)
class Local:
    """What the name of a unit depends on besides its days.

    `said_in` is the zone of the country whose fiscal year was said. `brief` leaves out the
    months of a fiscal year.
    """

    home_zone: str
    hemisphere: str = ""
    fiscal: str = ""
    said_in: str = ""
    brief: bool = False

    @property
    def is_southern(self) -> bool:
        return (self.hemisphere or ("S" if self.home_zone.startswith(_SOUTH) else "N")) == "S"

    @property
    def fiscal_years(self) -> str:
        """Whose they are: "jp", "in" or "us", or "" if nobody knows."""
        of_home = _FISCAL_OF_ZONE.get(self.home_zone, "")
        return self.said_fiscal or self.fiscal or of_home

    @property
    def said_fiscal(self) -> str:
        return _FISCAL_OF_ZONE.get(self.said_in, "")

    def of_stored(self, edtf: str, precision: Precision) -> "Local":
        """With the hemisphere that the code of a season holds, wherever home is."""
        if precision is not Precision.SEASON or edtf.startswith("["):
            return self
        return replace(self, hemisphere="S" if edtf.endswith(_SOUTHERN_CODES) else "N")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of days and the kind of unit it is said to be."""

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Bounding:
    """What a bound is said of: the unit that was named, else the year, month or day written."""

    named: Unit
    written: Unit

    @property
    def is_long(self) -> bool:
        """Whether "by" it could mean its first day as well, unless its end is named."""
        return self.named.precision in _LONG_UNITS


def local_of(
    value: VagueDate, *, home_zone: str, hemisphere: str, fiscal: str, brief: bool
) -> Local:
    """The zone of a value says whose fiscal year was said.

    Quarters and halves of a calendar year have a code of their own, unless they bind.
    """
    assert value.edtf is not None  # noqa: S101
    may_be_fiscal = value.precision is not Precision.DAY and value.edtf.startswith("[")
    said_in = value.zone if may_be_fiscal else ""
    return Local(home_zone, hemisphere, fiscal, said_in=said_in, brief=brief)


def whole_unit(value: VagueDate) -> Unit:
    """All days of a value that does not bind, as the unit which it is said to be."""
    assert value.edtf is not None  # noqa: S101
    parsed = parse(value.edtf)
    return Unit(parsed.first, parsed.last, value.precision)


def ends(value: VagueDate) -> tuple[Unit, Unit]:
    """Of what has two: the year, month or day that is written at each."""
    assert value.edtf is not None  # noqa: S101
    first, last = (_GRAINS[len(text)] for text in _UNIT_TEXT.findall(value.edtf))
    begins, finishes = (parse(text) for text in _UNIT_TEXT.findall(value.edtf))
    return Unit(begins.first, begins.last, first), Unit(finishes.first, finishes.last, last)


def bounding(value: VagueDate) -> Bounding:
    assert value.edtf is not None  # noqa: S101
    parsed = parse(value.edtf)
    written = Unit(parsed.first, parsed.last, parsed.precisions[0])
    if value.mode is Mode.BY:
        return Bounding(unit_ending(parsed.last, value.precision), written)
    nominal = value.nominal(value.zone or "UTC", said_on=date.min)
    assert nominal.earliest is not None  # noqa: S101
    assert nominal.latest is not None  # noqa: S101
    return Bounding(Unit(nominal.earliest, nominal.latest, value.precision), written)


def day_said_elsewhere(value: VagueDate, home_zone: str) -> date | None:
    """The day of a value that was said in another zone, if it is not the same at home."""
    if value.precision is not Precision.DAY or value.zone in ("", home_zone):
        return None
    said, home = value.window(value.zone), value.window(home_zone)
    return None if said == home else said.latest or said.earliest


def unit_ending(last: date, precision: Precision) -> Unit:
    """The unit of that kind whose last day is given; where none ends there, the day itself."""
    first = last
    if precision in MONTHS_IN:
        begins = last.year * 12 + last.month - MONTHS_IN[precision]
        first = date(begins // 12, begins % 12 + 1, 1) if begins >= _FIRST_MONTH else last
    elif precision is Precision.WEEK:
        first = last - timedelta(days=min(DAYS_IN_WEEK, last.toordinal()) - 1)
    elif precision is Precision.MONTH_PART:
        first = last.replace(day={10: 1, 15: 1, 20: 11}.get(last.day, 21))
    elif precision in YEARS_IN:
        first = date(max(last.year - YEARS_IN[precision] + 1, 1), 1, 1)
    return Unit(first, last, precision)


def is_of_months(unit: Unit) -> bool:
    """Whether its days are whole months, as many as a unit of its kind has."""
    first, last = unit.first, unit.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and last == end_of_month(last.year, last.month)
    return is_whole and months == MONTHS_IN.get(unit.precision)


def is_of_years(unit: Unit) -> bool:
    """Whether it is one of the decades or centuries that have a name."""
    years = YEARS_IN[unit.precision]
    return not unit.first.year % years and unit.last == date(unit.first.year + years - 1, 12, 31)


def fiscal_country(first: date, local: Local) -> str | None:
    """Whose fiscal year begins then, "" if nobody knows; None if no country's does."""
    if first.month not in FISCAL_MONTHS.values():
        return None
    country = "us" if first.month == FISCAL_MONTHS["us"] else local.fiscal_years
    return country if FISCAL_MONTHS.get(country) == first.month else ""


def fiscal_part(unit: Unit, local: Local) -> tuple[int, int] | None:
    """Which quarter or half, from 1, of the fiscal year that began in which year; or None."""
    begins = FISCAL_MONTHS[local.said_fiscal]
    number, rest = divmod((unit.first.month - begins) % 12, MONTHS_IN[unit.precision])
    return None if rest else (number + 1, unit.first.year - (unit.first.month < begins))
