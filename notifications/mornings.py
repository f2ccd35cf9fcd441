"""The morning of a day on the clock of each reader's wall.

A day is not an instant. It begins at the Line Islands (UTC+14) and is over last on ships west
of Samoa (UTC−12), 50 hours later; every reader has his own 24 of them, or 23, or 25.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from timeline.dates import zone_named

EASTERNMOST, WESTERNMOST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)


def begins(day: date) -> datetime:
    """When it becomes that day somewhere on Earth."""
    return datetime.combine(day, time.min, EASTERNMOST).astimezone(UTC)


def ends(day: date) -> datetime:
    """When it is that day nowhere any more."""
    return datetime.combine(day + A_DAY, time.min, WESTERNMOST).astimezone(UTC)


def newest(at: datetime) -> date:
    """The day that began last somewhere: all readers have at least a part of it before them."""
    return at.astimezone(EASTERNMOST).date()


def morning(day: date, *, hour: int, zone: str) -> datetime:
    """The first moment at which the clock on the wall shows that hour of the day, or a later one.

    So an hour that is skipped becomes the moment at which the clock is put forward, and of an
    hour that comes twice it is the first.
    """
    wall = datetime.combine(day, time(hour), zone_named(zone))
    moment = wall.astimezone(UTC)
    return moment if moment.astimezone(wall.tzinfo) == wall else _put_forward(wall)


def runs_out(day: date, *, zone: str) -> datetime:
    """When that day is over for a reader in the zone."""
    return morning(day + A_DAY, hour=0, zone=zone)


def is_over(day: date, *, zone: str, at: datetime) -> bool:
    return at >= runs_out(day, zone=zone)


def _put_forward(wall: datetime) -> datetime:
    """The moment at which the clock skipped that time.

    Read with the offset of after, a skipped time lies before it; with that of before, after it.
    """
    sooner, later = wall.replace(fold=1).astimezone(UTC), wall.astimezone(UTC)
    offset = sooner.astimezone(wall.tzinfo).utcoffset()
    while later - sooner > _A_SECOND:
        middle = sooner + (later - sooner) // _A_SECOND // 2 * _A_SECOND
        if middle.astimezone(wall.tzinfo).utcoffset() == offset:
            sooner = middle
        else:
            later = middle
    return later
