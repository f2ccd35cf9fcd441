"""A day is not an instant: it is told in its own words, and in each reader's own morning."""

import pytest

from notifications.models import Notification
from notifications.moments import still_holds
from notifications.mornings import morning
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.reminding import HOUR, SECOND, dawn, planned, remind, told, utc
from timeline import publishing
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db

ZONES = ["Asia/Tokyo", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"]


@pytest.fixture
def launch():
    return MilestoneFactory(title="NISAR launch")


def reminded(launch, words, *, at):
    """The one reminder that was fired at that moment."""
    planned(launch, words)
    remind(at=at)
    return Notification.objects.get(kind="reminder")


def test_a_day_is_told_by_everybody_s_own_calendar(launch):
    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))

    assert str(opens.local_on) == "2027-03-01"
    assert opens.expires_at == utc("2027-03-02 12:00")


def test_an_exact_time_is_told_when_it_comes(launch):
    hour_before = utc("2027-07-30 11:10")

    reminder = reminded(launch, "30 July 2027, 17:40 IST", at=hour_before)

    assert (reminder.local_on, reminder.payload["news"]) == (None, "in 1 h")
    assert reminder.expires_at == hour_before + HOUR / 2


@pytest.mark.parametrize("home", ZONES)
@pytest.mark.parametrize(
    ("words", "day", "news"),
    [
        ("30 July 2027", "2027-06-30", "in 30 days"),
        ("30 July 2027", "2027-07-23", "in 7 days"),
        ("30 July 2027", "2027-07-29", "tomorrow"),
        ("30 July 2027", "2027-08-01", "was due 2 days ago, no news"),
        ("spring 2027", "2027-01-30", "window opens in about 1 month"),
        ("spring 2027", "2027-03-01", "window open, 92 of 92 days left"),
        ("spring 2027", "2027-05-08", "window open, 24 of 92 days left"),
        ("spring 2027", "2027-06-08", "window closed 8 days ago, no news"),
        ("no earlier than March 2027", "2027-02-22", "not before March 2027 (in 7 days)"),
        ("no earlier than March 2027", "2027-03-01", "possible any day since 1 March 2027"),
        ("by 30 June 2027", "2027-06-29", "due within 1 day"),
    ],
)
def test_a_reminder_speaks_of_its_own_day_wherever_the_milestone_is(home, words, day, news):
    launch = MilestoneFactory(home_zone=home)

    reminder = reminded(launch, words, at=dawn(day))

    assert (str(reminder.local_on), reminder.payload["news"]) == (day, news)


def test_in_new_york_a_window_in_tokyo_opens_in_the_morning_of_its_first_day():
    launch = MilestoneFactory(home_zone="Asia/Tokyo")

    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))

    in_new_york = morning(opens.local_on, hour=8, zone="America/New_York")
    assert in_new_york == utc("2027-03-01 13:00")
    assert opens.payload["news"] == "window open, 92 of 92 days left"


def test_in_tokyo_a_window_in_new_york_opens_in_the_morning_of_its_first_day():
    launch = MilestoneFactory(home_zone="America/New_York")

    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))

    in_tokyo = morning(opens.local_on, hour=8, zone="Asia/Tokyo")
    assert in_tokyo == utc("2027-02-28 23:00")
    assert opens.payload["news"] == "window open, 92 of 92 days left"


def test_a_day_of_another_zone_is_told_from_its_first_day_at_home():
    """6 September 2027 UTC begins on the 6th in Tokyo, and ends on the 7th."""
    launch = MilestoneFactory(home_zone="Asia/Tokyo")

    reminder = reminded(launch, "6 September 2027 (UTC)", at=dawn("2027-09-05"))

    assert told() == [("t-1d", "tomorrow")]
    assert str(reminder.local_on) == "2027-09-05"


def test_clocks_that_are_put_forward_move_no_day():
    """On 14 March 2027 New York has 23 hours."""
    launch = MilestoneFactory(home_zone="America/New_York")

    reminder = reminded(launch, "15 March 2027", at=dawn("2027-03-14"))

    assert reminder.payload["news"] == "tomorrow"
    assert [
        morning(reminder.local_on, hour=hour, zone="America/New_York") for hour in (1, 2, 3)
    ] == [utc("2027-03-14 06:00"), utc("2027-03-14 07:00"), utc("2027-03-14 07:00")]


# ---- between the first morning and a reader's own ----------------------------------------------


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("spring 2027", True),
        ("March to May 2027", True),
        ("autumn 2027", False),
        ("15 April 2027", False),
        ("2027", False),
        ("TBD", False),
        ("cancelled", False),
    ],
)
def test_a_reminder_holds_until_its_date_moves(launch, words, holds):
    morning_on_earth = dawn("2027-03-01")
    reminded(launch, "spring 2027", at=morning_on_earth)

    state(launch, words, at=morning_on_earth + HOUR, on=morning_on_earth.date())

    assert still_holds(Notification.objects.get(kind="reminder")) is holds


def test_of_what_happened_nobody_is_reminded_any_more(launch):
    morning_on_earth = dawn("2027-06-08")
    overdue = reminded(launch, "spring 2027", at=morning_on_earth)

    state(
        launch,
        "30 May 2027",
        kind=StatementKind.OCCURRED,
        at=morning_on_earth + HOUR,
        on=morning_on_earth.date(),
    )

    overdue.refresh_from_db()
    assert still_holds(overdue) is False


def test_an_edited_title_stops_no_reminder(launch):
    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))

    publishing.edit(launch, {"title": "NISAR"}, at=NOON + SECOND)

    opens.refresh_from_db()
    assert still_holds(opens) is True
