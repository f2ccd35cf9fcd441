"""Where a plan stands, when it is overdue, and when to look again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import CANCELLED, INDIA, JAPAN, TBD, said
from timeline.changes import StatementKind
from timeline.dates import Mode, VagueDate, Window, make
from timeline.phases import (
    Phase,
    overdue_at,
    overdue_on,
    phase,
    phase_of,
    recheck_on,
    today_at,
)

SAID_ON = date(2024, 1, 1)


def noon(day: str) -> datetime:
    """Noon UTC: the same day in India and Japan."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)


def stands(value: VagueDate, now: datetime, *, home: str = INDIA) -> Phase:
    return phase(value, kind=StatementKind.PLAN, home_zone=home, said_on=SAID_ON, now=now)


@pytest.mark.parametrize(
    ("edtf", "day", "expected"),
    [
        ("2027-25", "2027-02-28", Phase.BEFORE),
        ("2027-25", "2027-03-01", Phase.OPEN),
        ("2027-25", "2027-05-31", Phase.OPEN),
        ("2027-25", "2027-06-01", Phase.GRACE),
        ("2027-25", "2027-06-07", Phase.GRACE),
        ("2027-25", "2027-06-08", Phase.OVERDUE),
        ("2027-06-10", "2027-06-09", Phase.BEFORE),
        ("2027-06-10", "2027-06-10", Phase.OPEN),
        ("2027-06-10", "2027-06-11", Phase.GRACE),
        ("2027-06-10", "2027-06-12", Phase.OVERDUE),
        ("2027-06-10/2027-06-13", "2027-06-13", Phase.OPEN),
        ("2027-06-10/2027-06-13", "2027-06-15", Phase.OVERDUE),
        ("[2027-03..]", "2027-02-28", Phase.BEFORE),
        ("[2027-03..]", "2027-03-01", Phase.REACHED),
        ("[2027-03..]", "2037-03-01", Phase.REACHED),
        ("[..2027-03]", "2020-03-01", Phase.OPEN),
        ("[..2027-03]", "2027-03-31", Phase.OPEN),
        ("[..2027-03]", "2027-04-03", Phase.GRACE),
        ("[..2027-03]", "2027-04-04", Phase.OVERDUE),
    ],
)
def test_a_plan_goes_through_its_phases_by_days_at_home(edtf, day, expected):
    assert stands(make(edtf), noon(day)) is expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-1, Phase.BEFORE),
        (0, Phase.AWAITING),
        (6 * 3600 - 1, Phase.AWAITING),
        (6 * 3600, Phase.OVERDUE),
    ],
)
def test_news_of_an_exact_time_is_awaited_for_six_hours(seconds, expected):
    liftoff = make("2025-07-30T12:10:00Z")

    now = datetime(2025, 7, 30, 12, 10, tzinfo=UTC) + timedelta(seconds=seconds)

    assert stands(liftoff, now) is expected


def test_around_an_exact_time_is_not_overdue_the_same_day():
    around = make("2024-01-20T00:20:00+09:00", qualifier="~")
    at = datetime(2024, 1, 19, 15, 20, tzinfo=UTC)

    assert stands(around, at + timedelta(hours=6)) is Phase.GRACE
    assert stands(around, at + timedelta(days=7, hours=6)) is Phase.OVERDUE


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (TBD, Phase.UNDATED),
        (CANCELLED, Phase.CANCELLED),
        (said("2027", kind="cancelled"), Phase.CANCELLED),
        (said("2025-07-30", kind="occurred"), Phase.DONE),
        (said("2027"), Phase.OPEN),
    ],
)
def test_only_plans_with_a_date_are_waited_for(stated, expected):
    assert phase_of(stated, now=noon("2027-08-01")) is expected


def test_the_day_at_home_decides_not_the_day_of_utc():
    """00:30 in India is 19:00 UTC the day before."""
    half_past_midnight = datetime(2027, 6, 9, 19, 0, tzinfo=UTC)

    assert stands(make("2027-06-10"), half_past_midnight) is Phase.OPEN
    assert stands(make("2027-06-10"), half_past_midnight - timedelta(minutes=31)) is Phase.BEFORE
    assert stands(make("2027-06-10"), half_past_midnight, home="UTC") is Phase.BEFORE


@pytest.mark.parametrize(
    ("what", "edtf", "home", "day"),
    [
        ("SLIM launch", "2023-09-06T23:42:11Z", JAPAN, "2023-09-07"),
        ("SLIM launch", "2023-09-06T23:42:11Z", INDIA, "2023-09-07"),
        ("SLIM launch", "2023-09-06T23:42:11Z", "America/New_York", "2023-09-06"),
        ("SLIM landing", "2024-01-19T15:20:00Z", JAPAN, "2024-01-20"),
        ("SLIM landing", "2024-01-19T15:20:00Z", INDIA, "2024-01-19"),
        ("Chandrayaan-1", "2008-10-22T06:22:00+05:30", INDIA, "2008-10-22"),
        ("Chandrayaan-1", "2008-10-22T06:22:00+05:30", "America/New_York", "2008-10-21"),
        ("NISAR", "2025-07-30T12:10:00Z", INDIA, "2025-07-30"),
        ("NISAR", "2025-07-30T12:10:00Z", "Pacific/Auckland", "2025-07-31"),
    ],
)
def test_an_exact_time_is_of_the_day_that_the_wall_at_home_shows(what, edtf, home, day):
    value, on = make(edtf), date.fromisoformat(day)

    assert value.window(home) == Window(on, on)
    assert today_at(value.instant, home) == on


def test_a_day_of_another_zone_is_open_as_long_as_it_lasts_anywhere_at_home():
    """SLIM: 6 September 2023 UTC covers 6 and 7 September in Tokyo."""
    utc_day = make("2023-09-06", zone="UTC")

    assert stands(utc_day, noon("2023-09-06"), home=JAPAN) is Phase.OPEN
    assert stands(utc_day, noon("2023-09-07"), home=JAPAN) is Phase.OPEN
    assert stands(utc_day, noon("2023-09-07"), home="UTC") is Phase.GRACE


# ---- overdue -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (make("2024", qualifier="~"), "2025-07-17"),
        (make("2024"), "2025-01-15"),
        (make("2027-25"), "2027-06-08"),
        (make("2027"), "2028-01-15"),
        (make("2025-07-30"), "2025-08-01"),
        (make("2025-07-30", qualifier="?"), "2025-08-01"),
        (make("2025-07-30", qualifier="~"), "2025-08-08"),
        (make("[2025-07-21..2025-07-31]", "month_part"), "2025-08-03"),
        (make("[2026-05-04..2026-05-10]", "week"), "2026-05-13"),
        (make("2025-07"), "2025-08-04"),
        (make("2027-33"), "2027-04-08"),
        (make("2027-37"), "2027-05-08"),
        (make("2027-40"), "2027-07-08"),
        (make("[2026-04..2027-03]", "fiscal_year"), "2027-04-15"),
        (make("[2027,2028]"), "2029-01-15"),
        (make("202X"), "2030-01-31"),
        (make("20XX"), "2100-01-31"),
        (make("[..2028]"), "2029-01-15"),
        (make("[..2024]", qualifier="~"), "2025-07-17"),
        (make("2025-07-30T12:10:00Z"), "2025-07-30"),
        (make("2025-07-30T17:40:00Z"), "2025-07-31"),
        (make("[2026-03..]"), None),
        (make(None), None),
    ],
)
def test_a_plan_is_overdue_after_its_window_and_some_grace(value, expected):
    day = overdue_on(value, home_zone=INDIA, said_on=SAID_ON)

    assert day == (expected and date.fromisoformat(expected))


def test_overdue_begins_with_the_day_at_home():
    moment = overdue_at(make("2027-25"), home_zone=INDIA, said_on=SAID_ON)

    assert moment == datetime(2027, 6, 7, 18, 30, tzinfo=UTC)


@given(value=dates, home=st.sampled_from([INDIA, JAPAN, "America/New_York"]))
def test_a_plan_is_overdue_from_that_moment_and_not_before(value, home):
    moment = overdue_at(value, home_zone=home, said_on=SAID_ON)

    if value.mode is Mode.NET:
        assert moment is None
    else:
        assert moment is not None
        assert stands(value, moment, home=home) is Phase.OVERDUE
        assert stands(value, moment - timedelta(seconds=1), home=home) is not Phase.OVERDUE


# ---- stale -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "checked", "expected"),
    [
        ("2027-25", "2025-09-11", "2026-02-14"),
        ("2027-25", "2026-04-07", "2026-07-20"),
        ("2027-25", "2027-02-01", "2027-03-02"),
        ("2025-07-30", "2025-07-21", "2025-07-24"),
        ("2025-07-30", "2025-09-01", "2025-09-04"),
        ("2035", "2025-01-01", "2025-06-30"),
        ("[2027-03..]", "2026-12-01", "2026-12-31"),
        (None, "2025-01-01", "2025-06-30"),
    ],
)
def test_the_nearer_the_deadline_the_sooner_somebody_should_look_again(edtf, checked, expected):
    day = recheck_on(
        make(edtf), last_checked=date.fromisoformat(checked), home_zone=INDIA, said_on=SAID_ON
    )

    assert day == date.fromisoformat(expected)
