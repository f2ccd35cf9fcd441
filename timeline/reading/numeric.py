"""Dates in digits: ISO 8601, slashes, dots; asked where the order of the digits is not clear."""

from dataclasses import replace
from datetime import date

from timeline.dates import DateError, Precision
from timeline.reading.answers import Context
from timeline.reading.fiscal import fiscal_year
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.units import (
    Unit,
    calendar_day,
    check_year,
    coded_unit,
    day_unit,
    hull,
    month_unit,
    shifted,
    week_from,
    years_unit,
)
from timeline.reading.years import full_year

RULES = Rules()

_MONTHS = 12
_EDTF_SEASONS = range(21, 42)
_DAY_OR_MONTH = "Day or month first?"


@RULES.rule("ISODAY", "DIGITS4 - NUMBER2 - NUMBER2", "DIGITS4 / NUMBER2 / NUMBER2")
@RULES.rule("ISODAY", "DIGITS4 . NUMBER2 . NUMBER2")
def iso_day(year: int, month: int, day: int) -> Unit:
    return day_unit(calendar_day(year, month, day))


@RULES.rule("BAREDAY", "ISODAY")
def bare_day(day: Unit) -> Unit:
    return day


@RULES.rule("BAREDAY", "TEXT8")
def compact_day(digits: str) -> Unit | None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return day_unit(calendar_day(year, month, day)) if digits[0] in "12" else None


@RULES.rule("ATOM", "ISODAY / ISODAY")
def iso_interval(first: Unit, last: Unit) -> Unit:
    return replace(hull(first, last), precision=Precision.DAY, lasts=True)


@RULES.rule("ATOM", "DIGITS4 - DIGITS2 / DIGITS4 - DIGITS2")
def iso_interval_of_months(year: int, month: int, last_year: int, last_month: int) -> Unit:
    whole = hull(month_unit(year, month), month_unit(last_year, last_month))
    return replace(whole, precision=Precision.MONTH, lasts=True)


@RULES.rule("ATOM", "DIGITS4 - NUMBER2", "DIGITS4 / NUMBER2")
def year_and_number(year: int, number: int) -> object:
    """A month, or two years in a row, which may also be one fiscal year."""
    if (year + 1) % 100 == number:
        return _two_years_in_a_row(year, number)
    if 1 <= number <= _MONTHS:
        return month_unit(year, number)
    if number > year % 100:
        return years_unit(year, year // 100 * 100 + number)
    if number in _EDTF_SEASONS:
        why = f"Is “{year:04}-{number}” EDTF? Then write “edtf:” before it."
        return Meanings((_coded(year, number),), why)
    raise DateError(f"There is no month {number:02} in “{year}-{number:02}”.")


def _coded(year: int, number: int) -> Unit:
    code = number + 4 if number < 25 else number  # noqa: PLR2004 -- 21-24 are seasons without a hemisphere
    return coded_unit(year, code, f"EDTF {year:04}-{code}")


def _two_years_in_a_row(year: int, number: int) -> Meanings:
    months = (month_unit(year, number),) if 1 <= number <= _MONTHS else ()
    options = (*months, years_unit(year, year + 1), fiscal_year("in", year + 1))
    return Meanings(options, "Two calendar years, or one fiscal year?")


@RULES.rule("ATOM", "DIGITS4 . DIGITS2", "DIGITS4 . DIGIT1")
def year_dot_month(year: int, month: int) -> Unit:
    return month_unit(year, month)


@RULES.rule("ATOM", "NUMBER2 -|/|. DIGITS4")
def month_and_year(month: int, year: int) -> Unit:
    return month_unit(year, month)


@RULES.rule("BAREDAY", "NUMBER2 / NUMBER2 / DIGITS4", "NUMBER2 - NUMBER2 - DIGITS4")
@RULES.rule("BAREDAY", "NUMBER2 . NUMBER2 . DIGITS4")
def day_or_month_first(first: int, second: int, year: int) -> object:
    if first > _MONTHS >= second:
        return day_unit(calendar_day(year, second, first))
    if second > _MONTHS >= first:
        return day_unit(calendar_day(year, first, second))
    options = dict.fromkeys(
        day_unit(calendar_day(year, month, day))
        for day, month in ((first, second), (second, first))
    )
    return Meanings(tuple(options), _DAY_OR_MONTH if len(options) > 1 else "")


@RULES.rule("BAREDAY", "NUMBER2 / NUMBER2 / DIGITS2", "NUMBER2 - NUMBER2 - DIGITS2")
@RULES.rule("BAREDAY", "NUMBER2 . NUMBER2 . DIGITS2")
def day_month_short_year(first: int, second: int, third: int, context: Context) -> object:
    orders = ((third, second, first), (third, first, second), (first, second, third))
    options = dict.fromkeys(
        day_unit(day)
        for year, month, day_number in orders
        for day in _days_if_any(full_year(year, context), month, day_number)
    )
    if not options:
        raise DateError(f"“{first:02}/{second:02}/{third:02}” is no date in any order.")
    why = "In which order are day, month and year?" if len(options) > 1 else ""
    return Meanings(tuple(options), why)


@RULES.rule("UNIT", "MONTH - DIGITS2")
def month_and_two_digits(month: int, number: int, context: Context) -> Meanings | None:
    """“Mar-27” is a month of a year in a table, and a day of a month in a headline."""
    months = _month_if_any(month, number, context)
    years = sorted(range(-1, 2), key=lambda ahead: (ahead < 0, ahead))
    found = [day for n in years for day in _days_if_any(context.said_on.year + n, month, number)]
    coming = [day for day in found if day >= context.said_on] or found
    days = [day_unit(day) for day in coming[:1]]
    options = (*months, *days)
    return Meanings(options, "A month of a year, or a day?") if len(options) > 1 else None


@RULES.rule("UNIT", "NUMBER2 / NUMBER2")
def two_numbers(first: int, second: int, context: Context) -> Meanings | None:
    """“12/27” is a month of a year or a day of a month, "24/7" is neither."""
    year = context.said_on.year
    months = _month_if_any(first, second, context)
    days = [*_days_if_any(year, second, first), *_days_if_any(year, first, second)]
    options = dict.fromkeys([*months, *(day_unit(day) for day in days)])
    return Meanings(tuple(options), "A day, or a month of a year?") if options else None


def _month_if_any(month: int, short_year: int, context: Context) -> list[Unit]:
    near = full_year(short_year, context)
    if 1 <= month <= _MONTHS and abs(near - context.said_on.year) <= _MONTHS:
        return [month_unit(near, month)]
    return []


def _days_if_any(year: int, month: int, day: int) -> list[date]:
    try:
        return [calendar_day(year, month, day)]
    except DateError:
        return []


@RULES.rule("ISOWEEK", "DIGITS4 -? w NUMBER2", "the? week NUMBER2 of|,? DIGITS4")
@RULES.rule(
    "ISOWEEK", "w|cw|wk|kw NUMBER2 of|,|-|/? DIGITS4", "calendar week NUMBER2 of|,? DIGITS4"
)
def iso_week(first: int, second: int) -> Unit:
    year, number = max(first, second), min(first, second)
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise DateError(f"There is no week {number} in {year}.") from None
    return week_from(monday, f"week {number} of {year}")


@RULES.rule("ATOM", "ISOWEEK")
def week(unit: Unit) -> Unit:
    return unit


@RULES.rule("BAREDAY", "ISOWEEK - DIGIT1")
def day_of_iso_week(unit: Unit, day: int) -> Unit:
    if not 1 <= day <= 7:  # noqa: PLR2004
        raise DateError(f"There is no day {day} in a week.")
    return day_unit(shifted(unit.first, day - 1))


@RULES.rule("ATOM", "DIGITS5")
def five_digits(year: int) -> None:
    check_year(year)
