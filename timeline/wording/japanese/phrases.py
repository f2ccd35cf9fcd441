"""The coarsest honest phrase for a date in Japanese: 2027年春, 2028年末まで; and its window."""

from dataclasses import replace
from datetime import date

from timeline.dates import Mode, Precision, Qualifier, VagueDate, zone_named
from timeline.wording import phrases
from timeline.wording.japanese.units import Name, day_words, month_words, unit_name
from timeline.wording.named import (
    Local,
    Unit,
    bounding,
    day_said_elsewhere,
    ends,
    local_of,
    whole_unit,
)

NO_DATE_WORDS = "期日未定"
_DOUBTED = frozenset({Qualifier.UNCERTAIN, Qualifier.BOTH})
_CHOICE = "の間"
_ENDS = {Precision.SEASON: "の終わり"}
_BOUNDS = {Mode.NET: "以降", Mode.BY: "まで"}
# By what English calls them; a zone that is not here keeps that name.
_CLOCKS = {
    "JST": "日本標準時",
    "IST": "インド標準時",
    "UTC": "協定世界時",
    "GMT": "グリニッジ標準時",
    "EST": "米東部標準時",
    "EDT": "米東部夏時間",
    "CST": "米中部標準時",
    "CDT": "米中部夏時間",
    "MST": "米山岳部標準時",
    "MDT": "米山岳部夏時間",
    "PST": "米太平洋標準時",
    "PDT": "米太平洋夏時間",
    "BST": "英国夏時間",
    "CET": "中央ヨーロッパ標準時",
    "CEST": "中央ヨーロッパ夏時間",
    "EET": "東ヨーロッパ標準時",
    "EEST": "東ヨーロッパ夏時間",
    "MSK": "モスクワ標準時",
    "AEST": "豪東部標準時",
    "AEDT": "豪東部夏時間",
    "NZST": "ニュージーランド標準時",
    "NZDT": "ニュージーランド夏時間",
}


def date_words(
    value: VagueDate,
    *,
    home_zone: str,
    hemisphere: str = "",
    fiscal: str = "",
    brief: bool = False,
) -> str:
    """The date in Japanese, as vague as it was said; never an ISO string, never a stand-in day.

    `hemisphere` and `fiscal` as in English. `brief` leaves out the months of a fiscal year,
    and puts a zone in front: for a place which is in brackets already.
    """
    if value.edtf is None:
        return NO_DATE_WORDS
    local = local_of(value, home_zone=home_zone, hemisphere=hemisphere, fiscal=fiscal, brief=brief)
    name, zone = _name(value, local), _zone_name(value, home_zone)
    note = name.end_note if value.mode is Mode.BY else name.note
    if zone and brief:
        text = f"{zone} {name.text}"
    else:
        text = name.text + (f"（{note or zone}）" if note or zone else "")
    about = _about(text) if value.qualifier.is_approximate else text
    doubt = "の可能性" if value.qualifier in _DOUBTED else ""
    return about + _BOUNDS.get(value.mode, "") + doubt


def window_words(value: VagueDate, *, home_zone: str) -> str:
    """The possible days, both ends included: 2027年3月1日〜5月31日, 2026年3月1日から."""
    window = value.window(home_zone)
    if window.earliest is not None and window.latest is not None:
        return _from_to(
            *(Unit(day, day, Precision.DAY) for day in (window.earliest, window.latest))
        )
    if window.earliest is not None:
        return f"{day_words(window.earliest)}から"
    if window.latest is not None:
        return f"{day_words(window.latest)}まで"
    return NO_DATE_WORDS


def said_words(day: date, *, known_to: str = Precision.DAY) -> str:
    """The day of a source, or its month where only that is known."""
    return month_words(day) if known_to == Precision.MONTH else day_words(day)


# ---- how ---------------------------------------------------------------------------------------


def _name(value: VagueDate, local: Local) -> Name:
    assert value.edtf is not None  # noqa: S101
    if value.instant is not None:
        return Name(_clock_words(value, local.home_zone))
    if value.mode in (Mode.NET, Mode.BY):
        return _bound_name(value, local)
    if value.mode is Mode.SPAN:
        return Name(_from_to(*ends(value)))
    named = unit_name(whole_unit(value), local.of_stored(value.edtf, value.precision))
    return named or Name(_one_of(*ends(value)))


def _about(text: str) -> str:
    return f"おおよそ{text}" if text.endswith(_CHOICE) else f"{text}頃"


def _clock_words(value: VagueDate, zone: str) -> str:
    assert value.instant is not None  # noqa: S101
    there = value.instant.astimezone(zone_named(zone))
    clock = f"{there:%H:%M}"
    if value.precision is Precision.SECOND:
        clock = f"{there:%H:%M:%S}"
    elif value.precision is Precision.HOUR and there.minute == 0:
        clock = f"{there.hour}時"
    return f"{day_words(there.date())} {clock}"


def _zone_name(value: VagueDate, home_zone: str) -> str:
    """On whose clocks a time is, or a day that is not the same at home."""
    if value.instant is not None:
        name = phrases.clock_name(value.instant.astimezone(zone_named(home_zone)), home_zone)
        return _CLOCKS.get(name, name)
    elsewhere = day_said_elsewhere(value, home_zone)
    name = phrases.zone_words(value.zone, on=elsewhere) if elsewhere else ""
    return _CLOCKS.get(name, name)


def _bound_name(value: VagueDate, local: Local) -> Name:
    unit = bounding(value)
    name, is_named = unit_name(unit.named, local), True
    if name is None:
        name, is_named = unit_name(unit.written, local) or Name(""), False
    if value.mode is not Mode.BY:
        return name
    precision = unit.named.precision if is_named else unit.written.precision
    has_end = precision is Precision.MONTH or (is_named and unit.is_long)
    return replace(name, text=name.text + _ENDS.get(precision, "末") if has_end else name.text)


def _from_to(first: Unit, last: Unit) -> str:
    """From one day, month or year to another, naming year and month once where both share them."""
    return _end_words(last) if first == last else f"{_end_words(first)}〜{_rest(first, last)}"


def _one_of(first: Unit, last: Unit) -> str:
    """One day of a range that is no unit of its own."""
    are_years = {first.precision, last.precision} == {Precision.YEAR}
    if first == last:
        return _end_words(last)
    if are_years and last.first.year == first.first.year + 1:
        return f"{_end_words(first)}または{_end_words(last)}"
    return _from_to(first, last) + _CHOICE


def _rest(first: Unit, last: Unit) -> str:
    grains = {first.precision, last.precision}
    day = last.last
    if first.first.year != day.year or Precision.YEAR in grains:
        return _end_words(last)
    if first.first.month == day.month and grains == {Precision.DAY}:
        return f"{day.day}日"
    return f"{day.month}月" + (f"{day.day}日" if last.precision is Precision.DAY else "")


def _end_words(end: Unit) -> str:
    match end.precision:
        case Precision.YEAR:
            return f"{end.last.year}年"
        case Precision.MONTH:
            return month_words(end.last)
    return day_words(end.last)
