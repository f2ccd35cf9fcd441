"""The reminder ladder: which days and moments before a date are worth a word."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, JAPAN
from timeline.dates import Mode, VagueDate, make
from timeline.phases import Anchor, anchors

SAID_ON = date(2024, 1, 1)
BERLIN = "Europe/Berlin"
DAY, NONE = timedelta(days=1), timedelta(0)


def ladder(value: VagueDate, *, home: str = INDIA) -> list[str]:
    return [
        f"{one.name} {one.on or one.at}" for one in anchors(value, home_zone=home, said_on=SAID_ON)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            make("2027-25"),
            ["opens-30d 2027-01-30", "opens 2027-03-01", "closes-23d 2027-05-08",
             "overdue 2027-06-08"],
        ),
        (
            make("2027"),
            ["opens-90d 2026-10-03", "opens 2027-01-01", "closes-30d 2027-12-01",
             "overdue 2028-01-15"],
        ),
        (
            make("2025-07-30"),
            ["t-30d 2025-06-30", "t-7d 2025-07-23", "t-1d 2025-07-29", "overdue 2025-08-01"],
        ),
        (
            make("2017-11-14/2017-11-17"),
            ["t-30d 2017-10-15", "t-7d 2017-11-07", "t-1d 2017-11-13", "overdue 2017-11-19"],
        ),
        (
            make("2025-07"),
            ["opens-30d 2025-06-01", "opens-7d 2025-06-24", "opens 2025-07-01",
             "closes-7d 2025-07-24", "overdue 2025-08-04"],
        ),
        (
            make("[2026-05-04..2026-05-10]", "week"),
            ["opens-30d 2026-04-04", "opens-7d 2026-04-27", "opens 2026-05-04",
             "closes-3d 2026-05-07", "overdue 2026-05-13"],
        ),
        (
            make("[2025-07-30..2025-08-01]", "range"),
            ["opens-90d 2025-05-01", "opens 2025-07-30", "overdue 2025-08-16"],
        ),
        (
            make("202X"),
            ["opens 2020-01-01", "closes-30d 2029-12-01", "overdue 2030-01-31"],
        ),
        (
            make("[2026-03..]"),
            ["opens-30d 2026-01-30", "opens-7d 2026-02-22", "reached 2026-03-01",
             "reached+30d 2026-03-31"],
        ),
        (
            make("[2026-03-15..]"),
            ["opens-30d 2026-02-13", "opens-7d 2026-03-08", "opens-1d 2026-03-14",
             "reached 2026-03-15", "reached+30d 2026-04-14"],
        ),
        (
            make("[..2027-06-30]"),
            ["deadline-30d 2027-05-31", "deadline-7d 2027-06-23", "deadline-1d 2027-06-29",
             "overdue 2027-07-02"],
        ),
        (make("[..2028]"), ["deadline-90d 2028-10-02", "overdue 2029-01-15"]),
        (make("[..2029]", "decade"), ["overdue 2030-01-31"]),
        (
            make("2025-07-30T12:10:00Z"),
            ["t-7d 2025-07-23 12:10:00+00:00", "t-1d 2025-07-29 12:10:00+00:00",
             "t-1h 2025-07-30 11:10:00+00:00", "overdue 2025-07-30 18:10:00+00:00"],
        ),
        (make(None), []),
    ],
)  # fmt: skip
def test_each_precision_has_its_ladder(value, expected):
    assert ladder(value) == expected


@pytest.mark.parametrize(
    ("value", "leads"),
    [
        (make("2027-25"), [30 * DAY, NONE, 23 * DAY, NONE]),
        (make("2025-07-30T12:10:00Z"), [7 * DAY, DAY, timedelta(hours=1), NONE]),
        (make("[2026-03..]"), [30 * DAY, 7 * DAY, NONE, NONE]),
    ],
)
def test_a_rung_knows_how_far_ahead_it_stands(value, leads):
    rungs = anchors(value, home_zone=INDIA, said_on=SAID_ON)

    assert [one.lead for one in rungs] == leads


def test_a_window_does_not_close_on_the_day_it_opens():
    four_days, five_days = make("[2027-03-01..2027-03-04]"), make("[2027-03-01..2027-03-05]")

    assert "closes-3d 2027-03-01" not in ladder(four_days)
    assert "closes-3d 2027-03-02" in ladder(five_days)


def test_a_date_that_is_only_about_right_does_not_come_tomorrow():
    around = make("2027-05-12", qualifier="~")
    around_noon = make("2027-05-12T12:00:00Z", qualifier="~")

    assert [one.split()[0] for one in ladder(around)] == ["t-30d", "t-7d", "overdue"]
    assert [one.split()[0] for one in ladder(around_noon)] == ["t-7d", "overdue"]


def test_whole_days_before_a_time_are_counted_by_the_clock_on_the_wall():
    """Clocks in Berlin go forward on 28 March 2027: a week before 14:00 is 14:00, 167 hours ago."""
    afternoon = make("2027-03-31T14:00:00+02:00")

    week, day, hour, _ = anchors(afternoon, home_zone=BERLIN, said_on=SAID_ON)

    assert week.at == datetime(2027, 3, 24, 13, 0, tzinfo=UTC)
    assert day.at == datetime(2027, 3, 30, 12, 0, tzinfo=UTC)
    assert hour.at == datetime(2027, 3, 31, 11, 0, tzinfo=UTC)


def test_a_wall_clock_time_that_is_skipped_becomes_the_one_after_it():
    """02:30 on 28 March 2027 does not exist in Berlin; 03:30 summer time does."""
    early = make("2027-03-29T02:30:00+02:00")

    _, day, *_ = anchors(early, home_zone=BERLIN, said_on=SAID_ON)

    assert day.at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_wall_clock_time_that_comes_twice_is_the_first_of_the_two():
    early = make("2027-11-01T02:30:00+01:00")

    _, day, *_ = anchors(early, home_zone=BERLIN, said_on=SAID_ON)

    assert day.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_wall_clock_is_that_of_the_zone_in_which_the_time_was_said():
    """There is no daylight saving in Japan: said in Berlin's clock, kept in Berlin's clock."""
    said_in_berlin = make("2027-03-31T14:00:00+02:00", zone=BERLIN)

    week, *_ = anchors(said_in_berlin, home_zone=JAPAN, said_on=SAID_ON)

    assert week.at == datetime(2027, 3, 24, 13, 0, tzinfo=UTC)


def test_a_day_of_another_zone_is_waited_for_from_its_first_day_at_home():
    utc_day = make("2023-09-06", zone="UTC")

    assert ladder(utc_day, home=JAPAN) == [
        "t-30d 2023-08-07",
        "t-7d 2023-08-30",
        "t-1d 2023-09-05",
        "overdue 2023-09-09",
    ]


@given(value=dates, home=st.sampled_from([INDIA, JAPAN, "America/New_York"]))
def test_a_ladder_is_in_order_of_time_and_has_each_rung_once(value, home):
    rungs = anchors(value, home_zone=home, said_on=SAID_ON)

    times = [str(one.on or one.at) for one in rungs]
    assert times == sorted(times)
    assert len({one.name for one in rungs}) == len(rungs) <= 6
    assert all((one.on is None) is not (one.at is None) for one in rungs)
    assert any(one.name == "overdue" for one in rungs) is (value.mode is not Mode.NET)


def test_at_the_end_of_the_calendar_rungs_are_left_out():
    assert anchors(make("9999"), home_zone=INDIA, said_on=SAID_ON)[-1] == Anchor(
        "closes-30d", on=date(9999, 12, 1), lead=30 * DAY
    )
    assert anchors(make("0001-01-02"), home_zone=INDIA, said_on=SAID_ON)[0] == Anchor(
        "t-1d", on=date(1, 1, 1), lead=DAY
    )
    last_time = make("9999-12-30T12:00:00Z", qualifier="~")
    assert ladder(last_time) == ["t-7d 9999-12-23 12:00:00+00:00"]
    first_time = make("0001-01-03T12:00:00Z")
    assert ladder(first_time)[0] == "t-1d 0001-01-02 12:00:00+00:00"
