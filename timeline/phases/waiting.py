"""Where a plan stands at a moment: still ahead, open, just over, overdue; and when to look again.

"Today" is the day in the milestone's home zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from timeline.changes import Stated, StatementKind
from timeline.comparing import tolerance
from timeline.dates import Mode, Precision, VagueDate, zone_named

AWAITED = timedelta(hours=6)  # news of an exact time takes that long
_GRACE = {
    Precision.DAY: 1,
    Precision.WEEK: 2,
    Precision.MONTH_PART: 2,
    Precision.MONTH: 3,
    Precision.QUARTER: 7,
    Precision.SEASON: 7,
    Precision.YEAR_PART: 7,
    Precision.HALF: 7,
    Precision.YEAR: 14,
    Precision.FISCAL_YEAR: 14,
    Precision.RANGE: 14,
    Precision.DECADE: 30,
    Precision.CENTURY: 30,
}
_SOONEST, _LATEST = 3, 180


class Phase(StrEnum):
    """Where a plan stands.

    BEFORE its first day; OPEN inside the window or before the deadline; REACHED the first
    possible day of a "not before"; AWAITING news of an exact time; GRACE shortly after the
    window; OVERDUE after that. DONE, CANCELLED and UNDATED have no time to wait for.
    """

    BEFORE = "before"
    OPEN = "open"
    REACHED = "reached"
    AWAITING = "awaiting"
    GRACE = "grace"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDATED = "undated"


def phase_of(stated: Stated, *, now: datetime) -> Phase:
    return phase(
        stated.date,
        kind=stated.kind,
        home_zone=stated.home_zone,
        said_on=stated.said_on,
        now=now,
    )


def phase(
    value: VagueDate, *, kind: StatementKind, home_zone: str, said_on: date, now: datetime
) -> Phase:
    if kind is StatementKind.CANCELLED:
        return Phase.CANCELLED
    if kind is StatementKind.OCCURRED:
        return Phase.DONE
    if not value.is_dated:
        return Phase.UNDATED
    overdue = overdue_at(value, home_zone=home_zone, said_on=said_on)
    if overdue is not None and now >= overdue:
        return Phase.OVERDUE
    return _phase_at_time(value, now) if value.instant else _phase_on_day(value, home_zone, now)


def overdue_on(value: VagueDate, *, home_zone: str, said_on: date) -> date | None:
    """The first day, in the home zone, on which it is overdue; None: never.

    "Not before" promises no end. An exact time is overdue within a day: see `overdue_at`.
    """
    if value.instant is not None:
        moment = overdue_at(value, home_zone=home_zone, said_on=said_on)
        return moment and moment.astimezone(zone_named(home_zone)).date()
    latest = value.window(home_zone).latest
    return latest and day_after(latest, _GRACE[value.precision] + slack(value) + 1)


def overdue_at(value: VagueDate, *, home_zone: str, said_on: date) -> datetime | None:
    """The moment, in UTC, from which it is overdue; None: never."""
    if value.instant is not None:
        return later(value.instant, AWAITED + timedelta(days=slack(value)))
    day = overdue_on(value, home_zone=home_zone, said_on=said_on)
    if day is None:
        return None
    return datetime.combine(day, time.min, zone_named(home_zone)).astimezone(UTC)


def recheck_on(
    value: VagueDate, *, last_checked: date, home_zone: str, said_on: date
) -> date | None:
    """The day on which somebody should look for news again: sooner the nearer the deadline."""
    deadline = value.nominal(home_zone, said_on=said_on).latest
    wait = _LATEST if deadline is None else (deadline - last_checked).days // 4
    return day_after(last_checked, max(_SOONEST, min(wait, _LATEST)))


def today_at(now: datetime, home_zone: str) -> date:
    return now.astimezone(zone_named(home_zone)).date()


def slack(value: VagueDate) -> int:
    """Days by which "around" widens the end of a window."""
    return tolerance(value) if value.qualifier.is_approximate else 0


def day_after(day: date, days: int) -> date | None:
    """A day some days later (or earlier), None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def later(moment: datetime, wait: timedelta) -> datetime | None:
    """A moment in UTC, some time later (or earlier) by the clock of the zone it is given in.

    None outside the calendar.
    """
    try:
        return (moment + wait).astimezone(UTC)
    except OverflowError:
        return None


def _phase_at_time(value: VagueDate, now: datetime) -> Phase:
    assert value.instant is not None  # noqa: S101
    if now < value.instant:
        return Phase.BEFORE
    return Phase.AWAITING if now < value.instant + AWAITED else Phase.GRACE


def _phase_on_day(value: VagueDate, home_zone: str, now: datetime) -> Phase:
    window, today = value.window(home_zone), today_at(now, home_zone)
    if window.earliest is not None and today < window.earliest:
        return Phase.BEFORE
    if value.mode is Mode.NET:
        return Phase.REACHED
    has_passed = window.latest is not None and today > window.latest
    return Phase.GRACE if has_passed else Phase.OPEN
