"""What depends on the day it was said: today, Friday, next month, this summer."""

from dataclasses import replace
from datetime import date

from timeline.dates import Precision
from timeline.reading import weeks
from timeline.reading.answers import Context
from timeline.reading.cycles import occurrences
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Part, Stretch, part_of
from timeline.reading.units import (
    Cycle,
    Unit,
    day_unit,
    days_unit,
    decade_unit,
    month_unit,
    quarter_unit,
    shifted,
    shifted_months,
    week_of,
    year_unit,
)
from timeline.reading.weeks import weekend

RULES = Rules()

_THIS_OR_NEXT = "The coming one, or the one after it?"
_WEEK = 7

RULES.words(
    "DAYSON",
    {
        "today tonight this_morning this_afternoon this_evening later_today earlier_today": 0,
        "tomorrow": 1,
        "the_day_after_tomorrow": 2,
        "yesterday": -1,
        "the_day_before_yesterday": -2,
    },
)
RULES.words("UNITSON", {"this the_current current the_present": 0})
RULES.words("UNITSON", {"the_next next the_coming coming the_following": 1})
RULES.words("UNITSON", {"last the_last the_previous previous the_past": -1})


@RULES.rule("BAREDAY", "DAYSON")
def day_on(days: int, context: Context) -> Unit:
    return day_unit(shifted(context.said_on, days))


@RULES.rule("WEEKDAYALONE", "WEEKDAY")
def weekday_alone(number: int, context: Context) -> Unit:
    """The last one on or before it was said: "agreed on Friday"."""
    return day_unit(shifted(context.said_on, -((context.said_on.weekday() - number) % _WEEK)))


@RULES.rule("COMINGDAY", "WEEKDAY")
@RULES.rule("DAY", "this WEEKDAY", "the|this? coming|upcoming WEEKDAY")
def coming_weekday(number: int, context: Context) -> Unit:
    return day_unit(_on_or_after(context.said_on, number))


@RULES.rule("DAY", "this? last|past WEEKDAY", "the last|past|previous WEEKDAY")
def last_weekday(number: int, context: Context) -> Unit:
    back = (context.said_on.weekday() - number - 1) % _WEEK + 1
    return day_unit(shifted(context.said_on, -back))


@RULES.rule("DAY", "the? next WEEKDAY")
def next_weekday(number: int, context: Context) -> Meanings | Unit:
    """Some mean the coming one, others that of next week."""
    coming = _on_or_after(shifted(context.said_on, 1), number)
    week_after = shifted(week_of(context.said_on).last, 1 + number)
    if coming == week_after:
        return day_unit(coming)
    return Meanings((day_unit(coming), day_unit(week_after)), _THIS_OR_NEXT)


@RULES.rule("DAY", "WEEKDAY ,|of|in? RELATIVEWEEK")
def weekday_of_week(number: int, week: Unit) -> Unit:
    return day_unit(shifted(week.first, number))


@RULES.rule("DAY", "RELATIVEWEEK 's? ,|on? WEEKDAY")
def week_then_weekday(week: Unit, number: int) -> Unit:
    return weekday_of_week(number, week)


def _on_or_after(day: date, weekday: int) -> date:
    return shifted(day, (weekday - day.weekday()) % _WEEK)


@RULES.rule("RELATIVEWEEK", "UNITSON week")
def relative_week(weeks: int, context: Context) -> Unit:
    return week_of(shifted(context.said_on, _WEEK * weeks))


@RULES.rule("RELATIVEWEEK", "the? week after next")
def week_after_next(context: Context) -> Unit:
    return relative_week(2, context)


@RULES.rule("ATOM", "this|the_coming|this_coming weekend")
def this_weekend(context: Context) -> Unit:
    return weekend(context.said_on)


@RULES.rule("ATOM", "the? next weekend")
def next_weekend(context: Context) -> Meanings:
    weekends = weekend(context.said_on), weekend(shifted(context.said_on, _WEEK))
    return Meanings(weekends, _THIS_OR_NEXT)


@RULES.rule("ATOM", "the? last|past weekend")
def last_weekend(context: Context) -> Unit:
    return weekend(shifted(context.said_on, -_WEEK))


@RULES.rule("THEWEEK", "the? week")
def the_week(context: Context) -> Unit:
    return week_of(context.said_on)


@RULES.rule("THEDECADE", "the? decade")
def the_decade(context: Context) -> Unit:
    return decade_unit(context.said_on.year)


@RULES.rule("ATOM", "the? ORDINAL week of|in RELATIVEMONTH", "the? ORDINAL week of THEMONTH")
def week_of_relative_month(number: int, month: Unit) -> object:
    return weeks.week_of_month(number, month.first.month).at(month.first.year)


@RULES.rule("ATOM", "the? last|final week of|in RELATIVEMONTH", "the? last|final week of THEMONTH")
def last_week_of_relative_month(month: Unit) -> object:
    return weeks.last_week_of_month(month.first.month).at(month.first.year)


@RULES.rule("ATOM", "midyear YEAR?")
def midyear(year: Unit | None, context: Context) -> Unit:
    return part_of(year or year_unit(context.said_on.year), Stretch(Part.MID, Part.MID))


@RULES.rule("RELATIVEMONTH", "UNITSON month")
def relative_month(months: int, context: Context) -> Unit:
    first = shifted_months(context.said_on, months)
    return month_unit(first.year, first.month)


@RULES.rule("RELATIVEMONTH", "the? month after next")
def month_after_next(context: Context) -> Unit:
    return relative_month(2, context)


@RULES.rule("THEMONTH", "the? month")
def the_month(context: Context) -> Unit:
    return relative_month(0, context)


@RULES.rule("RELATIVEQUARTER", "UNITSON calendar? quarter")
def relative_quarter(quarters: int, context: Context) -> Unit:
    return quarter_unit(shifted_months(context.said_on, 3 * quarters))


@RULES.rule("THEQUARTER", "the? quarter")
def the_quarter(context: Context) -> Unit:
    return relative_quarter(0, context)


@RULES.rule("WHOLE", "YEAR", "DECADE", "CENTURY", "RELATIVEWEEK", "RELATIVEMONTH")
@RULES.rule("WHOLE", "RELATIVEQUARTER")
def whole(unit: Unit) -> Unit:
    return unit


@RULES.rule("THEWHOLE", "THEYEAR", "THEMONTH", "THEQUARTER", "THEWEEK", "THEDECADE")
def the_whole(unit: Unit) -> Unit:
    """Not a date by itself: "the year"; but "the end of the year" is."""
    return unit


@RULES.rule("ATOM", "WHOLE")
def whole_atom(unit: Unit) -> Unit:
    return unit


@RULES.rule("ATOM", "PARTOF WHOLE", "PARTOF THEWHOLE")
def part_of_whole(stretch: Stretch, unit: Unit) -> Unit:
    return part_of(unit, stretch)


@RULES.rule("ATOM", "YEAR -|'|, the? STRETCH", "YEAR STRETCH")
def whole_then_part(unit: Unit, stretch: Stretch) -> Unit:
    return part_of(unit, stretch)


@RULES.rule("ATOM", "the? THEWHOLE 's? -? end|close", "eoy|e.o.y.")
def end_of_the(unit: Unit | None = None, *, context: Context) -> Unit:
    return _end(unit or year_unit(context.said_on.year))


@RULES.rule("ATOM", "THEWHOLE is_out|is_over|ends|comes_to_an_end")
@RULES.rule("ATOM", "WHOLE is_out|is_over|ends|comes_to_an_end")
def before_it_is_over(unit: Unit) -> Unit:
    return replace(unit, whole=unit)


@RULES.rule("ATOM", "year -? end of|,? YEAR", "YEAR 's? year? -? end|close", "eoy YEAR")
def end_of_year(year: Unit) -> Unit:
    return _end(year)


@RULES.rule("ATOM", "mid|the_middle_of|middle_of THEWHOLE", "mid -? year of? YEAR")
def middle_of_the(unit: Unit) -> Unit:
    return part_of(unit, Stretch(Part.MID, Part.MID))


def _end(unit: Unit) -> Unit:
    return part_of(unit, Stretch(Part.END, Part.END))


@RULES.rule("ATOM", "later in? WHOLE", "later in THEWHOLE")
@RULES.rule("ATOM", "the? rest|remainder of WHOLE", "the? rest|remainder of THEWHOLE")
def later(unit: Unit, context: Context) -> Unit | None:
    if not unit.first <= context.said_on <= unit.last:
        return None
    days = context.said_on, unit.last
    return days_unit(*days, Precision.RANGE, f"later in {unit.name}")


@RULES.rule("ATOM", "earlier in? WHOLE", "earlier in THEWHOLE")
def earlier(unit: Unit, context: Context) -> Unit | None:
    if not unit.first <= context.said_on <= unit.last:
        return None
    days = unit.first, context.said_on
    return days_unit(*days, Precision.RANGE, f"earlier in {unit.name}")


RULES.words("CYCLEON", {"this": 0, "the_next next": 1, "last the_last the_past this_past": -1})
RULES.words("CYCLEON", {"this_coming the_coming coming the_upcoming upcoming": 2})


@RULES.rule("UNIT", "CYCLEON SIMPLECYCLE")
def relative_cycle(which: int, cycle: Cycle, context: Context) -> object:
    units = occurrences(cycle, context)
    if which == 0:
        return _this(units, context)
    if which == 1:
        return _next(units, context)
    if which == -1:
        return _last(units, context)
    return next((unit for unit in units if unit.last >= context.said_on), units[-1])


def _this(units: list[Unit], context: Context) -> Unit:
    """The one we are in; else that of this year; else the one to come."""
    said_on = context.said_on
    now = [unit for unit in units if unit.first <= said_on <= unit.last]
    year = [unit for unit in units if unit.first.year == unit.last.year == said_on.year]
    coming = [unit for unit in units if unit.first > said_on]
    return (now or year or coming or units)[0]


def _next(units: list[Unit], context: Context) -> object:
    """Before this summer, "next summer" may be this or that of next year."""
    coming = [unit for unit in units if unit.first > context.said_on]
    if not coming:
        return units[-1]
    if coming[0].first.year == context.said_on.year:
        return Meanings(tuple(coming[:2]), _THIS_OR_NEXT)
    return coming[0]


def _last(units: list[Unit], context: Context) -> object:
    passed = [unit for unit in units if unit.last < context.said_on][::-1]
    if not passed:
        return units[0]
    if passed[0].last.year == context.said_on.year:
        return Meanings(tuple(passed[:2]), "The last one, or that of last year?")
    return passed[0]
