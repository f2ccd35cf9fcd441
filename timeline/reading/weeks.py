"""Weeks: of a day, of a month, the first three of something; weekends and n-th weekdays."""

from datetime import date

from timeline.dates import DateError, Precision, end_of_month
from timeline.reading.grammar import Rules
from timeline.reading.units import (
    MONTHS,
    Cycle,
    Unit,
    calendar_day,
    day_name,
    day_unit,
    days_unit,
    month_unit,
    months_unit,
    shifted,
    shifted_months,
    week_from,
    week_of,
)

RULES = Rules()

_WEEK = 7
_SATURDAY = 5


@RULES.rule("ATOM", "the? week of|including|around|with|containing the? DAY")
def week_of_day(day: Unit) -> Unit:
    return week_of(day.first)


@RULES.rule("ATOM", "the? week commencing|beginning|starting|from on? DAY", "w/c|w.c. DAY")
def week_commencing(day: Unit) -> Unit:
    return week_from(day.first)


@RULES.rule("ATOM", "the? week ending|to on? DAY", "w/e DAY")
def week_ending(day: Unit) -> Unit:
    return week_from(shifted(day.first, 1 - _WEEK))


@RULES.rule("ATOM", "the? weekend of|around the? DAY")
def weekend_of_day(day: Unit) -> Unit:
    return weekend(day.first)


def weekend(day: date) -> Unit:
    """Saturday and Sunday of the week that holds the day."""
    saturday = shifted(day, _SATURDAY - day.weekday())
    name = f"weekend of {day_name(saturday)}"
    return days_unit(saturday, shifted(saturday, 1), Precision.RANGE, name)


@RULES.rule("SIMPLECYCLE", "the? ORDINAL -|full? week of|in|- MONTH")
def week_of_month(number: int, month: int) -> Cycle:
    def at(year: int) -> Unit:
        whole = month_unit(year, month)
        first = 1 + _WEEK * (number - 1)
        if first > whole.last.day:
            raise DateError(f"There is no week {number} in {whole.name}.")
        last = min(first + _WEEK - 1, whole.last.day)
        name = f"week {number} of {whole.name}"
        days = whole.first.replace(day=first), whole.first.replace(day=last)
        return days_unit(*days, Precision.WEEK, name)

    return Cycle(at, is_sharp=True)


@RULES.rule("SIMPLECYCLE", "the? last|final|closing week of|in MONTH")
def last_week_of_month(month: int) -> Cycle:
    def at(year: int) -> Unit:
        last = end_of_month(year, month)
        name = f"last week of {MONTHS[month - 1]} {year}"
        return days_unit(shifted(last, 1 - _WEEK), last, Precision.WEEK, name)

    return Cycle(at, is_sharp=True)


@RULES.rule("SIMPLECYCLE", "the? first|opening CARDINAL DAYSPAN of|in MONTH")
def first_days_of_month(count: int, days: int, month: int) -> Cycle:
    return _days_of_month(month, count * days, from_end=False)


@RULES.rule("SIMPLECYCLE", "the? last|final CARDINAL DAYSPAN of|in MONTH")
def last_days_of_month(count: int, days: int, month: int) -> Cycle:
    return _days_of_month(month, count * days, from_end=True)


RULES.words("DAYSPAN", {"days": 1, "weeks": _WEEK})


def _days_of_month(month: int, days: int, *, from_end: bool) -> Cycle:
    def at(year: int) -> Unit:
        whole = month_unit(year, month)
        count = min(days, whole.last.day)
        name = f"{'last' if from_end else 'first'} {count} days of {whole.name}"
        if from_end:
            first = shifted(whole.last, 1 - count)
            return days_unit(first, whole.last, Precision.MONTH_PART, name)
        return days_unit(whole.first, shifted(whole.first, count - 1), Precision.MONTH_PART, name)

    return Cycle(at, is_sharp=True)


@RULES.rule("MONTHSOF", "the? first|opening CARDINAL months of|in YEAR")
@RULES.rule("MONTHSOF", "the? first|opening CARDINAL months of|in FISCAL")
@RULES.rule("MONTHSOF", "the? first|opening CARDINAL months of|in THEYEAR")
def first_months_of_year(count: int, year: Unit) -> Unit:
    name = f"first {count} months of {year.name}"
    return months_unit(year.first, _checked(count), Precision.RANGE, name)


@RULES.rule("MONTHSOF", "the? last|final CARDINAL months of|in YEAR")
@RULES.rule("MONTHSOF", "the? last|final CARDINAL months of|in FISCAL")
@RULES.rule("MONTHSOF", "the? last|final CARDINAL months of|in THEYEAR")
def last_months_of_year(count: int, year: Unit) -> Unit:
    start = shifted_months(year.last, 1 - _checked(count))
    return months_unit(start, count, Precision.RANGE, f"last {count} months of {year.name}")


def _checked(months: int) -> int:
    if not 1 <= months <= 12:  # noqa: PLR2004
        raise DateError(f"A year does not have {months} months.")
    return months


@RULES.rule("ATOM", "MONTHSOF")
def months_of(unit: Unit) -> Unit:
    return unit


@RULES.rule("ATOM", "the? ORDINAL week of|in YEAR")
def week_of_year(number: int, year: Unit) -> Unit:
    """Counted in sevens from 1 January, as "the first week of May" is from 1 May."""
    first = shifted(year.first, _WEEK * (number - 1))
    if first > year.last:
        raise DateError(f"There is no week {number} in {year.name}.")
    last = min(shifted(first, _WEEK - 1), year.last)
    return days_unit(first, last, Precision.WEEK, f"week {number} of {year.name}")


@RULES.rule("ATOM", "the? last|final week of|in YEAR", "the? last|final week of THEYEAR")
def last_week_of_year(year: Unit) -> Unit:
    first = shifted(year.last, 1 - _WEEK)
    return days_unit(first, year.last, Precision.WEEK, f"last week of {year.name}")


@RULES.rule("SIMPLECYCLE", "the? ORDINAL WEEKDAY of|in MONTH")
def weekday_of_month(number: int, weekday: int, month: int) -> Cycle:
    def at(year: int) -> Unit:
        first = calendar_day(year, month, 1)
        day = 1 + (weekday - first.weekday()) % _WEEK + _WEEK * (number - 1)
        return day_unit(calendar_day(year, month, day))

    return Cycle(at, is_sharp=True)


@RULES.rule("SIMPLECYCLE", "the? last|final WEEKDAY of|in MONTH")
def last_weekday_of_month(weekday: int, month: int) -> Cycle:
    def at(year: int) -> Unit:
        last = end_of_month(year, month)
        return day_unit(shifted(last, -((last.weekday() - weekday) % _WEEK)))

    return Cycle(at, is_sharp=True)
