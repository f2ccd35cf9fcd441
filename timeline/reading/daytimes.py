"""Days said with a zone or a part of the day: "7 September (JST)", "the morning of 5 May"."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from timeline.dates import DateError, zone_named
from timeline.reading.answers import Context
from timeline.reading.grammar import Rules
from timeline.reading.units import Unit
from timeline.reading.zones import Zone

RULES = Rules()

_FIRST_YEAR_OF_ZONES = 1900


@RULES.rule("ATOM", "DAY")
def day(unit: Unit) -> Unit:
    return unit


@RULES.rule("ATOM", "DAY TIMEOFDAYAFTER", "WEEKDAYALONE TIMEOFDAYAFTER")
def part_of_day(unit: Unit, _word: object) -> Unit:
    return unit


@RULES.rule("ATOM", "the? TIMEOFDAY of|on|,? the? DAY", "the? TIMEOFDAY of|on? WEEKDAYALONE")
def part_of_day_first(_word: object, unit: Unit) -> Unit:
    return unit


@RULES.rule("ATOM", "DAY TIMEOFDAYAFTER ZONE")
def part_of_day_of_zone(unit: Unit, _word: object, zone: Zone, context: Context) -> Unit | None:
    return day_of_zone(unit, zone, context)


@RULES.rule("ATOM", "DAY ZONE")
def day_of_zone(unit: Unit, zone: Zone, context: Context) -> Unit | None:
    if zone.is_bare or unit.first.year < _FIRST_YEAR_OF_ZONES:
        return None  # "July 30, 1740 UTC" is a time of that day
    return replace(unit, zone=_zone_of_day(unit.first, zone, context))


def _zone_of_day(day: date, zone: Zone, context: Context) -> str:
    """An offset has no name on the IANA list but that of a whole hour."""
    if zone.name or zone.offset is None:
        return zone.name
    home = zone_named(context.home_zone)
    offsets = {home.utcoffset(datetime.combine(day, time(hour))) for hour in (0, 23)}
    if offsets == {timedelta(minutes=zone.offset)}:
        return ""
    if zone.offset % 60:
        raise DateError("Name the time zone, not only its offset.")
    return f"Etc/GMT{-zone.offset // 60:+d}" if zone.offset else "UTC"
