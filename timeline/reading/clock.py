"""Times of a day as people write them, alone and beside a day."""

from dataclasses import replace
from datetime import UTC, datetime, time

from timeline.dates import DateError, Precision
from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings, Rules, all_of
from timeline.reading.moments import Clock, Moment, Timed, moments
from timeline.reading.units import Unit, day_unit, shifted
from timeline.reading.zones import Zone

RULES = Rules()

_NOON = 12
_CENTURIES = {"19", "20"}
_WINDOW = "A window of time has no single moment: take the moment it opens, or the day?"
_TWO_TIMES = "The text gives two times that are not the same moment. Which is meant?"


@RULES.rule("AMPM", "am|a.m.|a.m")
def before_noon() -> int:
    return 0


@RULES.rule("AMPM", "pm|p.m.|p.m")
def after_noon() -> int:
    return _NOON


def clock_at(hour: int, minute: int, second: int | None = None, *, half: int | None) -> Clock:
    """Raises DateError for a time that no clock shows."""
    if half is not None and not 1 <= hour <= 23:  # noqa: PLR2004
        raise DateError(f"There is no {hour} o'clock.")
    if half is not None and hour <= _NOON:
        hour = hour % _NOON + half
    try:
        shown = time(hour, minute, second or 0)
    except ValueError:
        raise DateError(f"There is no time {hour:02}:{minute:02}.") from None
    return Clock(shown, Precision.SECOND if second else Precision.MINUTE)


@RULES.rule("CLOCK", "NUMBER2 : DIGITS2 AMPM?", "NUMBER2 . DIGITS2 AMPM", "NUMBER2 h DIGITS2")
def hour_and_minute(hour: int, minute: int, half: int | None = None) -> Clock:
    return clock_at(hour, minute, half=half)


@RULES.rule("CLOCK", "NUMBER2 : DIGITS2 : DIGITS2 AMPM?")
def with_seconds(hour: int, minute: int, second: int, half: int | None) -> Clock:
    return clock_at(hour, minute, second, half=half)


@RULES.rule("CLOCK", "NUMBER2 : DIGITS2 : DIGITS2 .|, FRACTION")
def with_fraction(hour: int, minute: int, second: int, _fraction: object) -> Clock:
    return clock_at(hour, minute, second, half=None)


@RULES.rule("CLOCK", "NUMBER2 AMPM", "NUMBER2 o'clock")
def full_hour(hour: int, half: int | None = None) -> Clock:
    return replace(clock_at(hour, 0, half=half), precision=Precision.HOUR)


@RULES.rule("CLOCK", "NUMBER2 : DIGITS2 hrs|hours|h|hr .?", "NUMBER2 . DIGITS2 hrs|hours|h|hr .?")
def minutes_of_hours(hour: int, minute: int) -> Clock:
    return clock_at(hour, minute, half=None)


@RULES.rule("CLOCK", "TEXT4 hrs|hours|h|hr .?")
def military(digits: str) -> Clock:
    return clock_at(int(digits[:2]), int(digits[2:]), half=None)


@RULES.rule("CLOCK", "noon|midday|12_noon")
def noon() -> Clock:
    return Clock(time(_NOON), Precision.HOUR)


@RULES.rule("TIMED", "at|@? CLOCK ZONE?", "at? ABOUT CLOCK ZONE?", "at? NEAR CLOCK ZONE?")
def timed(*parts: object) -> Timed:
    clock = next(part for part in parts if isinstance(part, Clock))
    zone = next((part for part in parts if isinstance(part, Zone)), None)
    return Timed(clock, zone, near=any(part is True for part in parts))


@RULES.rule("TIMED", "at? TEXT4 ZONE", "at? NUMBER2 . DIGITS2 ZONE")
def military_in_zone(*parts: object) -> Timed | None:
    *numbers, zone = parts
    if isinstance(zone, Zone) and zone.is_bare and str(numbers[0])[:2] in _CENTURIES:
        return None  # "30 July 2025 - 0:05" is a year and a time
    digits = "".join(
        f"{number:02}" if isinstance(number, int) else str(number) for number in numbers
    )
    return Timed(military(digits), zone if isinstance(zone, Zone) else None)


@RULES.rule("ZONEDHOUR", "at? NUMBER2 hours|hrs|h|hr|: ZONENAME", "at? NUMBER2 ZONENAME")
def hour_in_zone(hour: int, zone: Zone) -> Timed | None:
    """“14 UTC”; but “30 July local time” is no hour."""
    is_said = bool(zone.name) or zone.offset is not None
    return Timed(full_hour(hour, None), zone) if is_said and not zone.is_bare else None


@RULES.rule("SINGLEMOMENT", "ZONEDHOUR ,|on|of? the? DAY")
def hour_and_day(timed: Timed, day: Unit, context: Context) -> object:
    return moments(day, timed, context)


@RULES.rule("SINGLEMOMENT", "DAY ,|at|-? ZONEDHOUR", "DAY ( ZONEDHOUR )")
def day_and_hour(day: Unit, timed: Timed, context: Context) -> object:
    return moments(day, timed, context)


@RULES.rule("TIMED", "CLOCK OFFSET")
def timed_with_offset(clock: Clock, zone: Zone) -> Timed:
    return Timed(clock, zone)


@RULES.rule("SINGLEMOMENT", "DAY ,|at|-|@|;|from|t? at? TIMED", "DAY ( TIMED )", "DAY , at? TIMED")
def day_and_time(day: Unit, timed: Timed, context: Context) -> object:
    return moments(day, timed, context)


@RULES.rule("SINGLEMOMENT", "TIMED ,|on|of? the? DAY", "TIMED , on DAY", "TIMED ( DAY )")
def time_and_day(timed: Timed, *parts: object, context: Context) -> object:
    day = next(part for part in parts if isinstance(part, Unit))
    return moments(day, timed, context)


@RULES.rule("TIMESPAN", "from|between? CLOCK -|to|and|until|〜 CLOCK ZONE?")
@RULES.rule("TIMESPAN", "from|between? CLOCK ZONE -|to|and|until|〜 CLOCK ZONE")
def time_span(first: Clock, *rest: object) -> Timed:
    zones = [part for part in rest if isinstance(part, Zone)]
    return Timed(first, zones[-1] if zones else None)


@RULES.rule("SINGLEMOMENT", "DAY ,|at|;? TIMESPAN", "DAY ( TIMESPAN )")
def day_and_span(day: Unit, opening: Timed, context: Context) -> Meanings:
    return Meanings((*all_of(moments(day, opening, context)), day), _WINDOW)


@RULES.rule("SINGLEMOMENT", "TIMESPAN ,|on? the? DAY")
def span_and_day(opening: Timed, day: Unit, context: Context) -> Meanings:
    return day_and_span(day, opening, context)


@RULES.rule("SINGLEMOMENT", "WEEKDAYALONE ,|at? TIMED")
def weekday_and_time(day: Unit, timed: Timed, context: Context) -> object:
    return moments(day, timed, context)


@RULES.rule("SINGLEMOMENT", "TIMED ,|on? WEEKDAYALONE")
def time_and_weekday(timed: Timed, day: Unit, context: Context) -> object:
    return moments(day, timed, context)


@RULES.rule("SINGLEMOMENT", "DAY ,|at? midnight ZONE?", "DAY 24 : 00 ZONE?")
def midnight_of_day(day: Unit, zone: Zone | None, context: Context) -> Meanings:
    """Of which end of the day, nobody says."""
    timed = Timed(Clock(time(0), Precision.HOUR), zone)
    next_day = day_unit(shifted(day.first, 1))
    found = [moment for each in (day, next_day) for moment in all_of(moments(each, timed, context))]
    return Meanings(tuple(found), "Midnight at the beginning or at the end of that day?")


@RULES.rule("SINGLEMOMENT", "midnight ZONE? ,|of|on? the? DAY")
def midnight_on_day(zone: Zone | None, day: Unit, context: Context) -> Meanings:
    return midnight_of_day(day, zone, context)


@RULES.rule("SINGLEMOMENT", "TIMED DAY ZONE")
def zone_last(first: object, second: object, zone: Zone, context: Context) -> object:
    day, clock = (first, second) if isinstance(first, Unit) else (second, first)
    if isinstance(clock, Timed):
        clock = None if clock.zone else clock.clock
    if not isinstance(day, Unit) or not isinstance(clock, Clock):
        return None
    return moments(day, Timed(clock, zone), context)


@RULES.rule("SINGLEMOMENT", "TEXT8 t TEXT6 ZONENAME", "TEXT8 t TEXT4 ZONENAME")
def basic_format(day: str, digits: str, zone: Zone, context: Context) -> object:
    second = int(digits[4:]) if digits[4:] else None
    clock = clock_at(int(digits[:2]), int(digits[2:4]), second, half=None)
    return moments(_compact(day), Timed(clock, zone), context)


def _compact(digits: str) -> Unit:
    try:
        return day_unit(datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC).date())
    except ValueError:
        raise DateError(f"There is no day {digits}.") from None


@RULES.rule("MOMENT", "SINGLEMOMENT")
def one_moment(moment: Moment | Unit) -> Moment | Unit:
    return moment


@RULES.rule("MOMENT", "SINGLEMOMENT ,|or|/|;|= TIMED", "SINGLEMOMENT ,? (|[ or? TIMED )|]")
def same_moment(moment: Moment, again: Timed, context: Context) -> object:
    """“17:40 IST (12:10 UTC)”: one moment said twice, or a question."""
    if not isinstance(moment, Moment):
        return None
    days = (day_unit(shifted(moment.at.date(), days)) for days in (0, -1, 1))
    others: list[Moment] = []
    for day in days:
        found = moments(day, again, context)
        others += [m for m in all_of(found) if isinstance(m, Moment)]
    if any(other.at == moment.at for other in others):
        return moment
    return Meanings((moment, others[0]), _TWO_TIMES)


@RULES.rule("MOMENT", "TIMED (|[|/ TIMED )|]|,|on? on|,? the? DAY")
def same_time_and_day(first: Timed, again: Timed, day: Unit, context: Context) -> object:
    """“12:10 UTC (17:40 IST) on 30 July”."""
    found = all_of(moments(day, first, context))
    if len(found) > 1 or not isinstance(found[0], Moment):
        return None
    return same_moment(found[0], again, context)


RULES.words(
    "TIMEOFDAY",
    {
        "early_morning morning afternoon evening night early_hours late_evening early late": True,
        "early_afternoon late_afternoon mid-morning 朝 午前 午後 夕方 夜 未明 早朝 昼": True,
    },
)


@RULES.rule("TIMEOFDAYAFTER", ",|in|on|at|の? the? TIMEOFDAY")
def part_of_day(_word: object) -> bool:
    return True


@RULES.rule("TIMEONLY", "TIMED", "TIMED ( TIMED )")
def time_alone(timed: Timed, _again: object = None, *, context: Context) -> Meanings:
    found: list[object] = []
    for days in (0, -1 if context.happened else 1):
        found += all_of(moments(day_unit(shifted(context.said_on, days)), timed, context))
    return Meanings(tuple(found), "On which day?")
