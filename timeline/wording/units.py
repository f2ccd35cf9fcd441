"""The names of days, months, seasons and years, as people write them."""

from datetime import date

from timeline.dates import Precision, end_of_month
from timeline.wording.named import (
    DAYS_IN_WEEK,
    MONTHS_IN,
    Local,
    Unit,
    fiscal_country,
    fiscal_part,
    is_of_months,
    is_of_years,
)

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
_DECEMBER = 12


def day_words(day: date, *, short: bool = False, year: bool = True) -> str:
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month}" + (f" {day.year}" if year else "")


def month_words(day: date, *, short: bool = False, year: bool = True) -> str:
    month = MONTHS[day.month - 1]
    return (month[:3] if short else month) + (f" {day.year}" if year else "")


def unit_words(unit: Unit, local: Local, *, spelled: bool = False) -> str | None:
    """The name of a unit, None if its days are not such a unit.

    `spelled`: "the third quarter of 2027" in a sentence, instead of "Q3 2027".
    """
    match unit.precision:
        case Precision.DAY:
            return day_words(unit.first)
        case Precision.WEEK:
            return _week_words(unit.first, unit.last)
        case Precision.MONTH_PART:
            return _month_part_words(unit.first, unit.last)
        case Precision.DECADE | Precision.CENTURY:
            return _years_words(unit)
        case _ if not is_of_months(unit):
            return None
    return _months_words(unit, local, spelled=spelled)


def _months_words(unit: Unit, local: Local, *, spelled: bool) -> str | None:
    first, precision = unit.first, unit.precision
    if precision is Precision.FISCAL_YEAR:
        return _fiscal_words(first, local)
    if local.said_fiscal and precision in (Precision.QUARTER, Precision.HALF):
        return _fiscal_part_words(unit, local, spelled=spelled)
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
    country = fiscal_country(first, local)
    if country is None:
        return None
    months = _months_of(first, 12)
    if not country:
        return f"fiscal year {months}"
    return _fiscal_name(first.year, country) + ("" if local.brief else f" ({months})")


def _fiscal_part_words(unit: Unit, local: Local, *, spelled: bool) -> str | None:
    """“Q1 of JFY2027 (Apr – Jun 2027)”; None where no such part begins in that month."""
    found, length = fiscal_part(unit, local), MONTHS_IN[unit.precision]
    if found is None:
        return None
    number, begun = found
    is_half = unit.precision is Precision.HALF
    names = _PARTS_OF_YEAR[Precision.HALF] if is_half else _QUARTERS_WRITTEN
    part = names[1 + (number - 1) * length]
    if not is_half and not spelled:
        part = f"Q{number} of "
    months = "" if local.brief else f" ({_months_of(unit.first, length)})"
    return f"{part}{_fiscal_name(begun, local.said_fiscal)}{months}"


def _fiscal_name(begins: int, country: str) -> str:
    if country == "in":
        return f"Indian FY {_two_years(begins)}"
    return f"JFY{begins}" if country == "jp" else f"US FY{begins + 1}"


def _months_of(first: date, months: int) -> str:
    years, month = divmod(first.month + months - 2, 12)
    last = date(first.year + years, month + 1, 1)
    begins = month_words(first, short=True, year=first.year != last.year)
    return f"{begins} – {month_words(last, short=True)}"


def _years_words(unit: Unit) -> str | None:
    if not is_of_years(unit):
        return None
    if unit.precision is Precision.DECADE:
        return f"the {unit.first.year}s"
    return f"the {ordinal(unit.first.year // 100 + 1)} century"


def _week_words(first: date, last: date) -> str | None:
    if (last - first).days != DAYS_IN_WEEK - 1:
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
