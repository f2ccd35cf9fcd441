"""The names of days, months, seasons and years in Japanese."""

from dataclasses import dataclass
from datetime import date, timedelta

from timeline.dates import Precision, end_of_month
from timeline.wording.named import (
    DAYS_IN_WEEK,
    MONTHS_IN,
    Local,
    Unit,
    fiscal_country,
    fiscal_part,
    is_of_months,
    is_of_years,
)

_QUARTERS = {1: "第1四半期", 4: "第2四半期", 7: "第3四半期", 10: "第4四半期"}
_HALVES = {1: "上半期", 7: "下半期"}
# 前半 would be taken for a half.
_THIRDS = {1: "序盤", 5: "半ば", 9: "終盤"}
_SEASONS = {3: "春", 6: "夏", 9: "秋", 12: "冬"}
_SOUTHERN_SEASONS = {3: "秋", 6: "冬", 9: "春", 12: "夏"}
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Name:
    """What a unit is called. `note` explains it in brackets, or `end_note` its end."""

    text: str
    note: str = ""
    end_note: str = ""


def day_words(day: date) -> str:
    return f"{month_words(day)}{day.day}日"


def month_words(day: date) -> str:
    return f"{day.year}年{day.month}月"


def unit_name(unit: Unit, local: Local) -> Name | None:
    """The name of a unit, None if its days are not such a unit."""
    if unit.precision is Precision.FISCAL_YEAR:
        return _fiscal_name(unit, local) if is_of_months(unit) else None
    if local.said_fiscal and unit.precision in (Precision.QUARTER, Precision.HALF):
        return _fiscal_part_name(unit, local) if is_of_months(unit) else None
    words = _unit_words(unit, local)
    return None if words is None else Name(words)


def _unit_words(unit: Unit, local: Local) -> str | None:
    match unit.precision:
        case Precision.DAY:
            return day_words(unit.first)
        case Precision.WEEK:
            return _week_words(unit.first, unit.last)
        case Precision.MONTH_PART:
            return _month_part_words(unit.first, unit.last)
        case Precision.DECADE | Precision.CENTURY:
            return _years_words(unit)
        case _ if not is_of_months(unit):
            return None
    return _months_words(unit, local)


def _months_words(unit: Unit, local: Local) -> str | None:
    first = unit.first
    if unit.precision is Precision.SEASON:
        return _season_words(first, local)
    if unit.precision is Precision.MONTH:
        return month_words(first)
    parts = {
        Precision.QUARTER: _QUARTERS,
        Precision.YEAR_PART: _THIRDS,
        Precision.HALF: _HALVES,
        Precision.YEAR: {1: ""},
    }[unit.precision]
    return f"{first.year}年{parts[first.month]}" if first.month in parts else None


def _season_words(first: date, local: Local) -> str | None:
    if first.month not in _SEASONS:
        return None
    names = _SOUTHERN_SEASONS if local.is_southern else _SEASONS
    year = _two_years(first.year) if first.month == _DECEMBER else str(first.year)
    return f"{'南半球の' if local.is_southern else ''}{year}年{names[first.month]}"


def _fiscal_name(unit: Unit, local: Local) -> Name | None:
    country = fiscal_country(unit.first, local)
    if country is None:
        return None
    if not country:
        return Name(f"{_months_of(unit)}の会計年度")
    return _noted(_fiscal_words(unit.first.year, country), unit, country, local)


def _fiscal_part_name(unit: Unit, local: Local) -> Name | None:
    """“2027年度第1四半期”; None where no such part begins in that month."""
    found = fiscal_part(unit, local)
    if found is None:
        return None
    number, begun = found
    parts = _HALVES if unit.precision is Precision.HALF else _QUARTERS
    part = parts[1 + (number - 1) * MONTHS_IN[unit.precision]]
    country = local.said_fiscal
    return _noted(_fiscal_words(begun, country) + part, unit, country, local)


def _noted(text: str, unit: Unit, country: str, local: Local) -> Name:
    """Readers know the months of their own fiscal year; those of others are told."""
    if local.brief or country == "jp":
        return Name(text)
    return Name(text, note=_months_of(unit), end_note=month_words(unit.last))


def _fiscal_words(begins: int, country: str) -> str:
    if country == "in":
        return f"インドの{_two_years(begins)}年度"
    return f"{begins}年度" if country == "jp" else f"米国の{begins + 1}年度"


def _months_of(unit: Unit) -> str:
    same_year = unit.first.year == unit.last.year
    ends = f"{unit.last.month}月" if same_year else month_words(unit.last)
    return f"{month_words(unit.first)}〜{ends}"


def _years_words(unit: Unit) -> str | None:
    if not is_of_years(unit):
        return None
    if unit.precision is Precision.DECADE:
        return f"{unit.first.year}年代"
    return f"{unit.first.year // 100 + 1}世紀"


def _week_words(first: date, last: date) -> str | None:
    if last - first != timedelta(days=DAYS_IN_WEEK - 1):
        return None
    if first.day == 1:
        return f"{month_words(first)}第1週"
    if last == end_of_month(last.year, last.month):
        return f"{month_words(last)}最終週"
    return f"{day_words(first)}の週" if first.weekday() == 0 else None


def _month_part_words(first: date, last: date) -> str | None:
    month_end = end_of_month(first.year, first.month)
    parts = {
        (1, 10): "上旬",
        (11, 20): "中旬",
        (21, month_end.day): "下旬",
        (1, 15): "前半",
        (16, month_end.day): "後半",
    }
    part = parts.get((first.day, last.day)) if last <= month_end else None
    return None if part is None else month_words(first) + part


def _two_years(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"
