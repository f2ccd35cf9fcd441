from datetime import UTC, date, datetime, timedelta

import pytest

from notifications import adjusting, signing, subscribing
from notifications.adjusting import Suiting, Wishes
from notifications.models import ConsentEvent, Delivery, Subscription
from notifications.subscribing import Origin
from notifications.wishes import News, Reminders
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    SubscriberFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")
LATER = NOON + timedelta(hours=5)
AT_ONCE = Wishes(News.LATER, 7, reminders=True, reminder_kinds=Reminders.BEGINS, cadence="at_once")
DAILY = Wishes(News.LATER, 7, reminders=True, reminder_kinds=Reminders.BEGINS, cadence="daily")
SUITING = Suiting("ja", "Asia/Tokyo", 7, 5, 22, 6, "stable", 3)


def events(channel):
    rows = ConsentEvent.objects.filter(channel=channel).order_by("pk")
    return list(rows.values_list("what", "subscription"))


def test_a_subscription_tells_from_now_on_what_is_wished():
    subscription = SubscriptionFactory()

    adjusting.adjust(subscription, DAILY, at=NOON)

    assert (
        Subscription.objects.filter(
            kinds=1, min_days=7, reminders=True, reminder_kinds=16, cadence="daily"
        ).get()
        == subscription
    )


def test_what_waited_for_a_digest_leaves_when_news_is_wanted_at_once():
    subscription = SubscriptionFactory(cadence="daily")
    of = {"channel": subscription.channel, "state": "batched", "next_attempt_at": LATER}
    waiting = DeliveryFactory(subscription=subscription, **of)
    digest = DeliveryFactory(channel=subscription.channel, subscription=None)
    in_a_digest = DeliveryFactory(subscription=subscription, within=digest, **of)
    of_another = DeliveryFactory(subscription=None, **of)

    adjusting.adjust(subscription, AT_ONCE, at=NOON)

    assert list(Delivery.objects.due(at=NOON).exclude(pk=digest.pk)) == [waiting]
    assert set(Delivery.objects.batched()) == {in_a_digest, of_another}


def test_what_waits_for_a_daily_digest_waits_on_for_a_weekly_one():
    subscription = SubscriptionFactory(cadence="weekly")
    waiting = DeliveryFactory(subscription=subscription, state="batched")

    adjusting.adjust(subscription, DAILY, at=NOON)

    assert list(Delivery.objects.batched()) == [waiting]


def test_a_reader_says_how_it_suits_him():
    subscriber = SubscriberFactory()

    adjusting.suit(subscriber, SUITING, at=NOON)

    subscriber.refresh_from_db()
    assert {name: getattr(subscriber, name) for name in SUITING.__dataclass_fields__} == {
        name: getattr(SUITING, name) for name in SUITING.__dataclass_fields__
    }


def test_a_pause_ends_when_its_day_begins_on_the_readers_wall():
    subscriber = SubscriberFactory(time_zone="Asia/Tokyo")

    adjusting.pause(subscriber, until=date(2026, 12, 3), at=NOON)

    subscriber.refresh_from_db()
    assert subscriber.paused_until == datetime(2026, 12, 2, 15, tzinfo=UTC)
    assert adjusting.paused_until_day(subscriber, at=NOON) == date(2026, 12, 3)
    assert adjusting.paused_until_day(subscriber, at=subscriber.paused_until) is None


def test_a_pause_goes_on_until_the_same_day_where_the_zone_is_another():
    subscriber = SubscriberFactory(time_zone="America/New_York")
    adjusting.pause(subscriber, until=date(2026, 12, 3), at=NOON)

    adjusting.suit(subscriber, SUITING, at=NOON)

    subscriber.refresh_from_db()
    assert subscriber.paused_until == datetime(2026, 12, 2, 15, tzinfo=UTC)


def test_what_a_pause_put_off_leaves_when_it_is_ended():
    paused_until = NOON + timedelta(days=9)
    channel = ChannelFactory(subscriber__paused_until=paused_until)
    put_off = DeliveryFactory(channel=channel, subscription=None, next_attempt_at=paused_until)
    refused = DeliveryFactory(
        channel=channel,
        subscription=None,
        next_attempt_at=LATER,
        reply_code=451,
        reply_text="greylisted",
    )
    of_another = DeliveryFactory(next_attempt_at=LATER)

    adjusting.resume(channel.subscriber, at=NOON)

    channel.subscriber.refresh_from_db()
    assert channel.subscriber.paused_until is None
    assert list(Delivery.objects.due(at=NOON)) == [put_off]
    assert set(Delivery.objects.exclude(next_attempt_at__lte=NOON)) == {refused, of_another}


def test_a_reminder_for_a_morning_comes_in_the_morning_of_the_new_zone():
    channel = ChannelFactory()
    reminder = DeliveryFactory(
        channel=channel,
        notification__kind="reminder",
        notification__local_on=date(2026, 11, 24),
        next_attempt_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    )

    adjusting.suit(channel.subscriber, SUITING, at=NOON)

    reminder.refresh_from_db()
    assert reminder.next_attempt_at == datetime(2026, 11, 23, 22, tzinfo=UTC)


def test_what_is_added_counts_at_once_with_a_proof():
    channel, programme = SubscriptionFactory().channel, ProgrammeFactory()

    added = adjusting.follow(channel, programme, reminders=True, origin=HERE, at=LATER)

    assert (added.follows, added.confirmed_at, added.reminders) == (programme, LATER, True)
    assert added.is_live
    assert events(channel) == [("confirmed", added.pk)]


def test_adding_what_is_followed_already_changes_nothing():
    subscription = SubscriptionFactory(kinds=1, cadence="weekly")

    again = adjusting.follow(subscription.channel, None, reminders=True, origin=HERE, at=LATER)

    assert again == subscription
    assert (again.kinds, again.cadence, again.reminders) == (1, "weekly", False)
    assert events(subscription.channel) == []


def test_adding_what_waits_for_its_confirmation_confirms_it():
    waiting = SubscriptionFactory(
        confirmed_at=None, channel__state="unconfirmed", channel__confirmed_at=None
    )

    adjusting.follow(waiting.channel, None, reminders=False, origin=HERE, at=LATER)

    assert Subscription.objects.live().get() == waiting


def test_a_muted_milestone_is_not_told_of_and_what_was_owed_of_it_is_not_sent():
    wide = SubscriptionFactory()
    milestone, other = MilestoneFactory(), MilestoneFactory()
    owed = [
        DeliveryFactory(
            channel=wide.channel, subscription=wide, notification__milestone=milestone, state=state
        )
        for state in ("queued", "batched")
    ]
    kept = [
        DeliveryFactory(channel=wide.channel, subscription=wide, notification__milestone=other),
        DeliveryFactory(notification__milestone=milestone),
    ]

    muted = adjusting.mute(wide.channel, milestone, origin=HERE, at=NOON)
    again = adjusting.mute(wide.channel, milestone, origin=HERE, at=LATER)

    assert muted == again
    assert (muted.cadence, muted.scope, muted.milestone) == ("muted", "milestone", milestone)
    cancelled = Delivery.objects.filter(state="cancelled", skip_reason="muted")
    assert set(cancelled) == set(owed)
    assert set(Delivery.objects.queued()) == set(kept)
    assert set(wide.channel.subscriptions.open()) == {wide, muted}


def test_unmuting_ends_the_silence_and_nothing_else():
    wide = SubscriptionFactory()
    muted = adjusting.mute(wide.channel, MilestoneFactory(), origin=HERE, at=NOON)

    adjusting.unmute(muted, origin=HERE, at=LATER)

    assert list(wide.channel.subscriptions.open()) == [wide]


def test_unmuting_brings_back_the_subscription_that_the_muting_ended():
    milestone = MilestoneFactory()
    narrow = SubscriptionFactory(scope="milestone", milestone=milestone, kinds=5, min_days=3)
    muted = adjusting.mute(narrow.channel, milestone, origin=HERE, at=NOON)
    assert list(narrow.channel.subscriptions.open()) == [muted]

    adjusting.unmute(muted, origin=HERE, at=LATER)

    back = narrow.channel.subscriptions.open().get()
    assert (back.milestone, back.kinds, back.min_days, back.cadence) == (milestone, 5, 3, "at_once")
    assert events(narrow.channel) == [("ended", narrow.pk), ("confirmed", back.pk)]


def test_following_a_muted_milestone_tells_of_it_again():
    wide, milestone = SubscriptionFactory(), MilestoneFactory()
    adjusting.mute(wide.channel, milestone, origin=HERE, at=NOON)

    added = adjusting.follow(wide.channel, milestone, reminders=False, origin=HERE, at=LATER)

    assert added.cadence == "at_once"
    assert set(wide.channel.subscriptions.open()) == {wide, added}


def test_taking_back_the_end_of_what_was_muted_since_tells_of_it_again():
    milestone = MilestoneFactory()
    narrow = SubscriptionFactory(scope="milestone", milestone=milestone, min_days=3)
    holder = signing.Holder(narrow.channel, narrow)
    subscribing.end(holder, everything=False, one_click=False, origin=HERE, at=NOON)
    adjusting.mute(narrow.channel, milestone, origin=HERE, at=NOON)

    again = subscribing.take_back(holder, origin=HERE, at=LATER)

    assert (again.cadence, again.min_days) == ("at_once", 3)
    assert list(narrow.channel.subscriptions.open()) == [again]
