"""Days with a month in words, alone, with a weekday, or from one to another."""

from dataclasses import replace

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.cycles import nearest, occurrences
from timeline.reading.grammar import Meanings, Rules, all_of
from timeline.reading.ranges import joined
from timeline.reading.units import (
    MONTHS,
    Cycle,
    Unit,
    calendar_day,
    day_unit,
    shifted,
)
from timeline.reading.years import full_year

RULES = Rules()

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

RULES.words(
    "WEEKDAYNAME",
    {f"{name.lower()} {name[:3].lower()}": n for n, name in enumerate(_WEEKDAYS)}
    | {"tues": 1, "weds": 2, "thur thurs": 3},
)


@RULES.rule("WEEKDAY", "WEEKDAYNAME .?")
def weekday(number: int) -> int:
    return number


@RULES.rule("DAYNUMBER", "NUMBER2", "NTH")
def day_number(number: int) -> int:
    return number


@RULES.rule("MONTHDAY", "the? DAYNUMBER -|of|/|.? MONTH", "the ORDINAL of MONTH")
def day_of_month(day: int, month: int) -> tuple[int, int]:
    """Month and day, if there is such a day in any year."""
    if not 1 <= day <= _LONGEST[month - 1]:
        name = MONTHS[month - 1]
        raise DateError(f"There is no {day} {name}; {name} has {_LONGEST[month - 1]} days.")
    return month, day


@RULES.rule("MONTHDAY", "MONTH -|the? DAYNUMBER", "MONTH the ORDINAL")
def month_and_day(month: int, day: int) -> tuple[int, int]:
    return day_of_month(day, month)


@RULES.rule("DAYCYCLE", "MONTHDAY")
def day_cycle(monthday: tuple[int, int]) -> Cycle:
    return Cycle(lambda year: day_unit(calendar_day(year, *monthday)), is_sharp=True)


@RULES.rule("SIMPLECYCLE", "DAYCYCLE")
def plain(cycle: Cycle) -> Cycle:
    return cycle


@RULES.rule("CYCLE", "from? the? DAYNUMBER JOIN the? DAYNUMBER of|-? MONTH")
def days_of_month(first: int, how: str, last: int, month: int) -> Cycle:
    start, end = day_of_month(first, month), day_of_month(last, month)
    return _days_from_to(start, end, how)


@RULES.rule("CYCLE", "between the? DAYNUMBER and the? DAYNUMBER of? MONTH")
def between_days_of_month(first: int, last: int, month: int) -> Cycle:
    return days_of_month(first, "between", last, month)


@RULES.rule("CYCLE", "MONTH from? DAYNUMBER JOIN DAYNUMBER")
def month_days(month: int, first: int, how: str, last: int) -> Cycle:
    return days_of_month(first, how, last, month)


@RULES.rule("CYCLE", "between MONTH DAYNUMBER and DAYNUMBER")
def between_month_days(month: int, first: int, last: int) -> Cycle:
    return days_of_month(first, "between", last, month)


def _days_from_to(start: tuple[int, int], end: tuple[int, int], how: str) -> Cycle:
    def at(year: int) -> Unit | Meanings:
        first, last = day_unit(calendar_day(year, *start)), day_unit(calendar_day(year, *end))
        return joined(first, last, how)

    return Cycle(at, is_sharp=True)


@RULES.rule("BAREDAY", "the? DAYNUMBER -|of|/|.? MONTH ,|of|-|/|.? YEAR")
def number_month_and_year(day: int, month: int, year: Unit) -> Unit:
    """Before the rule without a year: of 31 February 2027 the length of the month is known."""
    return day_unit(calendar_day(year.first.year, month, day))


@RULES.rule("BAREDAY", "MONTH -|the? DAYNUMBER ,|of|-|/|.? YEAR")
def month_number_and_year(month: int, day: int, year: Unit) -> Unit:
    return number_month_and_year(day, month, year)


@RULES.rule("BAREDAY", "MONTHDAY ,|of|-|/|.? YEAR", "MONTHDAY , of? YEAR")
def day_of_year(monthday: tuple[int, int], year: Unit) -> Unit:
    return day_unit(calendar_day(year.first.year, *monthday))


@RULES.rule("BAREDAY", "YEAR ,|-|/? MONTHDAY")
def year_and_day(year: Unit, monthday: tuple[int, int]) -> Unit:
    return day_of_year(monthday, year)


@RULES.rule("BAREDAY", "the? DAYNUMBER -|of? MONTH -|,? '? DIGITS2")
def day_of_short_year(day: int, month: int, short: int, context: Context) -> Unit:
    return day_unit(calendar_day(full_year(short, context), *day_of_month(day, month)))


@RULES.rule("BAREDAY", "DAYCYCLE")
def day_without_year(cycle: Cycle, context: Context) -> object:
    return nearest(cycle, context)


@RULES.rule("NAMEDDAY", "WEEKDAY ,? the? DAYCYCLE", "WEEKDAY ( DAYCYCLE )")
def weekday_and_day_without_year(number: int, cycle: Cycle, context: Context) -> object:
    """The nearest year; the editor is asked if that day is another weekday there."""
    near = nearest(cycle, context)
    units = [unit for unit in all_of(near) if isinstance(unit, Unit)]
    right = [unit for unit in units if unit.first.weekday() == number]
    if len(right) == 1:
        return right[0]
    fits = [day for day in occurrences(cycle, context) if day.first.weekday() == number]
    return _contradiction(units[0], number, tuple(fits))


@RULES.rule("NAMEDDAY", "DAYCYCLE ,? ( WEEKDAY )", "DAYCYCLE , WEEKDAY")
def day_without_year_and_weekday(cycle: Cycle, number: int, context: Context) -> object:
    return weekday_and_day_without_year(number, cycle, context)


@RULES.rule("NAMEDDAY", "WEEKDAY ,? the? BAREDAY", "WEEKDAY ( BAREDAY )")
def weekday_and_day(number: int, day: Unit) -> object:
    return day if day.first.weekday() == number else _contradiction(day, number, ())


@RULES.rule("NAMEDDAY", "BAREDAY ,? ( WEEKDAY )", "BAREDAY ,? WEEKDAY")
def day_and_weekday(day: Unit, number: int) -> object:
    return weekday_and_day(number, day)


def _contradiction(day: Unit, said: int, others: tuple[Unit, ...]) -> Meanings:
    real = _WEEKDAYS[day.first.weekday()]
    near = tuple(
        day_unit(shifted(day.first, days))
        for days in (-3, -2, -1, 1, 2, 3)
        if shifted(day.first, days).weekday() == said
    )
    options = tuple(
        replace(unit, name=f"{_WEEKDAYS[unit.first.weekday()]} {unit.name}")
        for unit in (day, *others, *near)
    )
    why = f"{day.name} is a {real}, not a {_WEEKDAYS[said]}. Which day is meant?"
    return Meanings(options, why)


@RULES.rule("DAY", "BAREDAY", "NAMEDDAY")
def any_named_day(day: Unit) -> Unit:
    return day
