"""Fiscal years named by the month they begin or end in: "the year ending March 2027"."""

from dataclasses import replace

from timeline.dates import Precision, end_of_month
from timeline.reading.fiscal import COUNTRIES, fiscal_year
from timeline.reading.grammar import Rules
from timeline.reading.units import Unit, days, months_unit, quarter_unit, shifted_months

RULES = Rules()

_MONTHS_OF_A_YEAR = 12

RULES.words("ENDING", {"ending ends ended ending_in ending_on which_ends_in to_end_in": True})
RULES.words("STARTING", {"starting beginning starting_in beginning_in starting_on": True})
RULES.words("STARTING", {"beginning_on that_starts_in that_begins_in from": True})


@RULES.rule("ENDOFYEAR", "OFYEAR", "the? BAREDAY")
def last_month(unit: Unit) -> Unit | None:
    """A month, or the last day of one."""
    is_last_day = unit.precision is Precision.DAY and unit.last == end_of_month(
        unit.last.year, unit.last.month
    )
    return unit if unit.precision is Precision.MONTH or is_last_day else None


@RULES.rule("STARTOFYEAR", "OFYEAR", "the? BAREDAY")
def first_month(unit: Unit) -> Unit | None:
    is_first_day = unit.precision is Precision.DAY and unit.first.day == 1
    return unit if unit.precision is Precision.MONTH or is_first_day else None


RULES.words("YEARWORD", {"the_year the_12_months the_twelve_months": True})


@RULES.rule("ATOM", "the? COUNTRY? FISCALWORD ENDING ENDOFYEAR", "year ENDING ENDOFYEAR")
@RULES.rule("ATOM", "YEARWORD ENDING ENDOFYEAR", "YEARWORD to ENDOFYEAR")
def year_ending(*parts: object) -> Unit:
    end = next(part for part in parts if isinstance(part, Unit))
    start = shifted_months(end.last, 1 - _MONTHS_OF_A_YEAR)
    return _named(months_unit(start, _MONTHS_OF_A_YEAR, Precision.FISCAL_YEAR, ""), parts)


@RULES.rule("UNIT", "the? FISCALWORD SPREAD")
def year_of_months(_word: object, months: Unit) -> Unit | None:
    """“Fiscal year Apr 2028 - Mar 2029”: nobody says whose."""
    year = months_unit(months.first, _MONTHS_OF_A_YEAR, Precision.FISCAL_YEAR, "")
    if months.first.month == 1:
        return None  # "FY2025/Q1" is no year from January
    return _named(year, ()) if days(year) == days(months) else None


@RULES.rule("ATOM", "the? COUNTRY? FISCALWORD STARTING STARTOFYEAR")
def year_starting(*parts: object) -> Unit:
    start = next(part for part in parts if isinstance(part, Unit))
    return _named(months_unit(start.first, _MONTHS_OF_A_YEAR, Precision.FISCAL_YEAR, ""), parts)


def _named(year: Unit, parts: tuple[object, ...]) -> Unit:
    """By the name that it has in its country, if that was said."""
    said = [country for country in COUNTRIES if country in parts]
    known = [fiscal_year(country, year.last.year - (country == "jp")) for country in said]
    name = f"the fiscal year from {year.first:%B %Y} to {year.last:%B %Y}"
    return next((unit for unit in known if days(unit) == days(year)), replace(year, name=name))


@RULES.rule("ATOM", "FISCAL (|, ENDING ENDOFYEAR )?", "FISCAL (|, STARTING STARTOFYEAR )?")
def year_and_its_end(year: Unit, _word: object, end: Unit) -> Unit | None:
    fits = end.last == year.last or end.first == year.first
    return year if fits else None


@RULES.rule("ATOM", "the? quarter ENDING ENDOFYEAR", "the? three|3 months ENDING ENDOFYEAR")
def quarter_ending(*parts: object) -> Unit:
    end = next(part for part in parts if isinstance(part, Unit))
    if end.last.month % 3 == 0:
        return quarter_unit(end.last)
    start = shifted_months(end.last, -2)
    return months_unit(start, 3, Precision.RANGE, f"three months to {end.name}")


@RULES.rule("ATOM", "the? half|half-year|half_year ENDING ENDOFYEAR")
@RULES.rule("ATOM", "the? six|6 months ENDING ENDOFYEAR")
def half_ending(*parts: object) -> Unit:
    end = next(part for part in parts if isinstance(part, Unit))
    start = shifted_months(end.last, -5)
    return months_unit(start, 6, Precision.RANGE, f"six months to {end.name}")
