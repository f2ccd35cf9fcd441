from datetime import timedelta

import pytest

from notifications import moving, subscribing
from notifications.forgetting import forget
from notifications.models import (
    AddressChange,
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscriber,
    Subscription,
    Suppression,
)
from notifications.subscribing import Origin
from tests.clock import NOON
from tests.factories import MilestoneFactory
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    SubscriberFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
HERE = Origin("192.0.2.0/24", "browser")


def ask(address="ada@example.org", *, at=NOON):
    subscribing.ask(address, None, reminders=False, origin=HERE, at=at)


# ---- who never answered ------------------------------------------------------------------------


def test_an_address_that_nobody_confirmed_is_deleted_whole_after_a_week():
    ask()

    forget(at=NOON + 7 * DAY)
    assert Channel.objects.count() == 1

    forget(at=NOON + 7 * DAY + HOUR)
    everything = (Channel, Subscriber, Subscription, ConsentEvent, Delivery, Notification)
    assert [model.objects.count() for model in everything] == [0] * 6


def test_the_week_begins_when_somebody_asked_last():
    ask()
    ask(at=NOON + 6 * DAY)

    forget(at=NOON + 8 * DAY)

    assert Subscription.objects.count() == 1


def test_what_a_reader_asked_for_and_did_not_confirm_goes_and_he_stays():
    reader = SubscriptionFactory(created_at=NOON)
    wish = SubscriptionFactory(
        channel=reader.channel, scope="milestone", milestone=MilestoneFactory(), confirmed_at=None
    )
    ConsentEvent.objects.create(
        channel=reader.channel, subscription=wish, what="asked", happened_at=NOON
    )

    forget(at=NOON + 8 * DAY)

    assert list(Subscription.objects.all()) == [reader]
    assert ConsentEvent.objects.count() == 0


def test_a_move_that_nobody_agreed_to_leaves_nothing_of_the_other_address():
    reader = SubscriptionFactory().channel
    moving.ask_to_move(reader, "new@example.net", origin=HERE, at=NOON)

    forget(at=NOON + 8 * DAY)

    assert list(Channel.objects.all()) == [reader]
    assert list(Subscriber.objects.all()) == [reader.subscriber]
    assert AddressChange.objects.count() == 0


# ---- who stopped -------------------------------------------------------------------------------


def left(*, ago, **channel):
    """A channel whose only subscription ended so long before noon."""
    long_ago = NOON - 400 * DAY
    channel = ChannelFactory(created_at=long_ago, confirmed_at=long_ago, **channel)
    SubscriptionFactory(
        channel=channel, created_at=long_ago, ended_at=NOON - ago, ended_reason="ended"
    )
    return channel


def test_the_address_of_who_stopped_is_forgotten_after_four_weeks():
    gone, lately = left(ago=29 * DAY, secret="s3cret"), left(ago=27 * DAY)
    muted = left(ago=29 * DAY)
    SubscriptionFactory(
        channel=muted, scope="milestone", milestone=MilestoneFactory(), cadence="muted"
    )
    follows = SubscriptionFactory(channel__created_at=NOON - 400 * DAY).channel
    reply = DeliveryFactory(
        channel=gone, subscription=None, state="failed", reply_text=f"550 <{gone.address}>"
    )
    Baseline.objects.create(channel=gone, milestone=MilestoneFactory())

    forget(at=NOON)

    kept = Channel.objects.order_by("pk").values_list("pk", "state", "address", "secret", "version")
    assert list(kept) == [
        (gone.pk, "ended", "", "", 2),
        (lately.pk, "active", lately.address, "", 1),
        (muted.pk, "ended", "", "", 2),
        (follows.pk, "active", follows.address, "", 1),
    ]
    reply.refresh_from_db()
    assert reply.reply_text == ""
    assert Baseline.objects.count() == 0


def test_how_it_suited_who_stopped_is_forgotten_unless_he_is_reached_otherwise():
    here, there = (SubscriberFactory(time_zone="Asia/Tokyo", digest_hour=7) for _ in range(2))
    left(ago=29 * DAY, subscriber=here)
    left(ago=29 * DAY, subscriber=there)
    ChannelFactory(subscriber=there)

    forget(at=NOON)

    kept = Subscriber.objects.order_by("pk").values_list("time_zone", "digest_hour")
    assert list(kept) == [("UTC", 8), ("Asia/Tokyo", 7)]


def test_who_did_something_lately_has_not_left():
    channel = left(ago=29 * DAY)
    ConsentEvent.objects.create(channel=channel, what="ended", happened_at=NOON - 27 * DAY)

    forget(at=NOON)

    assert Channel.objects.living().count() == 1


def test_an_address_that_takes_no_mail_is_forgotten_with_all_that_it_followed():
    subscription = SubscriptionFactory(
        channel__state="disabled", channel__created_at=NOON - 99 * DAY
    )
    owed = DeliveryFactory(channel=subscription.channel, subscription=subscription)
    ConsentEvent.objects.create(
        channel=subscription.channel, what="bounced", happened_at=NOON - 29 * DAY
    )
    Suppression.objects.create(
        address_key=subscription.channel.address_key, reason="dead", since=NOON - 29 * DAY
    )

    forget(at=NOON)

    subscription.refresh_from_db()
    owed.refresh_from_db()
    assert subscription.channel.address == ""
    assert subscription.ended_reason == "forgotten"
    assert owed.skip_reason == "channel not active"
    assert Suppression.objects.count() == 1


def test_a_webhook_that_began_to_fail_lately_is_kept():
    webhook = {"kind": "webhook", "address": "https://h.example", "address_key": "h"}
    failing = {"state": "disabled", "failing_since": NOON - 27 * DAY}
    ChannelFactory(created_at=NOON - 99 * DAY, **webhook, **failing)

    forget(at=NOON)

    assert Channel.objects.get().address == "https://h.example"


def test_the_chat_of_the_operator_is_never_forgotten():
    chat = ChannelFactory(kind="broadcast", address_key="chat", created_at=NOON - 99 * DAY)

    forget(at=NOON)

    assert list(Channel.objects.living()) == [chat]


def test_the_proof_is_kept_for_three_years_after_the_end():
    channel = left(ago=29 * DAY)
    subscription = channel.subscriptions.get()
    ConsentEvent.objects.create(
        channel=channel, subscription=subscription, what="ended", happened_at=NOON - 29 * DAY
    )

    forget(at=NOON + 3 * 365 * DAY - 29 * DAY)
    assert (ConsentEvent.objects.count(), Channel.objects.count()) == (1, 1)

    forget(at=NOON + 3 * 365 * DAY - 28 * DAY)
    everything = (Channel, Subscriber, Subscription, ConsentEvent)
    assert [model.objects.count() for model in everything] == [0] * 4


def test_what_a_reader_ended_three_years_ago_goes_while_he_follows_others():
    follows = SubscriptionFactory()
    SubscriptionFactory(
        channel=follows.channel,
        scope="milestone",
        milestone=MilestoneFactory(),
        ended_at=NOON - 3 * 365 * DAY - HOUR,
    )

    forget(at=NOON)

    assert list(Subscription.objects.all()) == [follows]
