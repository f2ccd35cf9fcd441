"""A process is killed at the worst instants; every mail still leaves, and carries one name."""

from contextlib import contextmanager

import pytest

from notifications import fanout, owing
from notifications.models import Delivery, Notification
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import leases_run_out
from tests.notifications.factories import SubscriptionFactory
from tests.processes import kill, now, process, run_tick
from tests.smtp_sink import Instant
from timeline import outbox
from timeline.models import Announcement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("faults")]
COUNT = 5


@pytest.fixture
def announcement():
    """Released news, followed by some, and noted nowhere yet."""
    at = now()
    milestone = MilestoneFactory(title="NISAR launch", created_at=at)
    SubscriptionFactory.create_batch(COUNT)
    announcement = state(milestone, "2027", at=at, on=at.date()).announcement
    outbox.release(announcement, at=at)
    return Announcement.objects.get()


@contextmanager
def killed_at(instant, sink):
    """A tick that is killed when it reaches the instant."""
    with process("manage.py", "notify_tick", sink=sink) as ticking:
        with instant.lasts():
            kill(ticking)
        yield


def recipients(sink):
    return sorted(mail.recipient for mail in sink.kept)


def everybody():
    return sorted(Delivery.objects.values_list("channel__address", flat=True))


def test_killed_between_claim_and_send_every_mail_leaves_once(announcement, sink):
    sink.before_data = instant = Instant(number=3)
    with killed_at(instant, sink):
        held = Delivery.objects.sending().count()
    sink.before_data = None
    assert held == COUNT - 2

    leases_run_out()
    assert run_tick(sink) == 0

    assert recipients(sink) == everybody()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_killed_between_taken_and_noted_one_mail_leaves_twice_under_one_name(announcement, sink):
    sink.after_data = instant = Instant(number=3)
    with killed_at(instant, sink):
        pass
    sink.after_data = None
    twice = sink.kept[2]

    leases_run_out()
    assert run_tick(sink) == 0

    assert len(sink.kept) == COUNT + 1
    copies = sink.of(twice.recipient)
    assert [copy.message_id for copy in copies] == [twice.message_id] * 2
    assert copies[0].content == copies[1].content
    assert sorted(set(recipients(sink))) == everybody()


def test_until_the_lease_runs_out_nobody_sends_what_another_holds(announcement, sink):
    sink.before_data = instant = Instant()
    with killed_at(instant, sink):
        pass
    sink.before_data = None

    assert run_tick(sink) == 0

    assert sink.kept == []
    assert Delivery.objects.sending().count() == COUNT


def test_killed_between_release_and_note_the_news_is_told(announcement, sink):
    assert Notification.objects.count() == 0

    assert run_tick(sink) == 0

    assert recipients(sink) == everybody()
    assert len(sink.kept) == COUNT


def test_killed_in_the_middle_of_fan_out_everybody_is_told_once(announcement, sink, monkeypatch):
    monkeypatch.setattr(fanout, "CHUNK", 2)
    fanout.note_announcement(announcement, at=now())
    fanout.fan_out_chunk(Notification.objects.get(), at=now())

    assert run_tick(sink) == 0

    assert len(sink.kept) == COUNT
    assert len(set(recipients(sink))) == COUNT


def test_a_question_survives_the_death_of_whoever_asked_it(sink):
    at = now()
    subscription = SubscriptionFactory(
        confirmed_at=None, channel__state="unconfirmed", channel__confirmed_at=None
    )
    owing.owe(
        kind=Notification.Kind.CONFIRM,
        key="confirm:1",
        channel=subscription.channel,
        subscription=subscription,
        payload={"asked_at": at.isoformat()},
        at=at,
    )
    sink.before_data = instant = Instant()
    with killed_at(instant, sink):
        pass
    sink.before_data = None

    leases_run_out()
    assert run_tick(sink) == 0

    assert recipients(sink) == [subscription.channel.address]
