"""The coarsest honest phrase for a date: "spring 2027", "by the end of 2028"; and its window."""

from datetime import date, datetime, time

from timeline.dates import Mode, Precision, VagueDate, zone_named
from timeline.wording.named import (
    Local,
    Unit,
    bounding,
    day_said_elsewhere,
    ends,
    local_of,
    whole_unit,
)
from timeline.wording.units import day_words, month_words, unit_words

NO_DATE_WORDS = "no date"
# What stands before the phrase, and before the unit in it: "possibly not before around 2029".
_DOUBT = {
    "": ("", ""),
    "~": ("", "around "),
    "?": ("possibly ", ""),
    "%": ("possibly ", "around "),
}
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
    local = local_of(value, home_zone=home_zone, hemisphere=hemisphere, fiscal=fiscal, brief=brief)
    if value.mode in (Mode.NET, Mode.BY):
        phrase = _bound_words(value, local)
    else:
        phrase = _doubted(_closed_words(value, local), value)
    elsewhere = day_said_elsewhere(value, home_zone)
    return f"{phrase} {zone_words(value.zone, on=elsewhere)}" if elsewhere else phrase


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
    return f"{day_words(there.date(), short=True)}, {clock} {clock_name(there, zone)}"


def zone_words(zone: str, *, on: date) -> str:
    """What the clocks of a zone are called at noon of a day: "IST", "JST", "UTC+8"."""
    return clock_name(datetime.combine(on, time(12), zone_named(zone)), zone)


def clock_name(there: datetime, zone: str) -> str:
    """The abbreviation that readers expect in that zone, or how far it is from UTC."""
    name = there.tzname() or ""
    if name.isalpha() and zone.startswith(_EXPECTED_ZONES.get(name, ("",))):
        return name
    offset = there.strftime("%z")
    minutes = "" if offset[3:5] == "00" else f":{offset[3:5]}"
    return f"UTC{offset[0]}{int(offset[1:3])}{minutes}"


# ---- how ---------------------------------------------------------------------------------------


def _closed_words(value: VagueDate, local: Local) -> str:
    assert value.edtf is not None  # noqa: S101
    if value.mode is Mode.SPAN:
        return _lasting_words(*ends(value))
    local = local.of_stored(value.edtf, value.precision)
    return unit_words(whole_unit(value), local) or _range_words(*ends(value))


def _doubted(phrase: str, value: VagueDate) -> str:
    doubt, about = _DOUBT[value.qualifier]
    if about and phrase.startswith(("between ", "from ")):
        about = "roughly "
    return doubt + about + phrase


def _bound_words(value: VagueDate, local: Local) -> str:
    unit = bounding(value)
    name = unit_words(unit.named, local, spelled=True)
    end = "the end of " if name is not None and unit.is_long else ""
    name = name or unit_words(unit.written, local)
    doubt, about = _DOUBT[value.qualifier]
    if value.mode is Mode.BY:
        return f"{doubt}by {about}{end}{name}"
    return f"{doubt}not before {about}{name}"


def _lasting_words(first: Unit, last: Unit) -> str:
    if {first.precision, last.precision} == {Precision.DAY}:
        return span_words(first.first, last.last)
    if first == last:
        return _end_words(last)
    begins = _end_words(first, year=first.first.year != last.last.year)
    return f"from {begins} to {_end_words(last)}"


def _range_words(first: Unit, last: Unit) -> str:
    """One day of a range that is no unit of its own."""
    grains = {first.precision, last.precision}
    begins_on, ends_on = first.first, last.last
    same_year = begins_on.year == ends_on.year
    if first == last:
        return _end_words(last)
    if grains == {Precision.YEAR} and ends_on.year == begins_on.year + 1:
        return f"{begins_on.year} or {ends_on.year}"
    if grains == {Precision.MONTH}:
        return f"{month_words(begins_on, year=not same_year)} – {month_words(ends_on)}"
    same_month = same_year and begins_on.month == ends_on.month and grains == {Precision.DAY}
    begins = str(begins_on.day) if same_month else _end_words(first, year=not same_year)
    return f"between {begins} and {_end_words(last)}"


def _end_words(end: Unit, *, year: bool = True) -> str:
    match end.precision:
        case Precision.YEAR:
            return str(end.last.year)
        case Precision.MONTH:
            return month_words(end.last, year=year)
    return day_words(end.last, year=year)
