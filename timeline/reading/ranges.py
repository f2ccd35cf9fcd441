"""From one unit to another: an event that lasts, a window, or one of two."""

from dataclasses import replace

from timeline.dates import Precision
from timeline.reading.cycles import quarter_cycle
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.units import Cycle, Grain, Unit, days, each, hull, shifted, years_unit

RULES = Rules()

_WHICH = "There are two dates. Which is meant?"

RULES.words(
    "JOIN",
    {
        "- 〜 to through thru till until up_to ~": "to",
        "or / and/or or_possibly or_maybe or_perhaps or_even or,": "or",
        "and &": "and",
    },
)


def joined(first: Unit, last: Unit, how: str) -> Unit | Meanings:
    """Days "to" a day last from the one to the other; all else is some time in that window."""
    if first.precision is last.precision is Precision.YEAR and how != "and":
        return _joined_years(first, last, how)
    whole = hull(first, last)
    if how in ("or", "and") and _is_gap(first, last):
        return Meanings((first, last, whole), _WHICH)
    if how == "and" and first.grain is Grain.YEAR:
        return Meanings((whole, first, last), _WHICH)
    if how in ("to", "and") and first.precision is last.precision is Precision.DAY:
        return replace(whole, precision=Precision.DAY, lasts=True)
    return whole


def _joined_years(first: Unit, last: Unit, how: str) -> Unit | Meanings:
    years = years_unit(first.first.year, last.first.year)
    if how == "or" and _is_gap(first, last):
        return Meanings((first, last, years), _WHICH)
    return years


def _is_gap(first: Unit, last: Unit) -> bool:
    return last.first > shifted(first.last, 1)


@RULES.rule("CYCLE", "from? SIMPLECYCLE JOIN the? SIMPLECYCLE")
def cycle_to_cycle(first: Cycle, how: str, last: Cycle) -> Cycle:
    def at(year: int) -> Unit | Meanings:
        return _each_pair(first, last, year, how)

    is_counted = first.is_counted or last.is_counted
    return Cycle(at, is_sharp=first.is_sharp and last.is_sharp, is_counted=is_counted)


@RULES.rule("CYCLE", "the? MONTHCYCLE JOIN MONTHCYCLE quarter|period|timeframe|time_frame")
def months_of_quarter(first: Cycle, how: str, last: Cycle) -> Cycle:
    return cycle_to_cycle(first, how, last)


@RULES.rule("CYCLE", "between the? SIMPLECYCLE and the? SIMPLECYCLE")
def between_cycles(first: Cycle, last: Cycle) -> Cycle:
    return cycle_to_cycle(first, "between", last)


@RULES.rule("CYCLE", "SIMPLECYCLE , SIMPLECYCLE ,? or|and SIMPLECYCLE")
def three_cycles(first: Cycle, _middle: Cycle, last: Cycle) -> Cycle:
    return cycle_to_cycle(first, "between", last)


@RULES.rule("CYCLE", "the? ORDINAL JOIN the? ORDINAL quarter", "q DIGIT1 JOIN DIGIT1")
def quarter_to_quarter(first: int, how: str, last: int) -> Cycle | None:
    return cycle_to_cycle(quarter_cycle(first), how, quarter_cycle(last))


def _each_pair(first: Cycle, last: Cycle, year: int, how: str) -> Unit | Meanings:
    def with_start(start: Unit) -> object:
        return each(last.at(year), lambda end: _joined_over_years(start, end, (first, last), how))

    return each(first.at(year), with_start)  # type: ignore[return-value]


def _joined_over_years(start: Unit, end: Unit, cycles: tuple[Cycle, Cycle], how: str) -> object:
    """“December-January 2027”: the year stands beside the last one, or so it may be."""
    first, last = cycles
    if start.first <= end.first:
        return joined(start, end, how)
    earlier = each(first.at(start.first.year - 1), lambda unit: joined(unit, end, how))
    if start.precision is Precision.DAY:
        return earlier
    later = each(last.at(end.first.year + 1), lambda unit: joined(start, unit, how))
    return Meanings((earlier, later), "Does it begin or end in that year?")


@RULES.rule("UNIT", "ATOM", "SPREAD")
def unit(unit: Unit) -> Unit:
    return unit


@RULES.rule("UNIT", "ATOM ( the? ATOM )", "ATOM ( SPREAD )")
def unit_twice(unit: Unit, again: Unit) -> Unit | None:
    """“Spring 2027 (March to May 2027)”: the same days under two names."""
    return unit if days(again) in (days(unit), days(unit.whole or unit)) else None


@RULES.rule("UNIT", "ATOM ( the? CYCLE )")
def unit_and_cycle(unit: Unit, again: Cycle) -> object:
    other = again.at(unit.first.year)
    if isinstance(other, Unit) and days(unit) == days(other):
        return unit
    return each(other, lambda found: Meanings((unit, found), _WHICH))


@RULES.rule("SPREAD", "from? ATOM JOIN the|in|on|during|at|in_the|at_the? ATOM")
def unit_to_unit(first: Unit, how: str, last: Unit) -> object:
    return joined(first, last, how) if _is_same_calendar(first, last) else None


@RULES.rule("SPREAD", "anywhere|anytime? between ATOM and the? ATOM")
def between_units(first: Unit, last: Unit) -> object:
    return unit_to_unit(first, "between", last)


@RULES.rule("SPREAD", "from? ATOM JOIN the? SIMPLECYCLE")
def unit_to_cycle(first: Unit, how: str, last: Cycle) -> object:
    """“5 May 2026 - 7 June”: the year that was said holds for both, or the next one."""
    if last.is_counted and not first.code:
        return None
    end = last.at(first.first.year)
    if isinstance(end, Unit) and end.last < first.last:
        end = last.at(first.first.year + 1)
    return each(end, lambda unit: joined(first, unit, how))


def _is_same_calendar(first: Unit, last: Unit) -> bool:
    """Of each country's fiscal years, only those of one country belong together."""
    fiscal = [unit.precision is Precision.FISCAL_YEAR for unit in (first, last)]
    if any(fiscal) and Precision.YEAR in (first.precision, last.precision):
        return False
    return not all(fiscal) or first.name.split()[0] == last.name.split()[0]
