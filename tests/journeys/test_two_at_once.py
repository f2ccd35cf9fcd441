"""Two beats, two tickers, ticks that overlap: the same deliveries as from one."""

from contextlib import ExitStack

import pytest

from notifications.models import Delivery, Notification, ReminderPlan
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now, process
from timeline import outbox
from timeline.models import Announcement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("faults")]
FOLLOWERS = 8
NEWS = 3


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
