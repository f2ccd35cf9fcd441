"""What waits for a digest leaves with it, once, as the net news since its reader was last told."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications import digesting, fanout, owing, sending
from notifications.messages import reminder_facts
from notifications.models import Delivery, Notification, Subscription
from notifications.transports.memory import MemoryTransport
from notifications.wishes import Reminders
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.test_knowing import announce

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MORNING = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)  # a Saturday


def published(title, words="1 June 2027"):
    milestone = MilestoneFactory(title=title)
    state(milestone, words, announce=False)
    return milestone


@pytest.fixture
def wire():
    return MemoryTransport()


def tick(wire, *, at):
    digesting.build_due(at=at)
    sending.send_due(at=at, seconds=5, transport=wire)
    return [parcel.content.decode() for parcel in wire.carried]


def subjects(mails):
    return [line for mail in mails for line in mail.splitlines() if line.startswith("Subject")]


def test_a_daily_digest_leaves_at_its_hour_and_says_all_at_once(wire):
    SubscriptionFactory(cadence="daily")
    announce(published("NISAR launch"), "15 June 2027", at=NOON)
    announce(published("LUPEX launch"), "2028", at=NOON + HOUR)

    early = tick(wire, at=MORNING - MINUTE)
    mails = tick(wire, at=MORNING)

    assert early == []
    assert subjects(mails) == ["Subject: Milepost: 2 dates changed"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_who_wants_a_subject_that_stays_gets_one_for_digests_too(wire):
    SubscriptionFactory(cadence="daily", channel__subscriber__subject="stable")
    announce(published("NISAR launch"), "15 June 2027", at=NOON)

    assert subjects(tick(wire, at=MORNING)) == ["Subject: Milepost digest"]


def test_a_digest_is_made_once_for_a_day_however_often_it_is_looked(wire):
    SubscriptionFactory(cadence="daily")
    announce(published("NISAR launch"), "15 June 2027", at=NOON)
    tick(wire, at=MORNING)
    announce(published("LUPEX launch"), "2028", at=MORNING + HOUR)

    mails = tick(wire, at=MORNING + 2 * HOUR)
    next_day = tick(wire, at=MORNING + DAY)

    assert len(mails) == 1
    assert len(next_day) == 2
    assert list(
        Notification.objects.filter(kind="digest").values_list("key", flat=True).order_by("pk")
    ) == [f"digest:{Subscription.objects.get().channel_id}:daily:2026-11-{day}" for day in (21, 22)]


def test_nothing_is_sent_where_nothing_waits(wire):
    SubscriptionFactory(cadence="daily")

    assert tick(wire, at=MORNING) == []
    assert Notification.objects.count() == 0


def test_a_weekly_digest_waits_for_its_day(wire):
    SubscriptionFactory(cadence="weekly", channel__subscriber__digest_weekday=7)
    announce(published("NISAR launch"), "15 June 2027", at=NOON)

    on_saturday = tick(wire, at=MORNING)
    on_sunday = tick(wire, at=MORNING + DAY)

    assert (on_saturday, len(on_sunday)) == ([], 1)


def test_the_hour_is_that_on_the_readers_own_wall(wire):
    SubscriptionFactory(cadence="daily", channel__subscriber__time_zone="America/New_York")
    announce(published("NISAR launch"), "15 June 2027", at=NOON + HOUR)  # 8:11 there

    same_day = tick(wire, at=NOON + 20 * HOUR)
    next_morning = tick(wire, at=MORNING + 5 * HOUR)

    assert (same_day, len(next_morning)) == ([], 1)


def test_after_days_without_a_worker_one_digest_says_it_all(wire):
    SubscriptionFactory(cadence="daily")
    announce(published("NISAR launch"), "15 June 2027", at=NOON)

    mails = tick(wire, at=MORNING + 3 * DAY + HOUR)

    assert len(mails) == 1


def test_a_digest_says_the_net_change_of_a_milestone_that_moved_twice(wire):
    SubscriptionFactory(cadence="daily")
    launch = published("NISAR launch")
    announce(launch, "15 June 2027", at=NOON)
    announce(launch, "1 August 2027", at=NOON + HOUR)

    mails = tick(wire, at=MORNING)

    assert subjects(mails) == [
        "Subject: =?utf-8?q?NISAR_launch=3A_1_June_2027_=E2=86=92_1_August_2027?="
    ]


def test_what_is_undone_before_the_digest_is_not_in_it(wire):
    SubscriptionFactory(cadence="daily")
    launch = published("NISAR launch")
    announce(launch, "15 June 2027", at=NOON)
    announce(launch, "1 June 2027", at=NOON + HOUR)

    assert tick(wire, at=MORNING) == []


def test_who_ends_a_subscription_gets_no_digest_of_it(wire):
    SubscriptionFactory(cadence="daily")
    announce(published("NISAR launch"), "15 June 2027", at=NOON)
    digesting.build_due(at=MORNING)
    Subscription.objects.all().end(at=MORNING, reason="test")

    mails = tick(wire, at=MORNING)

    assert mails == []
    assert list(Delivery.objects.values_list("state", "skip_reason").order_by("pk")) == [
        ("cancelled", "nothing new"),
        ("cancelled", "nothing new"),
    ]


def test_news_for_one_reader_that_waits_at_the_same_time_leaves_as_one_mail(wire):
    SubscriptionFactory()
    SubscriptionFactory(scope="milestone", milestone=MilestoneFactory())
    for number in range(4):
        announce(published(f"Launch {number}"), "15 June 2027", at=NOON + number * HOUR)

    mails = tick(wire, at=NOON + DAY)

    assert subjects(mails) == ["Subject: Milepost: 4 dates changed"]
    assert Delivery.objects.owed().count() == 0


def test_three_that_wait_are_sent_one_by_one(wire):
    SubscriptionFactory()
    for number in range(3):
        announce(published(f"Launch {number}"), "15 June 2027", at=NOON + number * HOUR)

    assert len(tick(wire, at=NOON + DAY)) == 3


def test_more_than_the_reader_wants_in_a_day_waits_for_the_digest(wire):
    SubscriptionFactory(channel__subscriber__daily_cap=2)
    for number in range(3):
        announce(published(f"Launch {number}"), "15 June 2027", at=NOON + number * HOUR)
        tick(wire, at=NOON + number * HOUR + 12 * MINUTE)
    singly = len(wire.carried)

    mails = tick(wire, at=MORNING)

    assert singly == 2
    assert len(mails) == 3
    assert Notification.objects.filter(kind="digest").count() == 1


@pytest.mark.parametrize(
    ("zone", "weekday", "at", "slot"),
    [
        ("UTC", None, "2026-11-20T07:59", "2026-11-19T08:00"),
        ("UTC", None, "2026-11-20T08:00", "2026-11-20T08:00"),
        ("UTC", 1, "2026-11-20T12:00", "2026-11-16T08:00"),
        ("Asia/Kolkata", None, "2026-11-20T02:29", "2026-11-19T02:30"),
        ("America/New_York", None, "2027-03-14T12:00", "2027-03-14T12:00"),  # put forward
        ("America/New_York", None, "2026-11-01T13:00", "2026-11-01T13:00"),  # put back
    ],
)
def test_the_hour_of_digests_struck_last(zone, weekday, at, slot):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    found = digesting.last_slot(zone=zone, hour=8, weekday=weekday, at=moment)

    assert found == datetime.fromisoformat(slot).replace(tzinfo=UTC)


def remind(milestone, *, kind=Reminders.BEGINS):
    """A reminder of it, noted and fanned out."""
    revision = milestone.current_revision
    anchor = "t-1h" if kind == Reminders.HOUR_AHEAD else "opens"
    owing.note(
        kind=Notification.Kind.REMINDER,
        key=f"reminder:{milestone.pk}",
        milestone=milestone,
        revision=revision,
        reminder=kind.value,
        payload=reminder_facts(revision, anchor=anchor, at=NOON),
        expires_at=NOON + DAY,
        at=NOON,
    )
    fanout.fan_out(Notification.objects.get(key=f"reminder:{milestone.pk}"), at=NOON)


def test_reminders_that_are_due_together_leave_as_one_mail(wire):
    SubscriptionFactory(reminders=True)
    for number in range(4):
        remind(published(f"Launch {number}", "December 2026"))

    mails = tick(wire, at=NOON)

    assert subjects(mails) == ["Subject: Milepost: 4 dates come near"]
    assert Delivery.objects.owed().count() == 0


def test_a_reminder_of_an_hour_always_comes_alone(wire):
    SubscriptionFactory(reminders=True)
    for number in range(4):
        remind(published(f"Launch {number}", "December 2026"), kind=Reminders.HOUR_AHEAD)

    assert len(tick(wire, at=NOON)) == 4


def test_what_is_over_when_the_mail_leaves_is_not_in_it(wire):
    SubscriptionFactory(reminders=True)
    for number in range(4):
        remind(published(f"Launch {number}", "December 2026"))
    channel = Subscription.objects.get().channel_id
    digesting.catch_up([channel], at=NOON)

    mails = tick(wire, at=NOON + 2 * DAY)

    assert mails == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
