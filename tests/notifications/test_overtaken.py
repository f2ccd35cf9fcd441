"""News that was tried and waits for another try, when later news of the same milestone comes."""

from datetime import timedelta
from email import message_from_bytes, policy
from random import Random

import pytest

from notifications import retrying, sending
from notifications.models import Delivery
from notifications.tick import tick
from notifications.transports.base import ChannelError, Fault
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ADA = "ada@example.org"


@pytest.fixture
def launch():
    """Published as 1 June before anybody was told of anything; Ada follows it."""
    milestone = MilestoneFactory(title="ISSA-J1 launch")
    state(milestone, "1 June 2027", announce=False)
    SubscriptionFactory(channel__address=ADA)
    return milestone


@pytest.fixture
def wire():
    return MemoryTransport()


def refuse(wire):
    wire.refusals[ADA] = ChannelError(Fault.PASSING, "later", code=451)


def announce(milestone, words, wire, *, at):
    """Stated, settled, and sent or refused."""
    state(milestone, words, at=at, on=at.date())
    tick(at=at + 11 * MINUTE, transport=wire)


def announce_unsent(milestone, words, *, at):
    state(milestone, words, at=at, on=at.date())
    tick(at=at + 11 * MINUTE, seconds=0)


def subjects(wire):
    mails = [message_from_bytes(one.content, policy=policy.default) for one in wire.carried]
    return [mail["Subject"].removeprefix("ISSA-J1 launch: ") for mail in mails]


def test_news_that_was_refused_and_is_undone_is_told_to_nobody(launch, wire):
    refuse(wire)
    announce(launch, "15 June 2027", wire, at=NOON + HOUR)

    announce(launch, "1 June 2027", wire, at=NOON + HOUR + 2 * MINUTE)
    wire.refusals.clear()
    tick(at=NOON + 9 * HOUR, transport=wire)

    assert wire.carried == []


def test_news_that_was_refused_gives_way_to_later_news(launch, wire):
    refuse(wire)
    announce(launch, "15 June 2027", wire, at=NOON + HOUR)

    wire.refusals.clear()
    announce(launch, "1 August 2027", wire, at=NOON + HOUR + 12 * MINUTE)
    tick(at=NOON + 9 * HOUR, transport=wire)

    assert subjects(wire) == ["1 June 2027 → 1 August 2027"]


def test_news_that_may_have_arrived_is_known_when_it_is_undone(launch, wire):
    announce_unsent(launch, "15 June 2027", at=NOON + HOUR)
    at = NOON + HOUR + 12 * MINUTE
    Delivery.objects.queued().claim(lease=launch.uid, until=at, at=at, limit=1)
    retrying.reclaim(at=at + MINUTE)

    state(launch, "1 June 2027", at=at, on=at.date())
    tick(at=at + 11 * MINUTE, transport=wire)
    tick(at=at + 9 * HOUR, transport=wire)

    assert subjects(wire) == ["15 June 2027 → 1 June 2027"]


def test_news_refused_while_later_news_was_fanned_out_is_not_sent_after_that(launch, wire):
    announce_unsent(launch, "15 June 2027", at=NOON + HOUR)
    at = NOON + HOUR + 12 * MINUTE
    [held] = Delivery.objects.queued().claim(lease=launch.uid, until=at + HOUR, at=at, limit=1)
    announce_unsent(launch, "1 August 2027", at=at + MINUTE)
    error = ChannelError(Fault.PASSING, "later", code=451)
    retrying.refused(held, error, reached=True, at=at + 15 * MINUTE, random=Random(1))  # noqa: S311

    for hour in range(1, 4):
        sending.send_chunk(at=at + hour * HOUR, transport=wire)

    assert subjects(wire) == ["15 June 2027 → 1 August 2027"]
    assert Delivery.objects.get(pk=held.pk).skip_reason == "superseded"
