"""Real rows for tests of the notifications: somebody who confirmed, unless said otherwise."""

import factory
from factory.django import DjangoModelFactory

from notifications.models import Channel, Delivery, Notification, Subscriber, Subscription
from notifications.models.address import address_key
from tests.clock import NOON
from tests.factories import MilestoneFactory


class SubscriberFactory(DjangoModelFactory[Subscriber]):
    class Meta:
        model = Subscriber

    created_at = NOON


class ChannelFactory(DjangoModelFactory[Channel]):
    class Meta:
        model = Channel

    subscriber = factory.SubFactory(SubscriberFactory)
    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    address_key = factory.LazyAttribute(lambda channel: address_key(channel.address))
    state = Channel.State.ACTIVE
    created_at = NOON
    confirmed_at = NOON


class SubscriptionFactory(DjangoModelFactory[Subscription]):
    class Meta:
        model = Subscription

    channel = factory.SubFactory(ChannelFactory)
    scope = Subscription.Scope.EVERYTHING
    created_at = NOON
    confirmed_at = NOON


class NotificationFactory(DjangoModelFactory[Notification]):
    class Meta:
        model = Notification

    key = factory.Sequence(lambda n: f"test:{n}")
    kind = Notification.Kind.CHANGE
    milestone = factory.SubFactory(MilestoneFactory)
    state = Notification.State.EXPANDED
    noted_at = NOON


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    notification = factory.SubFactory(NotificationFactory)
    channel = factory.SubFactory(ChannelFactory)
    subscription = factory.SubFactory(
        SubscriptionFactory, channel=factory.SelfAttribute("..channel")
    )
    owed_at = NOON
    next_attempt_at = NOON
