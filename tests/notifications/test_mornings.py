"""The morning of a day is asked of the clock on the wall, minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from notifications.mornings import begins, ends, is_over, morning, newest, runs_out

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# The days on which clocks are put forward or back, with the day before and the day after.
SWITCHES = {
    "Asia/Tokyo": [],
    "Asia/Kolkata": [],
    "America/Sao_Paulo": [],
    "Pacific/Apia": [],
    "Pacific/Kiritimati": [],
    "America/New_York": ["2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"],
    "Pacific/Auckland": ["2026-04-05", "2026-09-27", "2027-04-04", "2027-09-26"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04", "2027-04-04", "2027-10-03"],
    "Africa/Cairo": ["2026-04-24", "2026-10-29", "2027-04-30", "2027-10-28"],
    "America/Santiago": ["2026-04-04", "2026-09-06", "2027-04-03", "2027-09-05"],
}
USUAL_DAYS = [date(2026, 12, 31), date(2027, 2, 28), date(2027, 7, 30)]
DAYS = [
    (zone, day)
    for zone, switches in SWITCHES.items()
    for day in [
        *USUAL_DAYS,
        *(date.fromisoformat(one) + near * DAY for one in switches for near in (-1, 0, 1)),
    ]
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@cache
def minutes_of(day: date, zone: str) -> list[tuple[datetime, datetime]]:
    """Each minute from the day before to the day after, and what the clock shows then."""
    start = datetime.combine(day - DAY, time.min, UTC)
    moments = (start + number * MINUTE for number in range(3 * 24 * 60))
    return [(moment, moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for moment in moments]


def looked_up(day: date, hour: int, zone: str) -> datetime:
    wanted = datetime.combine(day, time(hour))
    return next(moment for moment, shown in minutes_of(day, zone) if shown >= wanted)


@pytest.mark.parametrize(("zone", "day"), DAYS, ids=str)
def test_every_hour_of_a_day_is_the_first_moment_at_which_the_wall_shows_it(zone, day):
    hours = [morning(day, hour=hour, zone=zone) for hour in range(24)]

    assert hours == [looked_up(day, hour, zone) for hour in range(24)]


@pytest.mark.parametrize(("zone", "day"), DAYS, ids=str)
def test_a_day_is_over_when_the_wall_shows_the_next(zone, day):
    end = runs_out(day, zone=zone)

    assert (end - MINUTE).astimezone(ZoneInfo(zone)).date() == day
    assert end.astimezone(ZoneInfo(zone)).date() == day + DAY
    assert not is_over(day, zone=zone, at=end - MINUTE)
    assert is_over(day, zone=zone, at=end)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        ("Asia/Tokyo", "2027-07-30", 8, "2027-07-29 23:00"),
        ("Asia/Kolkata", "2027-07-30", 8, "2027-07-30 02:30"),
        ("America/New_York", "2027-07-30", 8, "2027-07-30 12:00"),
        ("America/New_York", "2027-12-01", 8, "2027-12-01 13:00"),
        ("Pacific/Auckland", "2027-07-30", 8, "2027-07-29 20:00"),
        ("Pacific/Auckland", "2027-12-01", 8, "2027-11-30 19:00"),
        ("Pacific/Kiritimati", "2027-07-30", 0, "2027-07-29 10:00"),
        ("Etc/GMT+12", "2027-07-30", 23, "2027-07-31 11:00"),
        # 02:00 does not exist; 01:00 comes twice.
        ("America/New_York", "2027-03-14", 2, "2027-03-14 07:00"),
        ("America/New_York", "2027-11-07", 1, "2027-11-07 05:00"),
        # Half an hour of summer time: 02:00 is skipped as far as 02:30.
        ("Australia/Lord_Howe", "2027-10-03", 2, "2027-10-02 15:30"),
        # The day has no midnight: it begins at one.
        ("Africa/Cairo", "2027-04-30", 0, "2027-04-29 22:00"),
        ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04 03:00"),
    ],
)
def test_known_mornings(zone, day, hour, moment):
    assert morning(date.fromisoformat(day), hour=hour, zone=zone) == utc(moment)


def test_where_a_day_was_left_out_of_the_calendar_it_is_over_at_once():
    """Samoa went from Thursday to Saturday in 2011, over the date line."""
    friday, midnight = date(2011, 12, 30), utc("2011-12-30 10:00")

    assert morning(friday, hour=8, zone="Pacific/Apia") == midnight
    assert runs_out(friday, zone="Pacific/Apia") == midnight


def test_a_day_lasts_fifty_hours():
    day = date(2027, 7, 30)

    assert (begins(day), ends(day)) == (utc("2027-07-29 10:00"), utc("2027-07-31 12:00"))


@pytest.mark.parametrize("day", [date(2027, 1, 15), date(2027, 3, 28), date(2027, 7, 15)])
def test_nobody_on_earth_has_a_morning_outside_it(day):
    outside = {
        zone
        for zone in available_timezones()
        if morning(day, hour=0, zone=zone) < begins(day) or runs_out(day, zone=zone) > ends(day)
    }

    assert outside == set()


@pytest.mark.parametrize("zone", [*SWITCHES, "Etc/GMT+12"])
@pytest.mark.parametrize("hour", range(24))
def test_the_newest_day_is_over_for_nobody(zone, hour):
    at = utc("2027-07-30 00:00") + timedelta(hours=hour)

    assert not is_over(newest(at), zone=zone, at=at)


def test_the_newest_day_is_that_of_the_line_islands():
    noon_but_a_minute = utc("2027-07-30 09:59")

    assert newest(noon_but_a_minute) == date(2027, 7, 30)
    assert newest(noon_but_a_minute + MINUTE) == date(2027, 7, 31)
