"""Who would be told is counted; it is exactly who is owed it when it leaves."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import audience, fanout
from notifications.models import Delivery, Notification
from notifications.sending import send_due
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, ProgrammeFactory, state
from tests.notifications.factories import ChannelFactory, SubscriptionFactory
from timeline import outbox, publishing
from timeline.models import Announcement

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def launch():
    """Published, and everybody knows it."""
    milestone = MilestoneFactory(programme=ProgrammeFactory(), home_zone="Asia/Tokyo")
    state(milestone, "1 June 2027", announce=False)
    return milestone


@pytest.fixture
def clock():
    at = NOON

    def tick():
        nonlocal at
        at += MINUTE
        return at

    return tick


def announce(milestone, words, clock):
    state(milestone, words, on=TODAY, at=clock())
    return Announcement.objects.held().get()


def leave(held, clock):
    """Release it and owe it; returns how many are owed it, by cadence and kind of channel."""
    outbox.release(held, at=clock())
    (released,) = fanout.released_and_not_noted()
    fanout.note_announcement(released, at=clock())
    notification = Notification.objects.pending().get()
    fanout.fan_out(notification, at=clock())
    owed = Delivery.objects.filter(notification=notification)
    return Counter(owed.values_list("subscription__cadence", "channel__kind"))


def counted(held):
    return Counter({(one.cadence, one.kind): one.count for one in audience.of(held).shares})


def everybody(launch, clock):
    SubscriptionFactory.create_batch(3, milestone=launch, scope="milestone")
    SubscriptionFactory(scope="programme", programme=launch.programme, cadence="daily")
    SubscriptionFactory(cadence="weekly")


def some_want_larger_moves(launch, clock):
    SubscriptionFactory(min_days=10)
    SubscriptionFactory(min_days=100)
    SubscriptionFactory(kinds=2)


def some_are_muted_or_gone(launch, clock):
    SubscriptionFactory()
    muting = SubscriptionFactory(milestone=launch, scope="milestone", cadence="muted")
    SubscriptionFactory(channel=muting.channel)
    SubscriptionFactory(ended_at=NOON)
    SubscriptionFactory(channel__state="disabled")


def one_follows_it_three_times(launch, clock):
    channel = ChannelFactory()
    SubscriptionFactory(channel=channel, cadence="weekly")
    SubscriptionFactory(
        channel=channel, scope="programme", programme=launch.programme, cadence="daily"
    )
    SubscriptionFactory(
        channel=channel, scope="milestone", milestone=launch, min_days=100, cadence="at_once"
    )


def some_were_told_the_last_news(launch, clock):
    SubscriptionFactory(min_days=100)
    SubscriptionFactory(min_days=1)
    leave(announce(launch, "2 June 2027", clock), clock)
    send_due(at=clock(), seconds=5, transport=MemoryTransport())
    SubscriptionFactory(min_days=50)


def the_last_news_has_not_left(launch, clock):
    SubscriptionFactory(min_days=20)
    leave(announce(launch, "15 July 2027", clock), clock)


def some_were_told_what_was_wrong(launch, clock):
    SubscriptionFactory(min_days=10)
    SubscriptionFactory(min_days=300)
    leave(announce(launch, "1 August 2027", clock), clock)
    send_due(at=clock(), seconds=5, transport=MemoryTransport())
    SubscriptionFactory()
    wrong = launch.statements.get(standing="current")
    publishing.withdraw(wrong, at=clock(), reason="not said")
    outbox.discard(Announcement.objects.held().get(), at=clock(), reason="for the test")


STORIES = [
    everybody,
    some_want_larger_moves,
    some_are_muted_or_gone,
    one_follows_it_three_times,
    some_were_told_the_last_news,
    the_last_news_has_not_left,
    some_were_told_what_was_wrong,
]


@pytest.mark.parametrize("words", ["20 June 2027", "20 July 2027", "1 May 2027", "cancelled"])
@pytest.mark.parametrize("story", STORIES)
def test_who_is_counted_is_who_is_owed_it(launch, clock, story, words):
    story(launch, clock)
    held = announce(launch, words, clock)

    foreseen = counted(held)

    assert foreseen == leave(held, clock)


def test_it_counts_who_follows_and_who_is_told(launch, clock):
    some_want_larger_moves(launch, clock)

    found = audience.of(announce(launch, "20 June 2027", clock))

    assert (found.following, found.told, found.not_told) == (3, 1, 2)
    assert [one.how for one in found.shares] == ["e-mail, at once"]


def test_a_correction_is_told_from_what_was_wrong(launch, clock):
    SubscriptionFactory()
    leave(announce(launch, "1 August 2027", clock), clock)
    send_due(at=clock(), seconds=5, transport=MemoryTransport())
    wrong = launch.statements.get(standing="current")
    publishing.withdraw(wrong, at=clock(), reason="not said")

    (variant,) = audience.of(Announcement.objects.held().get()).variants

    assert (variant.base.edtf, variant.is_correction, variant.count) == ("2027-08-01", True, 1)


def test_counting_writes_nothing_and_asks_no_more_for_many(launch, clock):
    SubscriptionFactory()
    announce(launch, "20 June 2027", clock)
    with CaptureQueriesContext(connection) as for_one:
        audience.of(Announcement.objects.get())
    SubscriptionFactory.create_batch(20)

    with CaptureQueriesContext(connection) as for_many:
        audience.of(Announcement.objects.get())

    assert len(for_many) == len(for_one)
    assert not [one for one in for_many if not one["sql"].startswith("SELECT")]
    assert Notification.objects.count() == 0
