"""What was told and is over: the rows go, what readers know and the numbers stay."""

from datetime import timedelta

import pytest

from notifications import fanout, forgetting, subscribing
from notifications.forgetting import forget
from notifications.models import (
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    RateBucket,
    ReminderPlan,
    Subscription,
)
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    NotificationFactory,
    SubscriberFactory,
    SubscriptionFactory,
)
from timeline import outbox

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
OLD = NOON - 91 * DAY


def told(milestone, channel, revision, *, ago=91 * DAY, **delivery):
    """A delivery of so long before noon."""
    at = NOON - ago
    sent = {"state": "sent", "sent_at": at} if "state" not in delivery else {}
    notification = NotificationFactory(milestone=milestone, revision=revision)
    return DeliveryFactory(
        notification=notification,
        channel=channel,
        subscription=None,
        owed_at=at,
        **sent,
        **delivery,
    )


@pytest.fixture
def moved():
    """A milestone with three revisions."""
    milestone = MilestoneFactory()
    dates = ("2027", "spring 2028", "autumn 2028")
    return milestone, [state(milestone, date).revision for date in dates]


def known():
    rows = Baseline.objects.order_by("channel", "milestone")
    return list(rows.values_list("channel", "milestone", "revision__number", "told"))


def test_of_old_deliveries_the_newest_that_each_reader_was_told_stays_known(moved):
    milestone, (first, second, third) = moved
    ada, eve = ChannelFactory(), ChannelFactory()
    other = MilestoneFactory()
    of_other = state(other, "2029").revision
    told(milestone, ada, second)
    told(milestone, ada, first)
    told(milestone, eve, first)
    told(other, eve, of_other)
    told(milestone, eve, third, state="failed")
    told(milestone, eve, second, state="cancelled", skip_reason="too late")

    forget(at=NOON)

    assert Delivery.objects.count() == 0
    assert known() == [
        (ada.pk, milestone.pk, 2, True),
        (eve.pk, milestone.pk, 1, True),
        (eve.pk, other.pk, 1, True),
    ]


def test_who_was_told_long_ago_is_told_that_it_moved_as_if_the_row_were_there():
    milestone = MilestoneFactory()
    state(milestone, "1 June 2027", announce=False)
    reader = SubscriptionFactory(min_days=365).channel
    SubscriptionFactory(min_days=365)
    told(milestone, reader, milestone.current_revision)
    forget(at=NOON)

    outbox.release(state(milestone, "15 June 2027").announcement, at=NOON)
    for released in fanout.released_and_not_noted():
        fanout.note_announcement(released, at=NOON)
    fanout.fan_out(Notification.objects.pending().get(), at=NOON)

    assert [owed.channel for owed in Delivery.objects.all()] == [reader]


@pytest.mark.parametrize(
    ("before", "was_told", "after"),
    [
        (0, False, (2, True)),
        (1, False, (2, True)),
        (1, True, (2, True)),
        (2, False, (2, True)),
        (3, False, (3, False)),
        (3, True, (3, True)),
    ],
)
def test_what_is_known_already_only_grows(moved, before, was_told, after):
    milestone, revisions = moved
    reader = ChannelFactory()
    revision = revisions[before - 1] if before else None
    Baseline.objects.create(channel=reader, milestone=milestone, revision=revision, told=was_told)
    told(milestone, reader, revisions[1])

    forget(at=NOON)

    assert known() == [(reader.pk, milestone.pk, *after)]


def test_each_notification_keeps_how_many_it_was_sent_to(moved):
    milestone, (first, *_) = moved
    notification = NotificationFactory(milestone=milestone, revision=first, sent_before=5)
    for number, outcome in enumerate(["sent", "sent", "failed", "cancelled"]):
        reason = "too late" if outcome == "cancelled" else ""
        sent_at = OLD if outcome == "sent" else None
        DeliveryFactory(
            notification=notification,
            channel__address=f"reader{number}@example.net",
            state=outcome,
            owed_at=OLD,
            sent_at=sent_at,
            skip_reason=reason,
        )

    forget(at=NOON)

    notification.refresh_from_db()
    assert (notification.sent_before, notification.failed_before) == (7, 1)


def test_what_is_owed_still_and_what_is_younger_stays(moved):
    milestone, (first, *_) = moved
    reader = ChannelFactory()
    kept = [
        told(milestone, reader, first, state="queued"),
        told(milestone, reader, first, state="batched"),
        told(milestone, reader, first, ago=89 * DAY),
    ]
    told(milestone, reader, first)

    forget(at=NOON)

    assert list(Delivery.objects.order_by("pk")) == kept


def test_a_digest_goes_before_a_member_that_is_younger():
    digest = DeliveryFactory(
        notification__kind="digest",
        notification__milestone=None,
        owed_at=OLD,
        state="sent",
        sent_at=OLD,
    )
    member = DeliveryFactory(channel=digest.channel, subscription=None, within=digest)
    ConsentEvent.objects.create(
        channel=digest.channel, delivery=digest, what="one_click", happened_at=OLD
    )

    forget(at=NOON)

    member.refresh_from_db()
    assert (member.within, ConsentEvent.objects.get().delivery) == (None, None)
    assert list(Notification.objects.all()) == [member.notification]


def test_reminders_of_last_year_go_and_those_to_come_stay(moved):
    milestone, (first, *_) = moved

    def plan(anchor, *, state, days):
        at = NOON - days * DAY
        return ReminderPlan.objects.create(
            milestone=milestone,
            statement=first.statement,
            anchor=anchor,
            fire_at=at,
            expires_at=at,
            state=state,
        )

    plan("a", state="fired", days=366)
    kept = [
        plan("b", state="fired", days=364),
        plan("c", state="planned", days=366),
        plan("d", state="planned", days=-366),
    ]

    forget(at=NOON)

    assert list(ReminderPlan.objects.order_by("anchor")) == kept


def test_of_what_strangers_asked_nothing_is_kept_that_limits_nothing():
    RateBucket.objects.create(name="empty", empty_at=NOON)
    RateBucket.objects.create(name="full", empty_at=NOON + HOUR)

    forget(at=NOON)

    assert RateBucket.objects.get().name == "full"


# ---- little by little --------------------------------------------------------------------------


def test_it_stops_when_its_time_is_over_and_goes_on_the_next_time(monkeypatch, moved):
    milestone, (first, *_) = moved
    readers = [ChannelFactory() for _ in range(5)]
    for reader in readers:
        told(milestone, reader, first)
    monkeypatch.setattr(forgetting, "BATCH", 2)
    left = []

    while not forget(at=NOON, seconds=0):
        left.append((Delivery.objects.count(), Baseline.objects.count()))

    assert left == [(3, 2), (1, 4), (0, 5)]


def test_a_second_run_changes_nothing(moved):
    milestone, (first, *_) = moved
    told(milestone, ChannelFactory(subscriber=SubscriberFactory()), first)
    origin = subscribing.Origin()
    subscribing.ask("ada@example.org", None, reminders=False, origin=origin, at=NOON)
    forget(at=NOON)
    before = [list(m.objects.order_by("pk").values()) for m in (Baseline, Channel, Subscription)]

    assert forget(at=NOON) is True

    after = [list(m.objects.order_by("pk").values()) for m in (Baseline, Channel, Subscription)]
    assert after == before
