"""The coarsest honest phrase for a date: "spring 2027", "by the end of 2028"; and its window."""

import re
from dataclasses import replace
from datetime import date, datetime, time

from timeline.dates import Mode, Precision, VagueDate, zone_named
from timeline.edtf import parse
from timeline.wording.units import (
    Local,
    Unit,
    day_words,
    month_words,
    unit_ending,
    unit_words,
)

NO_DATE_WORDS = "no date"
# What stands before the phrase, and before the unit in it: "possibly not before around 2029".
_DOUBT = {
    "": ("", ""),
    "~": ("", "around "),
    "?": ("possibly ", ""),
    "%": ("possibly ", "around "),
}
# Said of the whole unit, so that its last day is meant; of the others that is clear.
_LONG_UNITS = frozenset(
    {
        Precision.QUARTER,
        Precision.SEASON,
        Precision.HALF,
        Precision.YEAR,
        Precision.FISCAL_YEAR,
        Precision.DECADE,
        Precision.CENTURY,
    }
)
_GRAINS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_UNIT_TEXT = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_SOUTHERN_CODES = ("29", "30", "31", "32")
# What readers take an abbreviation for that several zones use; elsewhere the offset is shown.
_EXPECTED_ZONES = {
    "IST": ("Asia/Kolkata", "Asia/Calcutta"),
    "CST": ("America/",),
    "CDT": ("America/",),
    "PST": ("America/",),
    "PDT": ("America/",),
    "BST": ("Europe/London",),
    "SST": ("Pacific/",),
}


def date_words(
    value: VagueDate,
    *,
    home_zone: str,
    hemisphere: str = "",
    fiscal: str = "",
    brief: bool = False,
) -> str:
    """The date in English, as vague as it was said; never an ISO string, never a stand-in day.

    `hemisphere` ("N", "S") and `fiscal` ("jp", "in", "us") name a season or a fiscal year that
    the stored string leaves open; without them the home zone decides. The zone of the value
    comes first: it says whose fiscal year was said. `brief` leaves out a fiscal year's months,
    for a place which is in brackets already.
    """
    if value.edtf is None:
        return NO_DATE_WORDS
    if value.instant is not None:
        return "".join(_DOUBT[value.qualifier]) + instant_words(value, zone=home_zone)
    said_in = value.zone if _may_be_fiscal(value) else ""
    local = Local(home_zone, hemisphere, fiscal, said_in=said_in, brief=brief)
    if value.mode in (Mode.NET, Mode.BY):
        phrase = _bound_words(value, local)
    else:
        phrase = _doubted(_closed_words(value, local), value)
    zone = _zone_of_a_day(value, home_zone)
    return f"{phrase} {zone}" if zone else phrase


def window_words(value: VagueDate, *, home_zone: str) -> str:
    """The possible days, both ends included: "1 Mar – 31 May 2027", "from 1 Mar 2026"."""
    window = value.window(home_zone)
    if window.earliest is not None and window.latest is not None:
        return span_words(window.earliest, window.latest, short=True)
    if window.earliest is not None:
        return f"from {day_words(window.earliest, short=True)}"
    if window.latest is not None:
        return f"until {day_words(window.latest, short=True)}"
    return NO_DATE_WORDS


def span_words(first: date, last: date, *, short: bool = False) -> str:
    """From one day to another, naming month and year once where both share them."""
    if first == last:
        return day_words(first, short=short)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last, short=short)}"
    begins = day_words(first, short=short, year=first.year != last.year)
    return f"{begins} – {day_words(last, short=short)}"


def instant_words(value: VagueDate, *, zone: str) -> str:
    """An exact time on the clocks of a zone, as exactly as it was said, with the zone's name."""
    assert value.instant is not None  # noqa: S101
    there = value.instant.astimezone(zone_named(zone))
    clock = f"{there:%H:%M}"
    if value.precision is Precision.SECOND:
        clock = f"{there:%H:%M:%S}"
    elif value.precision is Precision.HOUR and there.minute == 0:
        clock = f"{there.hour % 12 or 12} {'pm' if there.hour // 12 else 'am'}"
    return f"{day_words(there.date(), short=True)}, {clock} {_clock_name(there, zone)}"


def zone_words(zone: str, *, on: date) -> str:
    """What the clocks of a zone are called at noon of a day: "IST", "JST", "UTC+8"."""
    return _clock_name(datetime.combine(on, time(12), zone_named(zone)), zone)


# ---- how ---------------------------------------------------------------------------------------


def _may_be_fiscal(value: VagueDate) -> bool:
    """Quarters and halves of a calendar year have a code of their own, unless they bind."""
    assert value.edtf is not None  # noqa: S101
    return value.precision is not Precision.DAY and value.edtf.startswith("[")


def _closed_words(value: VagueDate, local: Local) -> str:
    assert value.edtf is not None  # noqa: S101
    parsed = parse(value.edtf)
    ends = _UNIT_TEXT.findall(value.edtf)
    if value.mode is Mode.SPAN:
        return _lasting_words(parsed.first, parsed.last, ends)
    if value.precision is Precision.SEASON:
        is_southern = value.edtf.endswith(_SOUTHERN_CODES)
        local = replace(local, hemisphere="S" if is_southern else "N")
    unit = Unit(parsed.first, parsed.last, value.precision)
    return unit_words(unit, local) or _range_words(parsed.first, parsed.last, ends)


def _doubted(phrase: str, value: VagueDate) -> str:
    doubt, about = _DOUBT[value.qualifier]
    if about and phrase.startswith(("between ", "from ")):
        about = "roughly "
    return doubt + about + phrase


def _bound_words(value: VagueDate, local: Local) -> str:
    assert value.edtf is not None  # noqa: S101
    parsed = parse(value.edtf)
    is_deadline = value.mode is Mode.BY
    if is_deadline:
        unit = unit_ending(parsed.last, value.precision)
    else:
        nominal = value.nominal(value.zone or "UTC", said_on=date.min)
        assert nominal.earliest is not None  # noqa: S101
        assert nominal.latest is not None  # noqa: S101
        unit = Unit(nominal.earliest, nominal.latest, value.precision)
    name = unit_words(unit, local, spelled=True)
    of_all = name is not None and value.precision in _LONG_UNITS
    if name is None:
        grain = _GRAINS[len(_UNIT_TEXT.findall(value.edtf)[0])]
        name = unit_words(Unit(parsed.first, parsed.last, grain), local) or ""
    doubt, about = _DOUBT[value.qualifier]
    if not is_deadline:
        return f"{doubt}not before {about}{name}"
    return f"{doubt}by {about}{'the end of ' if of_all else ''}{name}"


def _lasting_words(first: date, last: date, ends: list[str]) -> str:
    if all(_GRAINS[len(end)] is Precision.DAY for end in ends):
        return span_words(first, last)
    if ends[0] == ends[1]:
        return _end_words(last, ends[1])
    begins = _end_words(first, ends[0], year=first.year != last.year)
    return f"from {begins} to {_end_words(last, ends[1])}"


def _range_words(first: date, last: date, ends: list[str]) -> str:
    """One day of a range that is no unit of its own; `ends` are as written in EDTF."""
    grains = {_GRAINS[len(end)] for end in ends}
    same_year = first.year == last.year
    if ends[0] == ends[1]:
        return _end_words(last, ends[1])
    if grains == {Precision.YEAR} and last.year == first.year + 1:
        return f"{first.year} or {last.year}"
    if grains == {Precision.MONTH}:
        return f"{month_words(first, year=not same_year)} – {month_words(last)}"
    same_month = same_year and first.month == last.month and grains == {Precision.DAY}
    begins = str(first.day) if same_month else _end_words(first, ends[0], year=not same_year)
    return f"between {begins} and {_end_words(last, ends[1])}"


def _end_words(day: date, written: str, *, year: bool = True) -> str:
    match _GRAINS[len(written)]:
        case Precision.YEAR:
            return str(day.year)
        case Precision.MONTH:
            return month_words(day, year=year)
    return day_words(day, year=year)


def _zone_of_a_day(value: VagueDate, home_zone: str) -> str:
    """The zone in which a day was said, if that day is not the same at home."""
    if value.precision is not Precision.DAY or value.zone in ("", home_zone):
        return ""
    said, home = value.window(value.zone), value.window(home_zone)
    day = said.latest or said.earliest
    return "" if said == home or day is None else zone_words(value.zone, on=day)


def _clock_name(there: datetime, zone: str) -> str:
    name = there.tzname() or ""
    if name.isalpha() and zone.startswith(_EXPECTED_ZONES.get(name, ("",))):
        return name
    offset = there.strftime("%z")
    minutes = "" if offset[3:5] == "00" else f":{offset[3:5]}"
    return f"UTC{offset[0]}{int(offset[1:3])}{minutes}"
