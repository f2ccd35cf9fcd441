"""What comes once a year: months, parts of months, seasons, quarters and halves."""

from dataclasses import replace

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Part, Stretch, half_of, part_of, quarter_of
from timeline.reading.units import (
    MONTHS,
    Cycle,
    Unit,
    coded_unit,
    days,
    each,
    month_unit,
    shifted,
    year_unit,
)

RULES = Rules()

_DAYS_BACK = 60
_STARTS_OR_ENDS = "Does that season start or end in that year?"

RULES.words(
    "MONTHNAME",
    {f"{name.lower()} {name[:3].lower()}": n for n, name in enumerate(MONTHS, start=1)}
    | {"sept": 9, "janu": 1, "febr": 2, "marc": 3},
)
RULES.words("SEASONNAME", {"spring": 0, "summer": 1, "autumn fall": 2, "winter": 3})
RULES.words(
    "HEMISPHERE",
    {
        "southern austral southern_hemisphere southern-hemisphere": "S",
        "northern boreal northern_hemisphere northern-hemisphere": "N",
    },
)
RULES.words(
    "PART",
    {
        "early early_part earlier_part": Part.EARLY,
        "mid middle midway_through": Part.MID,
        "late later_part latter_part final_part last_part": Part.LATE,
        "beginning start opening the_beginning the_start": Part.BEGINNING,
        "end close the_end the_close very_end the_very_end": Part.END,
        "first_half first-half 1st_half former_half": Part.FIRST_HALF,
        "second_half second-half 2nd_half latter_half last_half back_half": Part.SECOND_HALF,
        "first_third 1st_third": Part.EARLY,
        "second_third middle_third 2nd_third": Part.MID,
        "last_third final_third third_third 3rd_third": Part.LATE,
    },
)


@RULES.rule("STRETCH", "PART")
def one_part(part: Part) -> Stretch:
    return Stretch(part, part)


@RULES.rule("STRETCH", "PART -? to|or|and|through|/|- -? the? PART", "PART - PART")
def two_parts(first: Part, last: Part) -> Stretch | None:
    """“Mid-to-late”; but “close to the end” is one part, and near it."""
    return Stretch(first, last) if first is not last else None


@RULES.rule("PARTOF", "the? STRETCH -|of?", "the? STRETCH - of -")
def part_before(stretch: Stretch) -> Stretch:
    return stretch


@RULES.rule("PARTOF", "the? STRETCH in")
def vague_part_before(stretch: Stretch) -> Stretch | None:
    """“Early in 2024”; but “start in 2024” is no part of it."""
    vague = (Part.EARLY, Part.MID, Part.LATE)
    return stretch if stretch.first in vague and stretch.last in vague else None


@RULES.rule("MONTH", "the_month_of? MONTHNAME .?")
def month(number: int) -> int:
    return number


@RULES.rule("MONTHCYCLE", "MONTH")
def month_cycle(number: int) -> Cycle:
    return Cycle(lambda year: month_unit(year, number), is_sharp=True)


@RULES.rule(
    "QUARTER", "q DIGIT1", "DIGIT1 q", "NTH q", "the? ORDINAL -? quarter|qtr .?", "quarter DIGIT1"
)
def quarter(number: int) -> int:
    if not 1 <= number <= 4:  # noqa: PLR2004
        raise DateError(f"There is no quarter {number}; a year has four.")
    return number


@RULES.rule("LASTQUARTER", "the? last|final|closing quarter of|in")
def last_quarter() -> int:
    return 4


@RULES.rule("HALF", "h DIGIT1", "DIGIT1 h", "the? 1st|first half -?", "half DIGIT1")
def half(number: int = 1) -> int | None:
    """“H3” is a rocket."""
    return number if number in (1, 2) else None


@RULES.rule("HALF", "the? 2nd|second|latter|back|last half")
def second_half() -> int:
    return 2


@RULES.rule("QUARTERCYCLE", "QUARTER")
def quarter_cycle(number: int) -> Cycle:
    def at(year: int) -> Unit:
        return quarter_of(year_unit(year), number)

    return Cycle(at, is_sharp=False, is_counted=True)


@RULES.rule("HALFCYCLE", "HALF")
def half_cycle(number: int) -> Cycle:
    def at(year: int) -> Unit:
        return half_of(year_unit(year), number)

    return Cycle(at, is_sharp=False, is_counted=True)


@RULES.rule("SEASON", "the? HEMISPHERE? SEASONNAME", "SEASONNAME ( HEMISPHERE )")
def season(first: object, second: object, context: Context) -> tuple[int, bool]:
    """Its number, and whether it is a southern one."""
    name, hemisphere = (second, first) if isinstance(second, int) else (first, second)
    southern = (hemisphere or context.hemisphere) == "S"
    return (name if isinstance(name, int) else 0), southern


@RULES.rule("SEASONCYCLE", "SEASON")
def season_cycle(season: tuple[int, bool]) -> Cycle:
    return Cycle(lambda year: season_of_year(season, year), is_sharp=False)


def season_of_year(season: tuple[int, bool], year: int) -> Unit | Meanings:
    """Those that run into the next year may be said by either year."""
    begins = season_from(season, year)
    if begins.last.year == year:
        return begins
    return Meanings((begins, season_from(season, year - 1)), _STARTS_OR_ENDS)


def season_from(season: tuple[int, bool], year: int) -> Unit:
    """The season that begins in the year."""
    number, southern = season
    name = ("southern " if southern else "") + ("spring", "summer", "autumn", "winter")[number]
    unit = coded_unit(year, (29 if southern else 25) + number, f"{name} {year}")
    if unit.last.year == year:
        return unit
    return coded_unit(year, (29 if southern else 25) + number, f"{name} {year}-{unit.last:%y}")


@RULES.rule("WHOLECYCLE", "MONTHCYCLE", "QUARTERCYCLE", "SEASONCYCLE", "HALFCYCLE")
def whole(cycle: Cycle) -> Cycle:
    return cycle


@RULES.rule("SIMPLECYCLE", "WHOLECYCLE")
def plain(cycle: Cycle) -> Cycle:
    return cycle


@RULES.rule("SIMPLECYCLE", "PARTOF the? WHOLECYCLE")
def part_of_cycle(stretch: Stretch, cycle: Cycle) -> Cycle:
    def at(year: int) -> Unit | Meanings:
        return each(cycle.at(year), lambda unit: part_of(unit, stretch))  # type: ignore[return-value]

    return replace(cycle, at=at)


@RULES.rule("CYCLE", "SIMPLECYCLE")
def any_cycle(cycle: Cycle) -> Cycle:
    return cycle


@RULES.rule("OFYEAR", "CYCLE ,|-|/? of? YEAR", "CYCLE of THEYEAR", "CYCLE , YEAR")
def of_year(cycle: Cycle, year: Unit) -> object:
    return cycle.at(year.first.year)


@RULES.rule("OFYEAR", "CYCLE ( CYCLE ) of|,? YEAR")
def of_year_twice(cycle: Cycle, again: Cycle, year: Unit) -> object:
    """“The second quarter (Apr-Jun) of 2008”: the same days under two names."""
    first, second = cycle.at(year.first.year), again.at(year.first.year)
    same = isinstance(first, Unit) and isinstance(second, Unit) and days(first) == days(second)
    return first if same else None


@RULES.rule("OFYEAR", "YEAR ,|-|/|'s? the? CYCLE", "YEAR ( CYCLE )")
def year_first(year: Unit, cycle: Cycle) -> object:
    return cycle.at(year.first.year)


@RULES.rule("OFYEAR", "QUARTERCYCLE -? SHORTYEAR", "HALFCYCLE SHORTYEAR", "SEASONCYCLE SHORTYEAR")
def of_short_year(cycle: Cycle, year: Unit) -> object:
    return cycle.at(year.first.year)


@RULES.rule("OFYEAR", "LASTQUARTER YEAR", "LASTQUARTER THEYEAR", "LASTQUARTER FISCAL")
def last_quarter_of(number: int, year: Unit) -> Unit:
    return quarter_of(year, number)


@RULES.rule("SEASONPAIR", "SEASON of? YEARPAIR", "SEASON of? SHORTPAIR")
def season_of_two_years(season: tuple[int, bool], pair: tuple[int, int]) -> object:
    unit = season_from(season, pair[0])
    if unit.last.year == pair[1]:
        return unit
    number, southern = season
    other = season_from((number, not southern), pair[0])
    options: tuple[Unit, ...] = (unit, season_from(season, pair[1]))
    if other.last.year == pair[1]:
        options = (other, *options)
    return Meanings(options, "That season does not run from one year into the next here.")


@RULES.rule("OFYEAR", "SEASONPAIR")
def season_pair(unit: Unit) -> Unit:
    return unit


@RULES.rule("OFYEAR", "PARTOF the? SEASONPAIR")
def part_of_season_pair(stretch: Stretch, unit: Unit) -> Unit:
    return part_of(unit, stretch)


@RULES.rule("YEARLESS", "CYCLE")
def without_year(cycle: Cycle, context: Context) -> object:
    if cycle.is_sharp:
        return nearest(cycle, context)
    return Meanings(tuple(two_nearest(cycle, context)), "Of which year?")


def nearest(cycle: Cycle, context: Context) -> Unit | Meanings:
    """In the year nearest to when it was said, at most 60 days back; or the last that passed.

    What is planned and would have passed is asked about.
    """
    units = occurrences(cycle, context)
    if context.happened:
        passed = (unit for unit in reversed(units) if unit.first <= context.said_on)
        return next(passed, units[0])
    back = shifted(context.said_on, -_DAYS_BACK)
    near = [unit for unit in units if unit.last >= back] or units[-1:]
    if near[0].first.year > context.said_on.year + 1:
        return Meanings((near[0],), "That day is not in every year. Is this one meant?")
    if context.happened is False and near[0].last < context.said_on:
        return Meanings(tuple(near[:2]), "Of which year?")
    return near[0]


def two_nearest(cycle: Cycle, context: Context) -> list[Unit]:
    units = occurrences(cycle, context)
    if context.happened:
        passed = [unit for unit in units if unit.first <= context.said_on]
        return passed[-2:][::-1]
    return [unit for unit in units if unit.last >= context.said_on][:2]


def occurrences(cycle: Cycle, context: Context) -> list[Unit]:
    """Around the year it was said, leap years included, in order. Raises DateError if none."""
    found: list[Unit] = []
    problem = DateError("There is no such day.")
    for year in range(context.said_on.year - 2, context.said_on.year + 9):
        try:
            each(cycle.at(year), found.append)
        except DateError as error:
            problem = error
    if not found:
        raise problem
    return sorted(set(found), key=lambda unit: unit.first)


def within(cycle: Cycle, year: Unit) -> Unit | None:
    """The occurrence that lies in a fiscal year."""
    found: list[Unit] = []
    for number in range(year.first.year - 1, year.last.year + 1):
        each(cycle.at(number), found.append)
    inside = [unit for unit in found if year.first <= unit.first and unit.last <= year.last]
    return inside[0] if inside else None
