"""A day is not an instant: it is told in its own words, and in each reader's own morning."""

import pytest

from notifications import fanout, planning
from notifications.models import Delivery, Notification, Subscriber
from notifications.mornings import morning
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from tests.factories import MilestoneFactory
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.reminding import DAY, HOUR, MINUTE, dawn, planned, remind, told, utc
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


MORNINGS = {
    "Pacific/Auckland": utc("2027-02-28 19:00"),
    "Asia/Tokyo": utc("2027-02-28 23:00"),
    "Asia/Kolkata": utc("2027-03-01 02:30"),
    "America/New_York": utc("2027-03-01 13:00"),
}


def test_everybody_gets_it_in_the_morning_of_his_own_wall(launch):
    readers = {SubscriptionFactory(reminders=True).channel: zone for zone in ZONES}
    for channel, zone in readers.items():
        Subscriber.objects.filter(pk=channel.subscriber_id).update(time_zone=zone)
    planned(launch, "spring 2027")

    left = {}
    for moment in sorted([dawn("2027-03-01"), *MORNINGS.values()]):
        for at in (moment - MINUTE, moment):
            wire = MemoryTransport()
            tick(at=at, transport=wire)
            left |= {parcel.recipient: at for parcel in wire.carried}

    assert {zone: left[channel.address] for channel, zone in readers.items()} == MORNINGS


# ---- between the first morning and a reader's own ----------------------------------------------

A_WHILE_LATER = dawn("2027-03-01") + HOUR


@pytest.fixture
def owed(launch):
    """Told in New York, where the window of spring 2027 opens 27 hours after it does first."""
    reader = SubscriptionFactory(reminders=True)
    Subscriber.objects.update(time_zone="America/New_York")
    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))
    fanout.fan_out(opens, at=dawn("2027-03-01"))
    return Delivery.objects.get(channel=reader.channel)


def became_of(delivery):
    delivery.refresh_from_db()
    return (delivery.state, delivery.skip_reason)


def test_a_reminder_waits_for_the_morning_of_its_reader(owed):
    assert owed.next_attempt_at == utc("2027-03-01 13:00")


@pytest.mark.parametrize(
    "words",
    ["autumn 2027", "15 April 2027", "2027", "TBD", "cancelled"],
)
def test_what_waits_is_called_off_when_its_date_moves(launch, owed, words):
    planned(launch, words, at=A_WHILE_LATER)

    assert became_of(owed) == ("cancelled", "superseded")


def test_what_waits_is_called_off_when_it_has_happened(launch, owed):
    planned(launch, "1 March 2027", at=A_WHILE_LATER + DAY, kind=StatementKind.OCCURRED)

    assert became_of(owed) == ("cancelled", "superseded")


@pytest.mark.parametrize("words", ["spring 2027", "March to May 2027"])
def test_the_same_date_said_again_leaves_it(launch, owed, words):
    planned(launch, words, at=A_WHILE_LATER)

    assert became_of(owed) == ("queued", "")


def test_an_edited_title_leaves_it(launch, owed):
    publishing.edit(launch, {"title": "NISAR"}, at=A_WHILE_LATER)
    planning.plan(launch)

    assert became_of(owed) == ("queued", "")


def test_an_edit_that_is_undone_leaves_it_after_all(launch, owed):
    planned(launch, "autumn 2027", at=A_WHILE_LATER)
    mistaken = launch.statements.get(text="autumn 2027")
    publishing.withdraw(mistaken, at=A_WHILE_LATER + MINUTE, reason="a slip of the pen")
    planning.plan(launch)

    assert became_of(owed) == ("queued", "")


def test_what_its_reader_stopped_does_not_come_back_with_it(launch, owed):
    Delivery.objects.update(state="cancelled", skip_reason="muted")

    planned(launch, "spring 2027", at=A_WHILE_LATER)

    assert became_of(owed) == ("cancelled", "muted")


def test_what_has_left_stays_told(launch, owed):
    Delivery.objects.update(state="sent", sent_at=A_WHILE_LATER)

    planned(launch, "autumn 2027", at=A_WHILE_LATER)

    assert became_of(owed) == ("sent", "")


def test_what_is_not_fanned_out_yet_is_not_any_more(launch):
    SubscriptionFactory(reminders=True)
    opens = reminded(launch, "spring 2027", at=dawn("2027-03-01"))

    planned(launch, "autumn 2027", at=A_WHILE_LATER)
    fanout.fan_out(opens, at=A_WHILE_LATER)

    assert Delivery.objects.count() == 0
