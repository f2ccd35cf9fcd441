"""A worker is killed at each step on the way of a mail; the next tick does the rest, once.

A mail leaves twice only if it died between the server's taking it and our noting that.
"""

from datetime import timedelta

import pytest

from notifications.models import Delivery, Heartbeat
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import all_sent, leases_run_out, recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now, until
from timeline.models import Announcement

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
]
READERS = 5

# Where it dies, and for the how manieth time it comes there. SMTP.send sends one line, or one mail:
# EHLO is the first, and each mail has four.
NOTHING_TWICE = {
    "after the release of the news": ("after timeline.outbox:release", 1),
    "after noting it": ("after notifications.fanout:note_announcement", 1),
    "between two chunks of the fan-out": ("after notifications.fanout:fan_out_chunk", 1),
    "between the fan-out and the claim": (
        "before notifications.models.delivery:DeliveryQuerySet.claim",
        1,
    ),
    "between the claim and MAIL": ("before notifications.transports.email:SMTPLine.carry", 1),
    "between RCPT and DATA": ("after smtplib:SMTP.send", 7),
    "between DATA and the mail": ("after smtplib:SMTP.send", 8),
    "between our note and the next mail": ("after notifications.sending:Sender.taken", 2),
    "after the last mail": ("before notifications.models.heartbeat:HeartbeatQuerySet.beat", 1),
}
ONE_TWICE = {
    "between the mail and the answer": ("after smtplib:SMTP.send", 9),
    "between the answer and our note": ("after notifications.transports.email:SMTPLine.carry", 2),
}


@pytest.fixture
def readers():
    """News that has settled, and those who follow it."""
    at = now()
    state(MilestoneFactory(title="NISAR launch"), "2027", at=at, on=at.date())
    Announcement.objects.update(settle_at=at - timedelta(seconds=1))
    following = SubscriptionFactory.create_batch(READERS)
    return sorted(one.channel.address for one in following)


def die(crew, instant):
    where, number = instant
    crew.dies(where, number=number)
    crew.broker.ask_for_a_tick()
    until(crew.has_died)


def recover(crew):
    leases_run_out()
    crew.broker.ask_for_a_tick()
    until(all_sent)


@pytest.mark.parametrize("instant", NOTHING_TWICE.values(), ids=NOTHING_TWICE)
def test_killed_there_every_mail_leaves_once(instant, readers, crew):
    die(crew, instant)

    recover(crew)

    assert recipients(crew.sink) == readers


@pytest.mark.parametrize("instant", ONE_TWICE.values(), ids=ONE_TWICE)
def test_killed_there_one_mail_leaves_twice_and_is_the_same(instant, readers, crew):
    die(crew, instant)
    in_doubt = crew.sink.kept[1]

    recover(crew)

    assert sorted({mail.recipient for mail in crew.sink.kept}) == readers
    assert len(crew.sink.kept) == READERS + 1
    assert [copy.content for copy in crew.sink.of(in_doubt.recipient)] == [in_doubt.content] * 2


# ---- digests -----------------------------------------------------------------------------------


@pytest.fixture
def digests(crew):
    """News that waits since the day before yesterday for the digests of those who follow it."""
    following = SubscriptionFactory.create_batch(READERS, cadence="daily")
    release_news()
    crew.tick()
    Delivery.objects.batched().update(owed_at=now() - timedelta(days=2))
    Heartbeat.objects.filter(name="digests").delete()
    return sorted(one.channel.address for one in following)


DIGESTS_NOT_TWICE = {
    "between the chunks of readers": ("after notifications.digesting:build", 1),
    "between the digests and the claim": ("after notifications.digesting:build", 3),
    "between digest and next": ("after notifications.sending:Sender.taken", 2),
}


@pytest.mark.parametrize("instant", DIGESTS_NOT_TWICE.values(), ids=DIGESTS_NOT_TWICE)
def test_killed_there_every_digest_leaves_once(instant, digests, crew):
    die(crew, instant)

    recover(crew)

    assert recipients(crew.sink) == digests


def test_killed_before_our_note_one_digest_leaves_twice_with_all_that_it_took_along(digests, crew):
    die(crew, ("before notifications.sending:mark_digest_sent", 2))
    in_doubt = crew.sink.kept[1]

    recover(crew)

    assert sorted({*recipients(crew.sink)}) == digests
    assert len(crew.sink.kept) == READERS + 1
    assert [copy.content for copy in crew.sink.of(in_doubt.recipient)] == [in_doubt.content] * 2
