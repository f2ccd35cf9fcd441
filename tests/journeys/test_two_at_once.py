"""Two beats, two tickers, ticks that overlap: the same deliveries as from one."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from notifications.models import Delivery, Heartbeat, Notification, ReminderPlan
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import all_sent, recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now, process, until, worker
from timeline import outbox
from timeline.models import Announcement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("faults")]
FOLLOWERS = 8
NEWS = 3
SECOND = timedelta(seconds=1)


def test_four_ticks_at_once_are_as_good_as_one(sink):
    at = now()
    SubscriptionFactory.create_batch(FOLLOWERS)
    for _ in range(NEWS):
        milestone = MilestoneFactory(created_at=at)
        state(milestone, "2030", at=at, on=at.date())
    for announcement in Announcement.objects.all():
        outbox.release(announcement, at=at)

    with ExitStack() as running:
        ticks = [
            running.enter_context(process("manage.py", "notify_tick", sink=sink)) for _ in range(4)
        ]
        codes = [tick.wait(90) for tick in ticks]

    assert codes == [0] * 4
    assert Notification.objects.count() == NEWS
    assert Delivery.objects.filter(state="sent", attempts=1).count() == NEWS * FOLLOWERS
    assert len({mail.message_id for mail in sink.kept}) == len(sink.kept) == NEWS * FOLLOWERS
    assert ReminderPlan.objects.count() == NEWS * 4


@pytest.mark.redis
def test_two_beats_and_two_workers_tell_each_news_once(sink, broker):
    readers = sorted(one.channel.address for one in SubscriptionFactory.create_batch(FOLLOWERS))
    hasty = {"DJANGO_SETTINGS_MODULE": "tests.hasty_settings"}  # a beat each second
    release_news()

    with ExitStack() as running:
        for name in ("first", "second"):
            running.enter_context(worker(sink, "--hostname", name, **hasty))
            running.enter_context(
                process("-m", "celery", "-A", "tracker", "beat", sink=sink, **hasty)
            )
        until(all_sent)
        release_news()
        until(lambda: len(sink.kept) >= 2 * FOLLOWERS)
        told_at = now()
        until(Heartbeat.objects.filter(at__gt=told_at + 2 * SECOND).exists)  # some more ticks

    assert recipients(sink) == sorted(2 * readers)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
