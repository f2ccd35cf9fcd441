"""Years, decades and centuries, and two years side by side."""

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.units import (
    Unit,
    century_unit,
    day_unit,
    decade_unit,
    hull,
    shifted,
    year_unit,
    years_unit,
)

RULES = Rules()

_FAR = 50


def full_year(two_digits: int, context: Context) -> int:
    """The year with these last two digits that is nearest to when it was said."""
    year = context.said_on.year // 100 * 100 + two_digits
    if year - context.said_on.year > _FAR:
        return year - 100
    return year + 100 if context.said_on.year - year > _FAR else year


@RULES.rule("YEAR", "the? year? DIGITS4", "calendar year? DIGITS4", "the? year of DIGITS4")
@RULES.rule("YEAR", "cy -? DIGITS4", "DIGITS4 ad|ce|a.d.|c.e.", "ad|a.d. DIGITS4")
@RULES.rule("YEAR", "the? year NUMBER3", "NUMBER3 ad|ce|a.d.|c.e.", "ad|a.d. NUMBER3")
def year(number: int) -> Unit:
    return year_unit(number)


@RULES.rule("YEAR", "DIGITS4 bc|bce|b.c.|b.c.e.", "NUMBER3 bc|bce|b.c.|b.c.e.")
def year_before_christ(_number: int) -> Unit:
    raise DateError("Years run from 1; there is no way to write years before that.")


@RULES.rule("SHORTYEAR", "'? DIGITS2")
@RULES.rule("YEAR", "' DIGITS2", "cy -? '? DIGITS2")
def short_year(two_digits: int, context: Context) -> Unit:
    return year_unit(full_year(two_digits, context))


@RULES.rule("SHORTYEAR", "YEAR")
def any_year(unit: Unit) -> Unit:
    return unit


RULES.words(
    "YEARSON",
    {
        "this the_current the_present current": 0,
        "next": 1,
        "last the_last the_previous the_past previous": -1,
    },
)


@RULES.rule("YEAR", "YEARSON calendar? year")
def relative_year(years: int, context: Context) -> Unit:
    return year_unit(context.said_on.year + years)


@RULES.rule("YEAR", "YEARSON calendar? year ,? ( DIGITS4 )", "YEARSON year , DIGITS4")
def relative_year_and_number(years: int, number: int, context: Context) -> object:
    relative, said = relative_year(years, context), year_unit(number)
    return said if said == relative else Meanings((said, relative), "The two years do not agree.")


@RULES.rule("YEAR", "the next year", "the? coming|following year")
def coming_year(context: Context) -> Meanings:
    said_on = day_unit(context.said_on)
    end = day_unit(shifted(context.said_on, 365))
    whole = hull(said_on, end, "the next twelve months")
    return Meanings((relative_year(1, context), whole), "The next calendar year?")


@RULES.rule("YEAR", "the? year after next")
def year_after_next(context: Context) -> Unit:
    return year_unit(context.said_on.year + 2)


@RULES.rule("YEAR", "the? year before last")
def year_before_last(context: Context) -> Unit:
    return year_unit(context.said_on.year - 2)


@RULES.rule("THEYEAR", "the? year")
def the_year(context: Context) -> Unit:
    """Only as the whole of something: "the end of the year", "year-end"."""
    return year_unit(context.said_on.year)


@RULES.rule("DECADE", "the? DIGITS4 '? s")
def decade(number: int) -> object:
    if number % 10:
        return None
    if number % 100 == 0:
        options = decade_unit(number), century_unit(number // 100 + 1)
        return Meanings(options, "Ten years or a hundred?")
    return decade_unit(number)


@RULES.rule("DECADE", "the? ' DIGITS2 s")
def short_decade(number: int, context: Context) -> object:
    """“The ’30s” are never of another century than the one people live in."""
    return None if number % 10 else decade_unit(context.said_on.year // 100 * 100 + number)


@RULES.rule("DECADE", "this|the|the_current|the_present decade")
def this_decade(context: Context) -> Unit:
    return decade_unit(context.said_on.year)


@RULES.rule("DECADE", "the? next|coming decade")
def next_decade(context: Context) -> Meanings:
    year = context.said_on.year
    options = decade_unit(year + 10), years_unit(year, year + 10, "the next ten years")
    return Meanings(options, "The decade that begins with a round year, or the next ten years?")


@RULES.rule("DECADE", "the? turn|close of the? decade")
def turn_of_decade(context: Context) -> Meanings:
    end = context.said_on.year // 10 * 10 + 9
    options = years_unit(end, end + 1), years_unit(end - 2, end), years_unit(end + 1, end + 4)
    return Meanings(options, "Which years are meant?")


@RULES.rule("CENTURY", "the? ORDINAL -? century|c. ad?")
def century(number: int) -> Unit:
    return century_unit(number)


@RULES.rule("CENTURY", "the? ORDINAL century bc|bce|b.c.|b.c.e.")
def century_before_christ(_number: int) -> Unit:
    raise DateError("Years run from 1; there is no way to write years before that.")


@RULES.rule("CENTURY", "this|the|the_current century")
def this_century(context: Context) -> Unit:
    return century_unit(context.said_on.year // 100 + 1)


@RULES.rule("TWOYEARS", "DIGITS4 -|/ DIGITS4")
def two_years(first: int, second: int) -> Unit:
    return years_unit(first, second)


@RULES.rule("YEARPAIR", "DIGITS4 -|/ DIGITS2", "DIGITS4 -|/ DIGITS4")
def year_pair(first: int, second: int) -> tuple[int, int] | None:
    """Two years in a row as people write seasons and fiscal years: 2026-27, 2026/2027."""
    end = second if second > first else first // 100 * 100 + second
    end += 100 if end % 100 == 0 and second == 0 else 0
    return (first, end) if end == first + 1 else None


@RULES.rule("SHORTPAIR", "'? DIGITS2 -|/ '? DIGITS2")
def short_pair(first: int, second: int, context: Context) -> tuple[int, int] | None:
    start = full_year(first, context)
    return (start, start + 1) if (start + 1) % 100 == second else None
