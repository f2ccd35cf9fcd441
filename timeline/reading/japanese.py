"""Dates in Japanese: months, parts and seasons in their order of words, and what binds them."""

from dataclasses import replace

from timeline.reading import weeks
from timeline.reading.bounds import Bound, Mark, Said
from timeline.reading.days import day_of_month, days_of_month, weekday_and_day
from timeline.reading.grammar import Rules
from timeline.reading.parts import Part, Stretch, part_of, quarter_of
from timeline.reading.ranges import cycle_to_cycle, unit_to_cycle, unit_to_unit
from timeline.reading.units import (
    Cycle,
    Unit,
    calendar_day,
    day_unit,
    each,
    month_unit,
    week_of,
    year_unit,
)

RULES = Rules()


RULES.words("SEASONNAME", {"春 春季": 0, "夏 夏季": 1, "秋 秋季": 2, "冬 冬季": 3})

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

RULES.words("JOIN", {"から": "to", "または もしくは あるいは か": "or", "、 ・": "and"})

RULES.words("PREPOSITION", {"現在の計画では": True})

RULES.words("NEAR", {"約 およそ おおよそ ほぼ 概ね おおむね": True})

RULES.words("BOUND", {"早くとも 早くても 早くて 早ければ 最短で 最短 最速で 最も早くて": Bound.NET})

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
        "に は の を 中 内 中に 内に うち にかけて に掛けて の間 の間に": Mark(),
    },
)


@RULES.rule("PHRASE", "CORE から CORE へ|に MOVED")
def moved(_old: Said, new: Said, _moved: object) -> Said:
    return new


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

    return replace(cycle, at=at)  # type: ignore[arg-type]


@RULES.rule("SIMPLECYCLE", "WHOLECYCLE の? JPART JOIN JPART")
def cycle_then_parts(cycle: Cycle, first: Part, _how: str, last: Part) -> Cycle:
    def at(year: int) -> object:
        return each(cycle.at(year), lambda unit: part_of(unit, Stretch(first, last)))

    return replace(cycle, at=at)  # type: ignore[arg-type]


@RULES.rule("SIMPLECYCLE", "SEASONCYCLE 先|口")
def beginning_of_season(cycle: Cycle) -> Cycle:
    return cycle_then_part(cycle, Part.EARLY)


@RULES.rule("SIMPLECYCLE", "EARLYLATE SEASONCYCLE")
def early_season(part: Part, cycle: Cycle) -> Cycle:
    return cycle_then_part(cycle, part)


RULES.words("CYCLEON", {"今 この": 0})

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


@RULES.rule("ATOM", "WHOLE の? JPART JOIN JPART", "FISCAL の? JPART JOIN JPART")
def whole_then_parts(unit: Unit, first: Part, _how: str, last: Part) -> Unit:
    return part_of(unit, Stretch(first, last))


@RULES.rule("CYCLE", "NUMBER2 JOIN MONTHNUMBER 期?")
def months_to_month(first: int, how: str, last: int) -> Cycle:
    return cycle_to_cycle(month(month_number(first)), how, month(last))


@RULES.rule("CYCLE", "MONTHNUMBER の? NUMBER2 日? JOIN NUMBER2 日")
def days_to_day(month: int, first: int, how: str, last: int) -> Cycle:
    return days_of_month(first, how, last, month)


@RULES.rule("CYCLE", "MONTHNUMBER の? NUMBER2 日? から NUMBER2 日 まで")
def days_up_to_day(month: int, first: int, last: int) -> Cycle:
    return days_of_month(first, "to", last, month)


@RULES.rule("CYCLE", "NUMBER2 月? から MONTHNUMBER まで", "NUMBER2 月? から MONTHNUMBER の 間")
def months_up_to_month(first: int, last: int) -> Cycle:
    return months_to_month(first, "to", last)


@RULES.rule("SPREAD", "ATOM から SIMPLECYCLE まで")
def unit_up_to_cycle(first: Unit, last: Cycle) -> object:
    """“2027年2月24日から3月1日まで”: of that year, so it stands before the next rule."""
    return unit_to_cycle(first, "to", last)


@RULES.rule("SPREAD", "ATOM から ATOM まで")
def unit_up_to_unit(first: Unit, last: Unit) -> object:
    """“5月1日から9日まで” ends on that day; it is no deadline."""
    return unit_to_unit(first, "to", last)


@RULES.rule("SPREAD", "ATOM 〜|から SIMPLECYCLE まで? の 間")
def between_unit_and_cycle(first: Unit, last: Cycle) -> object:
    return unit_to_cycle(first, "between", last)


@RULES.rule("SPREAD", "ATOM 〜|から ATOM まで? の 間")
def between_units(first: Unit, last: Unit) -> object:
    """“12月29日〜1月3日の間” is one day of these; without 間 it lasts."""
    return unit_to_unit(first, "between", last)


@RULES.rule("CYCLE", "MONTHNUMBER の? NUMBER2 日? 〜|から NUMBER2 日 まで? の 間")
def between_days_of_month(month: int, first: int, last: int) -> Cycle:
    return days_of_month(first, "between", last, month)


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
