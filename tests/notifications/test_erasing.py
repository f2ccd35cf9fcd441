from datetime import timedelta

import pytest

from notifications import erasing, moving, sending, signing, subscribing
from notifications.models import (
    AddressChange,
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscription,
    Suppression,
)
from notifications.subscribing import Origin
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    NotificationFactory,
    SubscriberFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HERE = Origin("192.0.2.0/24", "browser")


@pytest.fixture
def reader():
    subscriber = SubscriberFactory(
        time_zone="Asia/Tokyo", language="ja", quiet_from=22, quiet_to=7, daily_cap=3
    )
    channel = ChannelFactory(subscriber=subscriber, address="ada@example.org", secret="s3cret")
    SubscriptionFactory(channel=channel)
    ConsentEvent.objects.create(
        channel=channel,
        what="confirmed",
        happened_at=NOON,
        network="192.0.2.0/24",
        browser_hash="abc",
    )
    return channel


def test_an_erased_address_leaves_nothing_that_says_who_it_was(reader):
    erasing.erase(reader, at=NOON)

    reader.refresh_from_db()
    assert (reader.address, reader.secret, reader.state) == ("", "", "ended")
    assert reader.version == 2
    assert list(ConsentEvent.objects.values_list("what", "network", "browser_hash")) == [
        ("confirmed", "", ""),
        ("erased", "", ""),
    ]
    usual = SubscriberFactory()
    for field in ("time_zone", "language", "quiet_from", "quiet_to", "daily_cap"):
        assert getattr(reader.subscriber, field) != ""
        reader.subscriber.refresh_from_db()
        assert getattr(reader.subscriber, field) == getattr(usual, field)


def test_all_that_was_followed_ends(reader):
    unconfirmed = SubscriptionFactory(
        channel=reader, scope="milestone", milestone=MilestoneFactory(), confirmed_at=None
    )

    erasing.erase(reader, at=NOON)

    unconfirmed.refresh_from_db()
    assert unconfirmed.ended_reason == "erased"
    assert Subscription.objects.open().count() == 0


def test_of_what_was_sent_the_numbers_stay_and_the_rest_never_leaves(reader):
    news = NotificationFactory()
    other = DeliveryFactory(notification=news)
    for state, times in {
        "sent": {"sent_at": NOON},
        "failed": {},
        "queued": {},
        "batched": {},
    }.items():
        notification = news if state == "sent" else NotificationFactory()
        DeliveryFactory(
            notification=notification, channel=reader, subscription=None, state=state, **times
        )

    erasing.erase(reader, at=NOON)
    wire = MemoryTransport()
    sending.send_chunk(at=NOON, transport=wire)

    assert list(Delivery.objects.all()) == [other]
    assert [parcel.recipient for parcel in wire.carried] == [other.channel.address]
    counts = Notification.objects.order_by("pk").values_list("sent_before", "failed_before")
    assert list(counts) == [(1, 0), (0, 1), (0, 0), (0, 0)]


def test_what_concerned_nobody_else_goes_whole(reader):
    to_one = {"notification__kind": "digest", "notification__milestone": None}
    digest = DeliveryFactory(channel=reader, subscription=None, **to_one)
    DeliveryFactory(channel=reader, subscription=None, state="batched", within=digest)
    another = DeliveryFactory(**to_one)

    erasing.erase(reader, at=NOON)

    kept = Notification.objects.exclude(kind="change")
    assert list(kept) == [another.notification]


def test_a_mail_that_a_sender_holds_is_not_sent_again(reader):
    delivery = DeliveryFactory(channel=reader, subscription=None)
    Delivery.objects.filter(pk=delivery.pk).claim(
        lease=delivery.message_id, until=NOON + DAY, at=NOON, limit=1
    )

    erasing.erase(reader, at=NOON)

    assert Delivery.objects.count() == 0


def test_its_links_work_no_more(reader):
    tokens = [
        (signing.read_unsubscribe_token, signing.unsubscribe_token(reader, None), {}),
        (signing.read_manage_token, signing.manage_token(reader, made_at=NOON), {"at": NOON}),
    ]

    erasing.erase(reader, at=NOON)

    for read, token, when in tokens:
        with pytest.raises(signing.TokenError):
            read(token, **when)


def test_erasing_twice_changes_nothing_more(reader):
    erasing.erase(reader, at=NOON)
    erasing.erase(reader, at=NOON + DAY)

    assert ConsentEvent.objects.filter(what="erased").count() == 1
    assert Suppression.objects.get().since == NOON


def test_the_other_ways_to_reach_a_reader_go_too_and_no_stranger(reader):
    webhook = ChannelFactory(
        subscriber=reader.subscriber, kind="webhook", address="https://h.example", address_key="h"
    )
    stranger = SubscriptionFactory()
    milestone = MilestoneFactory()
    Baseline.objects.create(channel=reader, milestone=milestone)
    kept = Baseline.objects.create(channel=stranger.channel, milestone=milestone)

    erasing.erase(reader, at=NOON)

    webhook.refresh_from_db()
    assert (webhook.state, webhook.address) == ("ended", "")
    assert list(Channel.objects.living()) == [stranger.channel]
    assert list(Subscription.objects.open()) == [stranger]
    assert list(Baseline.objects.all()) == [kept]
    assert [one.address_key for one in Suppression.objects.all()] == [reader.address_key]


def test_a_move_to_another_address_is_called_off_and_the_other_address_forgotten(reader):
    moving.ask_to_move(reader, "new@example.net", origin=HERE, at=NOON)

    erasing.erase(reader, at=NOON)

    assert AddressChange.objects.get().closed_at == NOON
    assert set(Channel.objects.values_list("state", "address")) == {("ended", "")}
    assert "new@example.net" not in str(list(Notification.objects.values("payload")))


def ask(at=NOON):
    subscribing.ask("ada@example.org", None, reminders=False, origin=HERE, at=at)


def test_nobody_but_its_owner_brings_an_erased_address_back(reader):
    erasing.erase(reader, at=NOON)

    ask()
    wire = MemoryTransport()
    sending.send_chunk(at=NOON, transport=wire)

    assert [parcel.recipient for parcel in wire.carried] == ["ada@example.org"]
    assert Subscription.objects.live().count() == 0
    assert Suppression.objects.count() == 1

    again = Subscription.objects.open().get()
    token = signing.confirm_token(again, asked_at=NOON)
    subscribing.confirm(token, origin=HERE, at=NOON)

    assert Subscription.objects.live().get() == again
    assert Suppression.objects.count() == 0
    assert again.channel.subscriber != reader.subscriber


@pytest.mark.parametrize("reason", ["dead", "complaint", "asked"])
def test_who_is_suppressed_for_another_reason_stays_so_after_erasing(reader, reason):
    Suppression.objects.create(address_key=reader.address_key, reason=reason, since=NOON - DAY)

    erasing.erase(reader, at=NOON)
    ask()

    assert Suppression.objects.get().reason == reason
    assert Delivery.objects.count() == 0
    assert Channel.objects.living().count() == 0


def test_news_of_an_import_does_not_reach_an_erased_address(reader):
    erasing.erase(reader, at=NOON)
    imported = SubscriptionFactory(channel__address="Ada@example.org")
    DeliveryFactory(channel=imported.channel, subscription=imported)
    wire = MemoryTransport()

    sending.send_chunk(at=NOON, transport=wire)

    assert wire.carried == []
    assert Delivery.objects.get().skip_reason == "suppressed"
