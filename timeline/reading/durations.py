"""So long from now: "in two years", "within 18 months"; and lengths that date nothing."""

from dataclasses import dataclass
from enum import Enum

from timeline.dates import Precision
from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.units import (
    Unit,
    day_unit,
    hull,
    month_unit,
    shifted,
    shifted_months,
    week_of,
    year_unit,
)

RULES = Rules()

_NOT_FROM_NOW = "That counts from something else than the day it was said; which date is meant?"


class Measure(Enum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Length:
    """So many units, or between so many and so many."""

    least: int
    most: int
    measure: Measure


RULES.words(
    "MEASURE",
    {
        "day days": (1, Measure.DAY),
        "week weeks": (1, Measure.WEEK),
        "fortnight fortnights": (2, Measure.WEEK),
        "month months": (1, Measure.MONTH),
        "quarter quarters": (3, Measure.MONTH),
        "year years yr yrs": (1, Measure.YEAR),
        "decade decades": (10, Measure.YEAR),
    },
)


@RULES.rule("LENGTH", "CARDINAL -? MEASURE", "CARDINAL more|further|full MEASURE")
def length(count: int, measure: tuple[int, Measure]) -> Length:
    return Length(count * measure[0], count * measure[0], measure[1])


@RULES.rule("LENGTH", "DIGITS4 MEASURE")
def long_length(count: int, measure: tuple[int, Measure]) -> Length | None:
    return length(count, measure) if measure[1] in (Measure.DAY, Measure.WEEK) else None


@RULES.rule("LENGTH", "CARDINAL to|-|or CARDINAL MEASURE", "between CARDINAL and CARDINAL MEASURE")
def length_between(least: int, most: int, measure: tuple[int, Measure]) -> Length | None:
    if least > most:
        return None
    return Length(least * measure[0], most * measure[0], measure[1])


@RULES.rule("LENGTH", "half a year", "a half year", "half -? year")
def half_a_year() -> Length:
    return Length(6, 6, Measure.MONTH)


@RULES.rule("LENGTH", "a year and a half", "one and a half years", "18 months")
def year_and_a_half() -> Length:
    return Length(18, 18, Measure.MONTH)


@RULES.rule("AHEAD", "in|after? LENGTH 's|'? time|from_now|from_today|hence", "in ABOUT? LENGTH")
@RULES.rule("AHEAD", "ABOUT? LENGTH from_now|from_today|hence")
def ahead(*parts: object, context: Context) -> Unit:
    found = next(part for part in parts if isinstance(part, Length))
    first, last = reached(found.least, found.measure, context), None
    if found.most == found.least:
        return first
    last = reached(found.most, found.measure, context)
    return hull(first, last)


RULES.words("ABOUT", {"about around approximately roughly some": True})


@RULES.rule("AGO", "ABOUT? LENGTH ago")
def ago(_about: object, found: Length, context: Context) -> Unit:
    return reached(-found.most, found.measure, context)


@RULES.rule("DEADLINE", "within|inside the? next|coming? ABOUT? LENGTH of_now|from_now|from_today?")
@RULES.rule("DEADLINE", "in|over|during the? next|coming|following ABOUT? LENGTH")
@RULES.rule("DEADLINE", "in less|fewer|no_more than LENGTH", "in under|at_most|up_to LENGTH")
def deadline(*parts: object, context: Context) -> Unit:
    found = next(part for part in parts if isinstance(part, Length))
    return reached(found.most, found.measure, context)


def reached(count: int, measure: Measure, context: Context) -> Unit:
    """The unit that is so many of its kind away: two years on is a year, ten days on a day."""
    said_on = context.said_on
    match measure:
        case Measure.YEAR:
            return year_unit(said_on.year + count)
        case Measure.MONTH:
            first = shifted_months(said_on, count)
            return month_unit(first.year, first.month)
        case Measure.WEEK:
            return week_of(shifted(said_on, 7 * count))
    return day_unit(shifted(said_on, count))


def is_exact(unit: Unit) -> bool:
    """Days are counted, all longer units are rounded."""
    return unit.precision is Precision.DAY


@RULES.rule("COUNTED", "ABOUT? LENGTH later|earlier|afterwards|afterward|thereafter|away|out")
@RULES.rule("COUNTED", "ABOUT? LENGTH after|before|from|following|past|behind|ahead_of")
@RULES.rule("COUNTED", "the? MEASURE after|before|following|later|earlier")
@RULES.rule("COUNTED", "several|few|a_few|some|many MEASURE after|before|following|later|earlier")
@RULES.rule("COUNTED", "by|of ABOUT? LENGTH")
def counted_from_elsewhere(*_parts: object) -> Meanings:
    """“A year later”, "delayed by two years": from what, the words do not say."""
    return Meanings((), _NOT_FROM_NOW)
