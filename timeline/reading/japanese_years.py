"""Years in Japanese: of the common era and of emperors, fiscal years, decades."""

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.cycles import season_of_two_years, season_of_year
from timeline.reading.fiscal import current_fiscal_year, fiscal_year
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.parts import Part, Stretch, half_of, part_of, quarter_of
from timeline.reading.units import (
    Unit,
    calendar_day,
    century_unit,
    day_unit,
    decade_unit,
    hull,
    year_unit,
    years_unit,
)
from timeline.reading.years import full_year

RULES = Rules()

_FROM_OR_TO = "Does that fiscal year begin or end in that year?"
# The year before the first of each era, and how many years it had.
_ERAS = {
    "令和": (2018, 99),
    "平成": (1988, 31),
    "昭和": (1925, 64),
    "大正": (1911, 15),
    "明治": (1867, 45),
}

RULES.words("ERA", _ERAS)
RULES.words("ERANAME", {"reiwa": _ERAS["令和"], "heisei": _ERAS["平成"], "showa": _ERAS["昭和"]})

RULES.words("ERALETTER", {"r": _ERAS["令和"], "h": _ERAS["平成"], "s": _ERAS["昭和"]})

RULES.words("YEARSAWAY", {"今年 本年": 0, "来年": 1, "再来年": 2, "昨年 去年": -1, "一昨年": -2})

RULES.words("FISCALAWAY", {"今年度 本年度": 0, "来年度": 1, "再来年度": 2, "昨年度 前年度": -1})


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
def era_year(era: tuple[int, int], number: int, context: Context) -> int:
    """Before an era ended, its years were counted on: in 2016, 2020 was written 平成32年."""
    before, years = era
    is_over = context.said_on.year > before + years
    if number < 1 or (number > years and is_over):
        raise DateError(f"That era has no year {number}.")
    return before + number


@RULES.rule("YEAR", "ERANAME NUMBER2")
def year_of_named_era(era: tuple[int, int], number: int, context: Context) -> Unit:
    return year_unit(era_year(era, number, context))


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


@RULES.rule("FISCAL", "DIGITS4 ( ERA NUMBER2 ) 年 度")
def fiscal_with_era(number: int, era: tuple[int, int], again: int, context: Context) -> Unit:
    return era_fiscal(number, era_year(era, again, context))


@RULES.rule("YEAR", "DIGITS4 ( ERA NUMBER2 ) 年")
def year_with_era(number: int, era: tuple[int, int], again: int, context: Context) -> Unit:
    return year_twice(number, era_year(era, again, context))


@RULES.rule("ATOM", "ERA NUMBER2 年? 度? JOIN NUMBER2 年 度")
def era_fiscal_years(
    era: tuple[int, int], first: int, _how: str, last: int, context: Context
) -> Unit:
    first_year, last_year = (era_year(era, number, context) for number in (first, last))
    return hull(fiscal_year("jp", first_year), fiscal_year("jp", last_year))


@RULES.rule("FISCAL", "FISCALAWAY")
def fiscal_away(years: int, context: Context) -> Unit:
    return current_fiscal_year("jp", context, years)


@RULES.rule("ATOM", "年度末")
def end_of_fiscal_year(context: Context) -> Unit:
    whole = current_fiscal_year("jp", context)
    return part_of(whole, Stretch(Part.END, Part.END))


@RULES.rule("ATOM", "年度内|年度中")
def this_fiscal_year(context: Context) -> Unit:
    return current_fiscal_year("jp", context)


@RULES.rule("FISCAL", "PAIR 年 度")
def two_fiscal_years(pair: tuple[int, int]) -> Meanings:
    first, last = (fiscal_year("jp", year) for year in pair)
    return Meanings((hull(first, last), first), "One fiscal year, or two?")


RULES.words("COUNTRYOF", {"日本の": "jp", "インドの": "in", "米国の アメリカの": "us"})


@RULES.rule("FISCAL", "COUNTRYOF DIGITS4 年 度")
def fiscal_of_country(country: str, number: int) -> object:
    """India's is named by either of its years."""
    if country != "in":
        return fiscal_year(country, number)
    return Meanings((fiscal_year("in", number + 1), fiscal_year("in", number)), _FROM_OR_TO)


@RULES.rule("FISCAL", "COUNTRYOF PAIR 年 度")
def two_fiscal_years_of_country(country: str, pair: tuple[int, int]) -> object:
    if country == "jp":
        return two_fiscal_years(pair)
    return fiscal_year("in", pair[1]) if country == "in" else None


RULES.words("HEMISPHEREOF", {"南半球の": "S", "北半球の": "N"})


@RULES.rule("OFYEAR", "HEMISPHEREOF YEAR の? SEASONNAME")
def season_of_hemisphere(hemisphere: str, year: Unit, number: int) -> object:
    return season_of_year((number, hemisphere == "S"), year.first.year)


@RULES.rule("OFYEAR", "HEMISPHEREOF? PAIR 年 の? SEASONNAME")
def season_of_pair(
    hemisphere: str | None, pair: tuple[int, int], number: int, context: Context
) -> object:
    """“2026-27年冬”."""
    return season_of_two_years((number, (hemisphere or context.hemisphere) == "S"), pair)


@RULES.rule("ATOM", "DIGITS4 年? 〜|-|から DIGITS2 年")
def years_to_short_year(first: int, last: int) -> Unit:
    return years_unit(first, first // 100 * 100 + last)


@RULES.rule("BAREDAY", "ERALETTER NUMBER2 . NUMBER2 . NUMBER2")
def era_day(era: tuple[int, int], number: int, month: int, day: int, context: Context) -> Unit:
    return day_unit(calendar_day(era_year(era, number, context), month, day))


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


@RULES.rule("DECADE", "DIGITS4 年 代")
def decade(number: int) -> Unit | None:
    return None if number % 10 else decade_unit(number)


@RULES.rule("CENTURY", "NUMBER2 世 紀")
def century(number: int) -> Unit:
    return century_unit(number)
