"""Japanese words that depend on the day they were said: 来月, 年内, 3年後."""

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.durations import Length, Measure, reached
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Part, Stretch, part_of
from timeline.reading.units import (
    Cycle,
    Unit,
    calendar_day,
    day_unit,
    month_unit,
    shifted,
    shifted_months,
    week_of,
    year_unit,
)

RULES = Rules()


RULES.words("MONTHSAWAY", {"今月": 0, "来月": 1, "再来月": 2, "先月": -1})

RULES.words("WEEKSAWAY", {"今週": 0, "来週": 1, "再来週": 2, "先週": -1})

RULES.words(
    "DAYSON",
    {"今日 本日 きょう": 0, "明日 あす": 1, "明後日 あさって": 2, "昨日 きのう": -1, "一昨日": -2},
)


@RULES.rule("RELATIVEMONTH", "MONTHSAWAY")
def month_away(months: int, context: Context) -> Unit:
    first = shifted_months(context.said_on, months)
    return month_unit(first.year, first.month)


@RULES.rule("RELATIVEWEEK", "WEEKSAWAY")
def week_away(weeks: int, context: Context) -> Unit:
    return week_of(shifted(context.said_on, 7 * weeks))


@RULES.rule("BAREDAY", "MONTHSAWAY の? NUMBER2 日")
def day_of_month_away(months: int, day: int, context: Context) -> Unit:
    first = shifted_months(context.said_on, months)
    return day_unit(calendar_day(first.year, first.month, day))


@RULES.rule("ATOM", "NUMBER2 日")
def day_without_month(day: int, context: Context) -> Meanings:
    found = []
    for months in (0, 1, 2):
        first = shifted_months(context.said_on, months)
        try:
            found.append(day_unit(calendar_day(first.year, first.month, day)))
        except DateError as problem:
            last_problem = problem
    if not found:
        raise last_problem
    return Meanings(tuple(found[:2]), "Of which month?")


@RULES.rule("ATOM", "年内|年中")
def within_year(context: Context) -> Unit:
    return year_unit(context.said_on.year)


@RULES.rule("ATOM", "年末|年の暮れ")
def end_of_year(context: Context) -> Unit:
    return part_of(year_unit(context.said_on.year), Stretch(Part.END, Part.END))


@RULES.rule("ATOM", "年明け|来年明け")
def after_new_year(context: Context) -> Unit:
    beginning = Stretch(Part.BEGINNING, Part.BEGINNING)
    return part_of(year_unit(context.said_on.year + 1), beginning)


@RULES.rule("ATOM", "月末")
def end_of_month(context: Context) -> Unit:
    return part_of(month_away(0, context), Stretch(Part.END, Part.END))


@RULES.rule("ATOM", "月内")
def within_month(context: Context) -> Unit:
    return month_away(0, context)


@RULES.rule("ATOM", "SEASONAWAY SEASONCYCLE", "SEASONAWAY の? SEASONCYCLE")
def season_away(years: int, cycle: Cycle, context: Context) -> object:
    return cycle.at(context.said_on.year + years)


RULES.words("SEASONAWAY", {"今年 今年の": 0, "来 来年 来年の": 1, "昨 昨年 昨年の": -1})


@RULES.rule("AHEAD", "LENGTH 後", "今 から LENGTH 後")
def ahead(length: Length, context: Context) -> Unit:
    return reached(length.most, length.measure, context)


@RULES.rule("AGO", "LENGTH 前")
def ago(length: Length, context: Context) -> Unit:
    return reached(-length.most, length.measure, context)


@RULES.rule("DEADLINE", "今後? LENGTH 以 内")
def deadline(length: Length, context: Context) -> Unit:
    return reached(length.most, length.measure, context)


RULES.words(
    "JMEASURE",
    {
        "年 年間": (1, Measure.YEAR),
        "か月 カ月 ヶ月 ヵ月 ケ月 箇月 か月間": (1, Measure.MONTH),
        "週間": (1, Measure.WEEK),
        "日 日間": (1, Measure.DAY),
    },
)


@RULES.rule("LENGTH", "NUMBER3 JMEASURE")
def length(count: int, measure: tuple[int, Measure]) -> Length:
    return Length(count * measure[0], count * measure[0], measure[1])


@RULES.rule("LENGTH", "半年")
def half_a_year() -> Length:
    return Length(6, 6, Measure.MONTH)


@RULES.rule("LENGTH", "NUMBER3 年半")
def years_and_a_half(years: int) -> Length:
    return Length(12 * years + 6, 12 * years + 6, Measure.MONTH)
