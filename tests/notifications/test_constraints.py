"""What the database itself refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Channel, Delivery, Notification, Subscription
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    NotificationFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return str(error.value)


def test_a_mailbox_has_one_living_channel():
    ended = ChannelFactory(address="ada@example.org", state=Channel.State.ENDED)
    ChannelFactory(address="ada@example.org")

    refused(lambda: ChannelFactory(address="ADA@Example.org"))
    assert Channel.objects.living().at_address("Ada@EXAMPLE.org").count() == 1
    assert ended in Channel.objects.at_address("ada@example.org")


def test_an_active_channel_was_confirmed():
    assert "channel_active_is_confirmed" in refused(
        lambda: ChannelFactory(state=Channel.State.ACTIVE, confirmed_at=None)
    )


def test_a_living_channel_has_an_address():
    channel = ChannelFactory()

    assert "channel_living_has_address" in refused(
        lambda: Channel.objects.filter(pk=channel.pk).update(address="")
    )


@pytest.mark.parametrize("scope", Subscription.Scope)
def test_a_subscription_names_what_its_scope_says(scope):
    wrong = (
        {"programme": ProgrammeFactory()}
        if scope == "milestone"
        else {"milestone": MilestoneFactory()}
    )

    assert "subscription_scope_says_of_what" in refused(
        lambda: SubscriptionFactory(scope=scope, **wrong)
    )


def test_a_subscription_names_no_two_things():
    assert "subscription_scope_says_of_what" in refused(
        lambda: SubscriptionFactory(
            scope="milestone", milestone=MilestoneFactory(), programme=ProgrammeFactory()
        )
    )


@pytest.mark.parametrize(
    ("scope", "followed"),
    [("everything", {}), ("programme", {"programme": ProgrammeFactory})],
)
def test_a_channel_follows_a_thing_once_at_a_time(scope, followed):
    followed = {name: make() for name, make in followed.items()}
    first = SubscriptionFactory(scope=scope, **followed)

    refused(lambda: SubscriptionFactory(channel=first.channel, scope=scope, **followed))
    Subscription.objects.filter(pk=first.pk).end(at=NOON, reason="test")
    SubscriptionFactory(channel=first.channel, scope=scope, **followed)

    assert Subscription.objects.open().count() == 1


def test_a_notification_is_owed_to_a_channel_once():
    delivery = DeliveryFactory()

    refused(lambda: DeliveryFactory(notification=delivery.notification, channel=delivery.channel))


def test_a_key_is_noted_once():
    NotificationFactory(key="change:1")

    refused(lambda: NotificationFactory(key="change:1"))


def test_news_is_of_a_milestone():
    assert "notification_has_milestone" in refused(
        lambda: NotificationFactory(kind=Notification.Kind.CHANGE, milestone=None)
    )


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ({"state": Delivery.State.SENDING}, "delivery_lease_while_sending"),
        ({"state": Delivery.State.QUEUED, "lease_until": NOON}, "delivery_lease_while_sending"),
        ({"state": Delivery.State.SENT}, "delivery_sent_at"),
        ({"sent_at": NOON}, "delivery_sent_at"),
        ({"state": Delivery.State.CANCELLED}, "delivery_cancelled_for_a_reason"),
        ({"skip_reason": "unsubscribed"}, "delivery_cancelled_for_a_reason"),
    ],
)
def test_a_delivery_says_all_that_its_state_needs(values, promise):
    delivery = DeliveryFactory()

    assert promise in refused(lambda: Delivery.objects.filter(pk=delivery.pk).update(**values))
