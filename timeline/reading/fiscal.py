"""Fiscal years: Japan's, India's and America's, which are not the same days."""

from dataclasses import replace

from timeline.dates import Precision
from timeline.reading.answers import Context
from timeline.reading.cycles import within
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Stretch, half_of, part_of, quarter_of
from timeline.reading.units import Cycle, Unit, calendar_day, each, hull, months_unit
from timeline.reading.years import full_year

RULES = Rules()

COUNTRIES = ("jp", "in", "us")
_FIRST_MONTH = {"jp": 4, "in": 4, "us": 10}
_ZONES = {"jp": "Asia/Tokyo", "in": "Asia/Kolkata", "us": "America/New_York"}
_WHOSE = "Whose fiscal year? They begin and end in different months."


def fiscal_year(country: str, number: int) -> Unit:
    """Japan names it by the year it begins in, India ("FY27" is 2026-27) and America by its end."""
    begins = number if country == "jp" else number - 1
    start = calendar_day(begins, _FIRST_MONTH[country], 1)
    name = {
        "jp": f"Japanese fiscal year {begins}",
        "in": f"Indian fiscal year {begins}-{(begins + 1) % 100:02}",
        "us": f"US fiscal year {begins + 1}",
    }[country]
    year = months_unit(start, 12, Precision.FISCAL_YEAR, name)
    return replace(year, zone=_ZONES[country])


def current_fiscal_year(country: str, context: Context, ahead: int = 0) -> Unit:
    said_on = context.said_on
    begins = said_on.year - (said_on.month < _FIRST_MONTH[country])
    return fiscal_year(country, begins + ahead + (country != "jp"))


RULES.words(
    "FISCALWORD",
    {"fy f.y. fiscal fiscal_year fiscal_years financial_year fin._year financial_years": True},
)
RULES.words(
    "COUNTRY",
    {
        "japan japanese japan's jp": "jp",
        "india indian india's": "in",
        "us u.s. usa american america's federal u.s._federal us_federal u.s._government": "us",
    },
)
RULES.words("JFY", {"jfy j.f.y.": True})


@RULES.rule("BRACKETED", "( COUNTRY )", "( COUNTRY FISCALWORD )")
def bracketed(country: str, _word: object = None) -> str:
    return country


@RULES.rule("BRACKETED", "( JFY )")
def bracketed_japanese(_jfy: object) -> str:
    return "jp"


@RULES.rule("FISCALNUMBER", "-? DIGITS4")
def long_number(number: int) -> int:
    return number


@RULES.rule("FISCALNUMBER", "-? '? DIGITS2")
def short_number(number: int, context: Context) -> int:
    return full_year(number, context)


@RULES.rule("FISCAL", "JFY of? FISCALNUMBER", "the? JFY FISCALNUMBER")
def japanese(_jfy: object, number: int) -> Unit:
    return fiscal_year("jp", number)


@RULES.rule("FISCAL", "the? FISCALWORD of? FISCALNUMBER BRACKETED?")
def with_suffix(_word: object, number: int, country: str | None, context: Context) -> object:
    return one_or_all(number, country, context)


@RULES.rule(
    "FISCAL", "the? COUNTRY FISCALWORD of? FISCALNUMBER", "( COUNTRY ) FISCALWORD FISCALNUMBER"
)
def with_prefix(country: str, _word: object, number: int) -> Unit:
    return fiscal_year(country, number)


@RULES.rule("FISCAL", "the? FISCALNUMBER COUNTRY? FISCALWORD")
def number_first(number: int, country: str | None, _word: object, context: Context) -> object:
    return one_or_all(number, country, context)


def one_or_all(number: int, country: str | None, context: Context) -> object:
    """The fiscal year of that number: of the country if known, else each country's."""
    known = country or context.fiscal
    if known:
        return fiscal_year(known, number)
    return Meanings(tuple(fiscal_year(country, number) for country in COUNTRIES), _WHOSE)


@RULES.rule("FISCAL", "the? FISCALWORD of? -? PAIR BRACKETED?")
def fiscal_pair(_word: object, pair: tuple[int, int], country: str | None) -> object:
    return _pair(pair, country)


@RULES.rule("FISCAL", "the? FISCALWORD of? DIGITS4 -|/ DIGITS2 BRACKETED?")
def several_fiscal_years(
    _word: object, first: int, last: int, country: str | None, context: Context
) -> object:
    """“FY2027-29” is three of them; “FY2027-28” is one in India."""
    end = first // 100 * 100 + last
    if end <= first + 1:
        return None
    known = country or context.fiscal
    each_country = (known,) if known else COUNTRIES
    years = tuple(
        hull(fiscal_year(c, first + (c == "in")), fiscal_year(c, end)) for c in each_country
    )
    return Meanings(years, _WHOSE)


@RULES.rule("FISCAL", "the? COUNTRY FISCALWORD of? -? PAIR")
def country_pair(country: str, _word: object, pair: tuple[int, int]) -> object:
    return _pair(pair, country)


@RULES.rule("FISCAL", "the? PAIR COUNTRY? FISCALWORD")
def pair_first(pair: tuple[int, int], country: str | None, _word: object) -> object:
    return _pair(pair, country)


@RULES.rule("FISCAL", "JFY PAIR")
def japanese_pair(_jfy: object, pair: tuple[int, int]) -> object:
    return _pair(pair, "jp")


@RULES.rule("PAIR", "YEARPAIR", "SHORTPAIR")
def pair(years: tuple[int, int]) -> tuple[int, int]:
    return years


def _pair(pair: tuple[int, int], country: str | None) -> object:
    """“FY 2026-27” is how India writes one fiscal year; elsewhere it may be two."""
    first, second = pair
    if country in (None, "in"):
        return fiscal_year("in", second)
    one = fiscal_year(country, first if country == "jp" else second)
    two = fiscal_year(country, first), fiscal_year(country, second)
    return Meanings((one, hull(*two)), "One fiscal year, or two?")


@RULES.rule("FISCAL", "FISCALON COUNTRY? FISCALWORD BRACKETED?")
@RULES.rule("FISCAL", "FISCALON ( COUNTRY ) FISCALWORD BRACKETED?")
def relative_fiscal_year(
    ahead: int,
    country: str | None,
    _word: object,
    bracketed: str | None = None,
    *,
    context: Context,
) -> object:
    known = country or bracketed or context.fiscal
    if known:
        return current_fiscal_year(known, context, ahead)
    years = tuple(current_fiscal_year(country, context, ahead) for country in COUNTRIES)
    return Meanings(years, _WHOSE)


@RULES.rule("FISCALON", "YEARSON")
def fiscal_on(years: int) -> int:
    return years


@RULES.rule("FISCALON", "the? coming|upcoming|next|following")
def coming_fiscal_year() -> int:
    return 1


@RULES.rule("THEFISCAL", "the COUNTRY? FISCALWORD BRACKETED?", "the ( COUNTRY ) FISCALWORD")
@RULES.rule("THEFISCAL", "COUNTRY? FISCALWORD BRACKETED?")
def the_fiscal_year(
    country: str | None, word: object, bracketed: str | None = None, *, context: Context
) -> object:
    return relative_fiscal_year(0, country, word, bracketed, context=context)


@RULES.rule("FISCALPART", "QUARTER of|,|-|/? FISCAL", "QUARTER of|,|-? THEFISCAL")
def fiscal_quarter(number: int, year: Unit) -> Unit:
    return quarter_of(year, number)


@RULES.rule("FISCALPART", "FISCAL ,|-|/? the? QUARTER")
def fiscal_quarter_after(year: Unit, number: int) -> Unit:
    return quarter_of(year, number)


@RULES.rule("FISCALPART", "HALF of|,|-|/? FISCAL", "HALF of|,|-? THEFISCAL")
def fiscal_half(number: int, year: Unit) -> Unit:
    return half_of(year, number)


@RULES.rule("FISCALPART", "FISCAL ,|-|/? the? HALF")
def fiscal_half_after(year: Unit, number: int) -> Unit:
    return half_of(year, number)


@RULES.rule("FISCALPART", "fiscal the? QUARTER of? FISCALNUMBER")
def fiscal_quarter_of_number(number: int, year: int, context: Context) -> object:
    return each(one_or_all(year, None, context), lambda unit: quarter_of(unit, number))


@RULES.rule("FISCALPART", "PARTOF FISCAL", "PARTOF THEFISCAL")
def fiscal_stretch_of(stretch: Stretch, year: Unit) -> Unit:
    return part_of(year, stretch)


@RULES.rule("ATOM", "PARTOF the? FISCALPART")
def stretch_of_fiscal_part(stretch: Stretch, unit: Unit) -> Unit:
    """“The end of Q1 FY2027”."""
    return part_of(unit, stretch)


@RULES.rule("FISCALPART", "QUARTER JOIN QUARTER of|,|-? FISCAL")
def fiscal_quarters(first: int, _how: str, last: int, year: Unit) -> Unit:
    return hull(quarter_of(year, first), quarter_of(year, last))


@RULES.rule("FISCALPART", "between QUARTER and QUARTER of|,? FISCAL")
def between_fiscal_quarters(first: int, last: int, year: Unit) -> Unit:
    return fiscal_quarters(first, "between", last, year)


@RULES.rule("FISCALPART", "FISCAL ,|-? QUARTER JOIN QUARTER")
def fiscal_quarters_after(year: Unit, first: int, how: str, last: int) -> Unit:
    return fiscal_quarters(first, how, last, year)


@RULES.rule("FISCALPART", "FISCAL ( CYCLE )", "CYCLE of|in|,? FISCAL")
def months_of_fiscal_year(first: object, second: object) -> object:
    """“FY 2019-20 (April - December)”: the months that lie in that fiscal year."""
    year, cycle = (first, second) if isinstance(first, Unit) else (second, first)
    if not isinstance(year, Unit) or not isinstance(cycle, Cycle) or cycle.is_counted:
        return None
    return within(cycle, year)
