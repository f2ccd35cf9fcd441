"""Japanese times of the day: 午後5時40分(日本時間)."""

from dataclasses import replace

from timeline.dates import Precision
from timeline.reading.answers import Context
from timeline.reading.clock import clock_at
from timeline.reading.daytimes import day_of_zone
from timeline.reading.grammar import Rules
from timeline.reading.moments import Clock, Timed, moments
from timeline.reading.units import (
    Unit,
)
from timeline.reading.zones import Zone

RULES = Rules()


@RULES.rule("ATOM", "ZONENAME の|、|:? DAY")
def zone_and_day(zone: Zone, day: Unit, context: Context) -> Unit | None:
    return day_of_zone(day, zone, context)


RULES.words("JAMPM", {"午前": 0, "午後": 12})


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時")
def full_hour(half: int | None, hour: int) -> Clock:
    return replace(clock_at(hour, 0, half=half), precision=Precision.HOUR)


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時 NUMBER2 分", "JAMPM? NUMBER2 時 NUMBER2 分 NUMBER2 秒")
def hour_and_minute(half: int | None, hour: int, minute: int, second: int | None = None) -> Clock:
    return clock_at(hour, minute, second, half=half)


@RULES.rule("JCLOCK", "JAMPM? NUMBER2 時 半")
def half_past(half: int | None, hour: int) -> Clock:
    return clock_at(hour, 30, half=half)


@RULES.rule("JCLOCK", "正午")
def noon() -> Clock:
    return replace(clock_at(12, 0, half=None), precision=Precision.HOUR)


@RULES.rule("CLOCK", "JCLOCK")
def clock(clock: Clock) -> Clock:
    return clock


@RULES.rule("SINGLEMOMENT", "ZONENAME の|、|:? DAY の|、? CLOCK")
def zone_first(zone: Zone, day: Unit, clock: Clock, context: Context) -> object:
    return moments(day, Timed(clock, zone), context)


@RULES.rule("SINGLEMOMENT", "DAY の|、|,? TIMED")
def day_and_time(day: Unit, timed: Timed, context: Context) -> object:
    return moments(day, timed, context)
