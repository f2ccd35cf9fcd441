"""Dates in Japanese: eras, months, parts and seasons in their order of words."""

from dataclasses import replace

from timeline.dates import DateError, Precision
from timeline.reading import weeks
from timeline.reading.answers import Context
from timeline.reading.clock import Clock, Timed, clock_at, moments
from timeline.reading.days import day_of_month, days_of_month, weekday_and_day
from timeline.reading.durations import Length, Measure, reached
from timeline.reading.fiscal import current_fiscal_year, fiscal_year
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Part, Stretch, half_of, part_of, quarter_of
from timeline.reading.ranges import cycle_to_cycle
from timeline.reading.statements import Bound, Mark
from timeline.reading.units import (
    Cycle,
    Unit,
    calendar_day,
    century_unit,
    day_unit,
    decade_unit,
    each,
    month_unit,
    shifted,
    shifted_months,
    week_of,
    year_unit,
)
from timeline.reading.years import full_year
from timeline.reading.zones import Zone

RULES = Rules()

# The year before the first of each era, and how many years it had.
_ERAS = {
    "令和": (2018, 99),
    "平成": (1988, 31),
    "昭和": (1925, 64),
    "大正": (1911, 15),
    "明治": (1867, 45),
}
RULES.words("ERA", _ERAS)
RULES.words("ERALETTER", {"r": _ERAS["令和"], "h": _ERAS["平成"], "s": _ERAS["昭和"]})
RULES.words("YEARSAWAY", {"今年 本年": 0, "来年": 1, "再来年": 2, "昨年 去年": -1, "一昨年": -2})
RULES.words("FISCALAWAY", {"今年度 本年度": 0, "来年度": 1, "再来年度": 2, "昨年度 前年度": -1})
RULES.words("MONTHSAWAY", {"今月": 0, "来月": 1, "再来月": 2, "先月": -1})
RULES.words("WEEKSAWAY", {"今週": 0, "来週": 1, "再来週": 2, "先週": -1})
RULES.words("SEASONNAME", {"春 春季": 0, "夏 夏季": 1, "秋 秋季": 2, "冬 冬季": 3})
RULES.words(
    "DAYSON",
    {"今日 本日 きょう": 0, "明日 あす": 1, "明後日 あさって": 2, "昨日 きのう": -1, "一昨日": -2},
)
RULES.words(
    "JPART",
    {
        "上旬 初旬 早期 序盤 前期": Part.EARLY,
        "中旬 半ば なかば 中頃 中ごろ 央 中盤 中期": Part.MID,
        "下旬 終盤 後期": Part.LATE,
        "初め はじめ 始め 初頭 頭 初 明け 年明け": Part.BEGINNING,
        "末 終わり おわり 年末": Part.END,
        "前半 上半期 上期": Part.FIRST_HALF,
        "後半 下半期 下期": Part.SECOND_HALF,
    },
)
RULES.words(
    "WEEKDAYNAME",
    {
        "月曜日 月曜": 0,
        "火曜日 火曜": 1,
        "水曜日 水曜": 2,
        "木曜日 木曜": 3,
        "金曜日 金曜": 4,
        "土曜日 土曜": 5,
        "日曜日 日曜": 6,
    },
)
RULES.words("JWEEKDAY", {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6})
RULES.words("JOIN", {"から または もしくは あるいは か 、 ・": "to"})
RULES.words("PREPOSITION", {"現在の計画では": True})
RULES.words("NEAR", {"約 およそ おおよそ ほぼ 概ね おおむね": True})
RULES.words("BOUND", {"早くとも 早くて 早ければ 最短で 最短 最速で 最も早くて": Bound.NET})
RULES.words("BOUND", {"遅くとも 遅くても 最も遅くて": Bound.BY})
RULES.words(
    "SUFFIX",
    {
        "以降 以後 から 〜 より 以降に 以降の 以降を 以降となる": Mark(bound=Bound.NET),
        "までに まで 以前 までの 以内": Mark(bound=Bound.BY),
        "より前 よりも前": Mark(bound=Bound.BEFORE),
        "より後 よりも後": Mark(bound=Bound.AFTER),
        "頃 ごろ ころ 頃に ごろに 頃の 前後 あたり くらい ぐらい 目処 (頃) 頃を": Mark(near=True),
        "? か ?か の可能性": Mark(doubtful=True),
        "(暫定) (仮) (予想)": Mark(doubtful=True),
        "に は の を 中 内 中に 内に うち": Mark(),
    },
)


@RULES.rule("YEAR", "DIGITS4 年", "DIGITS4 年 中|内")
def year(number: int) -> Unit:
    return year_unit(number)


@RULES.rule("YEAR", "ERAYEAR", "ERAYEAR ( DIGITS4 年? )", "DIGITS4 年? ( ERAYEAR )")
@RULES.rule("YEAR", "DIGITS4 ( ERAYEAR ) 年")
def year_twice(first: int, second: int | None = None) -> Unit:
    if second not in (None, first):
        raise DateError(f"The two years do not agree: {first} and {second}.")
    return year_unit(first)


@RULES.rule("ERAYEAR", "ERA NUMBER2 年", "ERALETTER .? NUMBER2 年")
def era_year(era: tuple[int, int], number: int) -> int:
    before, years = era
    if not 1 <= number <= years:
        raise DateError(f"That era has no year {number}.")
    return before + number


@RULES.rule("ERAYEAR", "ERA 元 年")
def first_year_of_era(era: tuple[int, int]) -> int:
    return era[0] + 1


@RULES.rule("YEAR", "YEARSAWAY")
def year_away(years: int, context: Context) -> Unit:
    return year_unit(context.said_on.year + years)


@RULES.rule("JSHORTYEAR", "'? DIGITS2 年")
def short_year(number: int, context: Context) -> Unit:
    """“27年夏”: two digits mean a year only where something of that year follows."""
    return year_unit(full_year(number, context))


@RULES.rule("FISCAL", "DIGITS4 年 度")
def fiscal(number: int) -> Unit:
    return fiscal_year("jp", number)


@RULES.rule("FISCAL", "DIGITS2 年 度")
def short_fiscal(number: int, context: Context) -> Unit:
    return fiscal_year("jp", full_year(number, context))


@RULES.rule("FISCAL", "ERAYEAR 度", "ERAYEAR 度 ( DIGITS4 年 度 )")
def era_fiscal(number: int, again: int | None = None) -> Unit:
    if again not in (None, number):
        raise DateError(f"The two fiscal years do not agree: {number} and {again}.")
    return fiscal_year("jp", number)


@RULES.rule("FISCAL", "FISCALAWAY")
def fiscal_away(years: int, context: Context) -> Unit:
    return current_fiscal_year("jp", context, years)


@RULES.rule("ATOM", "年 度 末|内")
def end_of_fiscal_year(context: Context) -> Unit:
    return quarter_of(current_fiscal_year("jp", context), 4)


@RULES.rule("MONTHNUMBER", "NUMBER2 月")
def month_number(number: int) -> int:
    calendar_day(1, number, 1)
    return number


@RULES.rule("MONTHCYCLE", "MONTHNUMBER")
def month(number: int) -> Cycle:
    return Cycle(lambda year: month_unit(year, number), is_sharp=True)


@RULES.rule("MONTHDAY", "MONTHNUMBER の? NUMBER2 日")
def month_and_day(month: int, day: int) -> tuple[int, int]:
    return day_of_month(day, month)


@RULES.rule("SIMPLECYCLE", "WHOLECYCLE の? JPART")
def cycle_then_part(cycle: Cycle, part: Part) -> Cycle:
    def at(year: int) -> object:
        return each(cycle.at(year), lambda unit: part_of(unit, Stretch(part, part)))

    return Cycle(at, is_sharp=cycle.is_sharp)  # type: ignore[arg-type]


@RULES.rule("SIMPLECYCLE", "EARLYLATE SEASONCYCLE")
def early_season(part: Part, cycle: Cycle) -> Cycle:
    return cycle_then_part(cycle, part)


RULES.words("EARLYLATE", {"初": Part.EARLY, "晩": Part.LATE, "真": Part.MID})


@RULES.rule("QUARTER", "第 DIGIT1 四 半 期", "第 DIGIT1 クォーター")
def quarter(number: int) -> int:
    quarter_of(year_unit(1), number)
    return number


@RULES.rule("HALF", "前半|上半期|上期")
def first_half() -> int:
    return 1


@RULES.rule("HALF", "後半|下半期|下期")
def second_half() -> int:
    return 2


@RULES.rule("OFYEAR", "YEAR の|、? CYCLE", "JSHORTYEAR の? CYCLE")
def of_year(year: Unit, cycle: Cycle) -> object:
    return cycle.at(year.first.year)


@RULES.rule("BAREDAY", "YEAR の? MONTHDAY", "JSHORTYEAR の? MONTHDAY")
def day_of_year(year: Unit, monthday: tuple[int, int]) -> Unit:
    return day_unit(calendar_day(year.first.year, *monthday))


@RULES.rule("ATOM", "WHOLE の? JPART", "JSHORTYEAR の? JPART")
def whole_then_part(unit: Unit, part: Part) -> Unit:
    return part_of(unit, Stretch(part, part))


@RULES.rule("ATOM", "FISCAL の? JPART")
def fiscal_then_part(year: Unit, part: Part) -> Unit:
    return part_of(year, Stretch(part, part))


@RULES.rule("ATOM", "FISCAL の? QUARTER")
def quarter_of_fiscal(year: Unit, number: int) -> Unit:
    return quarter_of(year, number)


@RULES.rule("ATOM", "FISCAL の? HALF")
def half_of_fiscal(year: Unit, number: int) -> Unit:
    return half_of(year, number)


@RULES.rule("ATOM", "FISCAL 中|内 に?", "FISCAL の うち")
def within_fiscal(year: Unit) -> Unit:
    return year


@RULES.rule("CYCLE", "NUMBER2 JOIN MONTHNUMBER 期?")
def months_to_month(first: int, how: str, last: int) -> Cycle:
    return cycle_to_cycle(month(month_number(first)), how, month(last))


@RULES.rule("CYCLE", "MONTHNUMBER の? NUMBER2 日? JOIN NUMBER2 日")
def days_to_day(month: int, first: int, how: str, last: int) -> Cycle:
    return days_of_month(first, how, last, month)


@RULES.rule("DECADE", "DIGITS4 年 代")
def decade(number: int) -> Unit | None:
    return None if number % 10 else decade_unit(number)


@RULES.rule("CENTURY", "NUMBER2 世 紀")
def century(number: int) -> Unit:
    return century_unit(number)


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


RULES.words("SEASONAWAY", {"今 この 今年 今年の": 0, "来 来年 来年の": 1, "昨 昨年 昨年の": -1})


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


@RULES.rule("SIMPLECYCLE", "MONTHNUMBER の? 第 DIGIT1 週")
def week_of_month(month: int, number: int) -> Cycle:
    return weeks.week_of_month(number, month)


@RULES.rule("SIMPLECYCLE", "MONTHNUMBER の? 最 終 週")
def last_week_of_month(month: int) -> Cycle:
    return weeks.last_week_of_month(month)


@RULES.rule("ATOM", "DAY の? 週")
def week_of_day(day: Unit) -> Unit:
    return week_of(day.first)


@RULES.rule("NAMEDDAY", "BAREDAY ( JWEEKDAY )", "BAREDAY ( JWEEKDAY ・? 祝 )")
def day_and_weekday(day: Unit, weekday: int) -> object:
    return weekday_and_day(weekday, day)


RULES.words("JAMPM", {"午前": 0, "午後": 12})


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時")
def full_hour(half: int | None, hour: int) -> Clock:
    return replace(clock_at(hour, 0, half=half), precision=Precision.HOUR)


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時 NUMBER2 分", "JAMPM? NUMBER2 時 NUMBER2 分 NUMBER2 秒")
def hour_and_minute(half: int | None, hour: int, minute: int, second: int | None = None) -> Clock:
    return clock_at(hour, minute, second, half=half)


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時 半")
def half_past(half: int | None, hour: int) -> Clock:
    return clock_at(hour, 30, half=half)


@RULES.rule("CLOCK", "JCLOCK")
def clock(clock: Clock) -> Clock:
    return clock


@RULES.rule("SINGLEMOMENT", "ZONENAME の|、|:? DAY の|、? CLOCK")
def zone_first(zone: Zone, day: Unit, clock: Clock, context: Context) -> object:
    return moments(day, Timed(clock, zone), context)


@RULES.rule("SINGLEMOMENT", "DAY の|、|,? TIMED")
def day_and_time(day: Unit, timed: Timed, context: Context) -> object:
    return moments(day, timed, context)
