"""When something suits its reader: quiet hours and pauses, by the clock on his wall."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.suiting import end_of_quiet


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "over"),
    [
        ("Asia/Tokyo", "2026-11-20T12:59", None),  # 21:59 there
        ("Asia/Tokyo", "2026-11-20T13:00", "2026-11-20T22:00"),  # 22:00 till 7:00
        ("Asia/Tokyo", "2026-11-20T21:59", "2026-11-20T22:00"),
        ("Asia/Tokyo", "2026-11-20T22:00", None),
        ("Asia/Kolkata", "2026-11-20T16:30", "2026-11-21T01:30"),
        ("America/New_York", "2027-03-14T06:30", "2027-03-14T11:00"),  # the night put forward
        ("America/New_York", "2026-11-01T05:30", "2026-11-01T12:00"),  # the night put back
        ("Pacific/Auckland", "2026-09-26T12:00", "2026-09-26T18:00"),
    ],
)
def test_the_night_from_22_to_7_is_quiet(zone, at, over):
    end = end_of_quiet(22, 7, zone=zone, at=moment(at))

    assert end == (moment(over) if over else None)


@pytest.mark.parametrize(
    ("first", "end", "hour", "is_quiet"),
    [(9, 17, 8, False), (9, 17, 9, True), (9, 17, 16, True), (9, 17, 17, False), (5, 5, 5, False)],
)
def test_quiet_hours_begin_at_the_first_and_end_before_the_last(first, end, hour, is_quiet):
    at = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)

    over = end_of_quiet(first, end, zone="UTC", at=at)

    assert over == (at.replace(hour=end, minute=0) if is_quiet else None)


def test_quiet_hours_are_always_over_later():
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in Berlin, for the first time
    for _ in range(300):
        over = end_of_quiet(1, 2, zone="Europe/Berlin", at=at)
        assert over is None or at < over <= at + timedelta(hours=25)
        at += timedelta(minutes=5)
