"""What is owed leaves when it suits its reader, and no faster than the operator allows."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications import sending
from notifications.models import Channel, Delivery, Notification
from notifications.transports.memory import MemoryTransport
from notifications.wishes import Reminders
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import DeliveryFactory, NotificationFactory
from timeline.models import Milestone

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@pytest.fixture
def wire():
    return MemoryTransport()


def owe(*, kind=Notification.Kind.CHANGE, reader=None, address=None, **values):
    """One thing for one reader: news of a milestone of its own, or a reminder of it."""
    milestone: Milestone = MilestoneFactory()
    revision = state(milestone, "2027", announce=False).revision
    notification = NotificationFactory(
        kind=kind,
        milestone=milestone,
        revision=revision,
        reminder=Reminders.BEGINS if kind == Notification.Kind.REMINDER else 0,
        payload={"title": milestone.title, "news": "opens today", "line": "Opens today"},
        **values,
    )
    about = {f"channel__subscriber__{name}": value for name, value in (reader or {}).items()}
    if address:
        about["channel__address"] = address
    return DeliveryFactory(notification=notification, **about)


def row(delivery):
    fresh = Delivery.objects.get(pk=delivery.pk)
    return fresh.state, fresh.next_attempt_at, fresh.attempts, fresh.first_attempt_at


def test_in_quiet_hours_news_waits_as_if_nobody_had_tried(wire):
    delivery = owe(reader={"quiet_from": 22, "quiet_to": 7})

    sending.send_due(at=NIGHT, seconds=5, transport=wire)
    at_night = row(delivery)
    sending.send_due(at=MORNING, seconds=5, transport=wire)

    assert at_night == ("queued", MORNING, 0, None)
    assert row(delivery)[0] == "sent"
    assert len(wire.carried) == 1


def test_a_pause_lasts_until_its_moment(wire):
    delivery = owe(reader={"paused_until": MORNING})

    sending.send_due(at=NIGHT, seconds=5, transport=wire)
    sending.send_due(at=MORNING - timedelta(seconds=1), seconds=0.1, transport=wire)
    paused = row(delivery)
    sending.send_due(at=MORNING, seconds=5, transport=wire)

    assert paused == ("queued", MORNING, 0, None)
    assert row(delivery)[0] == "sent"


def test_a_pause_holds_for_webhooks_too(wire):
    delivery = owe(reader={"paused_until": MORNING})
    Channel.objects.update(kind="webhook", address="https://hooks.example/")

    sending.send_due(at=NIGHT, seconds=5, transport=wire)

    assert row(delivery) == ("queued", MORNING, 0, None)
    assert wire.carried == []


def test_a_reminder_that_would_come_too_late_after_quiet_hours_is_dropped(wire):
    delivery = owe(
        kind=Notification.Kind.REMINDER,
        expires_at=NIGHT + timedelta(minutes=30),
        reader={"quiet_from": 22, "quiet_to": 7},
    )

    sending.send_due(at=NIGHT, seconds=5, transport=wire)
    sending.send_due(at=MORNING, seconds=5, transport=wire)

    assert row(delivery)[0] == "cancelled"
    assert wire.carried == []


def test_a_reminder_of_a_day_is_dropped_when_that_day_is_over_for_its_reader(wire):
    day = NOON.date()
    reader = {"time_zone": "Asia/Tokyo"}
    in_time = owe(kind=Notification.Kind.REMINDER, local_on=day, reader=reader)
    sending.send_due(at=NOON + timedelta(hours=2, minutes=59), seconds=5, transport=wire)
    too_late = owe(kind=Notification.Kind.REMINDER, local_on=day, reader=reader)

    sending.send_due(at=NOON + timedelta(hours=3), seconds=5, transport=wire)

    assert [row(in_time)[0], row(too_late)[0]] == ["sent", "cancelled"]


def test_so_many_mails_leave_a_second_and_the_rest_after_it(wire, settings):
    settings.MILEPOST_MAILS_A_SECOND = 2
    for _ in range(3):
        owe()

    sending.send_chunk(at=NOON, transport=wire)
    at_once = len(wire.carried)
    sending.send_chunk(at=NOON + timedelta(seconds=0.5), transport=wire)

    assert (at_once, len(wire.carried)) == (2, 3)


def test_one_domain_that_has_had_enough_for_a_minute_keeps_no_other_waiting(wire, settings):
    settings.MILEPOST_MAILS_A_MINUTE = 1
    for address in ("a@one.example", "b@one.example", "c@two.example"):
        owe(address=address)

    sending.send_chunk(at=NOON, transport=wire)

    assert [parcel.recipient for parcel in wire.carried] == ["a@one.example", "c@two.example"]


def test_marks_made_together_are_all_made(wire, settings):
    settings.MILEPOST_SENT_TOGETHER = 4
    deliveries = [owe() for _ in range(6)]

    sending.send_due(at=NOON, seconds=9, transport=wire)

    assert {row(one)[0] for one in deliveries} == {"sent"}
    assert len(wire.carried) == 6


def test_a_refusal_amid_marks_made_together_sends_none_of_them_again(wire, settings):
    settings.MILEPOST_SENT_TOGETHER = 4
    good = [owe() for _ in range(2)]
    bad = owe(address="bad@one.example")
    wire.refusals["bad@one.example"] = RuntimeError("ours")

    sending.send_due(at=NOON, seconds=9, transport=wire)
    sending.send_due(at=NOON + timedelta(hours=1), seconds=9, transport=wire)

    assert [row(one)[0] for one in (*good, bad)] == ["sent", "sent", "queued"]
    assert len(wire.carried) == 2
