"""The names of days, months, seasons and years, as people write them."""

from dataclasses import dataclass
from datetime import date, timedelta

from timeline.dates import Precision, end_of_month

MONTHS = (
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
)
_MONTHS_IN = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.YEAR_PART: 4,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.FISCAL_YEAR: 12,
}
_QUARTERS = {1: "Q1 ", 4: "Q2 ", 7: "Q3 ", 10: "Q4 "}
_QUARTERS_WRITTEN = {
    month: f"the {number} quarter of "
    for month, number in {1: "first", 4: "second", 7: "third", 10: "fourth"}.items()
}
_PARTS_OF_YEAR = {
    Precision.YEAR: {1: ""},
    Precision.HALF: {1: "the first half of ", 7: "the second half of "},
    Precision.YEAR_PART: {1: "early ", 5: "mid-", 9: "late "},
}
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_SOUTHERN_SEASONS = {3: "autumn", 6: "winter", 9: "spring", 12: "summer"}
_YEARS_IN = {Precision.DECADE: 10, Precision.CENTURY: 100}
_WEEK = 7
_FIRST_MONTH = 12  # January of the year 1, in months
_DECEMBER = 12
_FISCAL_MONTHS = {"jp": 4, "in": 4, "us": 10}
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


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of days and the kind of unit it is said to be."""

    first: date
    last: date
    precision: Precision


def day_words(day: date, *, short: bool = False, year: bool = True) -> str:
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month}" + (f" {day.year}" if year else "")


def month_words(day: date, *, short: bool = False, year: bool = True) -> str:
    month = MONTHS[day.month - 1]
    return (month[:3] if short else month) + (f" {day.year}" if year else "")


def unit_ending(last: date, precision: Precision) -> Unit:
    """The unit of that kind whose last day is given; where none ends there, the day itself."""
    first = last
    if precision in _MONTHS_IN:
        begins = last.year * 12 + last.month - _MONTHS_IN[precision]
        first = date(begins // 12, begins % 12 + 1, 1) if begins >= _FIRST_MONTH else last
    elif precision is Precision.WEEK:
        first = last - timedelta(days=min(_WEEK, last.toordinal()) - 1)
    elif precision is Precision.MONTH_PART:
        first = last.replace(day={10: 1, 15: 1, 20: 11}.get(last.day, 21))
    elif precision in _YEARS_IN:
        first = date(max(last.year - _YEARS_IN[precision] + 1, 1), 1, 1)
    return Unit(first, last, precision)


def unit_words(unit: Unit, local: Local, *, spelled: bool = False) -> str | None:
    """The name of a unit, None if its days are not such a unit.

    `spelled`: "the third quarter of 2027" in a sentence, instead of "Q3 2027".
    """
    first, last = unit.first, unit.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and last == end_of_month(last.year, last.month)
    match unit.precision:
        case Precision.DAY:
            return day_words(first)
        case Precision.WEEK:
            return _week_words(first, last)
        case Precision.MONTH_PART:
            return _month_part_words(first, last)
        case Precision.DECADE | Precision.CENTURY:
            return _years_words(first, last, unit.precision)
        case _ if not is_whole or months != _MONTHS_IN.get(unit.precision):
            return None
    return _months_words(first, unit.precision, local, spelled=spelled)


def _months_words(first: date, precision: Precision, local: Local, *, spelled: bool) -> str | None:
    if precision is Precision.FISCAL_YEAR:
        return _fiscal_words(first, local)
    if local.said_fiscal and precision in (Precision.QUARTER, Precision.HALF):
        return _fiscal_part_words(first, precision, local, spelled=spelled)
    if precision is Precision.SEASON:
        return _season_words(first, local)
    if precision is Precision.MONTH:
        return month_words(first)
    written = _QUARTERS_WRITTEN if spelled else _QUARTERS
    names = {**_PARTS_OF_YEAR, Precision.QUARTER: written}[precision]
    return None if first.month not in names else f"{names[first.month]}{first.year}"


def _season_words(first: date, local: Local) -> str | None:
    if first.month not in _SEASONS:
        return None
    names = _SOUTHERN_SEASONS if local.is_southern else _SEASONS
    name = f"southern {names[first.month]}" if local.is_southern else names[first.month]
    return f"{name} {_two_years(first.year) if first.month == _DECEMBER else first.year}"


def _fiscal_words(first: date, local: Local) -> str | None:
    if first.month not in _FISCAL_MONTHS.values():
        return None
    is_american = first.month == _FISCAL_MONTHS["us"]
    country = "us" if is_american else local.fiscal_years
    months = _months_of(first, 12)
    if _FISCAL_MONTHS.get(country) != first.month:
        return f"fiscal year {months}"
    return _fiscal_name(first.year, country) + ("" if local.brief else f" ({months})")


def _fiscal_part_words(
    first: date, precision: Precision, local: Local, *, spelled: bool
) -> str | None:
    """“Q1 of JFY2027 (Apr – Jun 2027)”; None where no such part begins in that month."""
    begins = _FISCAL_MONTHS[local.said_fiscal]
    number, rest = divmod((first.month - begins) % 12, _MONTHS_IN[precision])
    if rest:
        return None
    names = _PARTS_OF_YEAR[Precision.HALF] if precision is Precision.HALF else _QUARTERS_WRITTEN
    part = names[1 + number * _MONTHS_IN[precision]]
    if precision is Precision.QUARTER and not spelled:
        part = f"Q{number + 1} of "
    year = _fiscal_name(first.year - (first.month < begins), local.said_fiscal)
    months = "" if local.brief else f" ({_months_of(first, _MONTHS_IN[precision])})"
    return f"{part}{year}{months}"


def _fiscal_name(begins: int, country: str) -> str:
    if country == "in":
        return f"Indian FY {_two_years(begins)}"
    return f"JFY{begins}" if country == "jp" else f"US FY{begins + 1}"


def _months_of(first: date, months: int) -> str:
    years, month = divmod(first.month + months - 2, 12)
    last = date(first.year + years, month + 1, 1)
    begins = month_words(first, short=True, year=first.year != last.year)
    return f"{begins} – {month_words(last, short=True)}"


def _years_words(first: date, last: date, precision: Precision) -> str | None:
    years = _YEARS_IN[precision]
    if first.year % years or last != date(first.year + years - 1, 12, 31):
        return None
    if precision is Precision.DECADE:
        return f"the {first.year}s"
    return f"the {ordinal(first.year // 100 + 1)} century"


def _week_words(first: date, last: date) -> str | None:
    if (last - first).days != _WEEK - 1:
        return None
    if first.day == 1:
        return f"the first week of {month_words(first)}"
    if last == end_of_month(last.year, last.month):
        return f"the last week of {month_words(last)}"
    return f"the week of {day_words(first)}" if first.weekday() == 0 else None


def _month_part_words(first: date, last: date) -> str | None:
    month_end = end_of_month(first.year, first.month)
    parts = {
        (1, 10): "early ",
        (11, 20): "mid-",
        (21, month_end.day): "late ",
        (1, 15): "the first half of ",
        (16, month_end.day): "the second half of ",
    }
    name = parts.get((first.day, last.day)) if last <= month_end else None
    return None if name is None else name + month_words(first)


def ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _two_years(year: int) -> str:
    return f"{year}–{(year + 1) % 100:02}"
