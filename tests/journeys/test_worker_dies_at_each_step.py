"""A worker is killed at each step on the way of a mail; the next tick does the rest, once.

A mail leaves twice only if it died between the server's taking it and our noting that.
"""

from datetime import timedelta

import pytest

from tests.factories import MilestoneFactory, state
from tests.journeys.crew import all_sent, leases_run_out, recipients
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
    "between the claim and MAIL": ("before smtplib:SMTP.mail", 1),
    "between RCPT and DATA": ("after smtplib:SMTP.rcpt", 2),
    "between DATA and the mail": ("after smtplib:SMTP.send", 8),
    "between our note and the next mail": ("after notifications.sending:Sender.taken", 2),
    "after the last mail": ("before notifications.models.heartbeat:HeartbeatQuerySet.beat", 1),
}
ONE_TWICE = {
    "between the mail and the answer": ("after smtplib:SMTP.send", 9),
    "between the answer and our note": ("after smtplib:SMTP.data", 2),
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
