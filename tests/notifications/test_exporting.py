import json

import pytest
from django.apps import apps

from notifications import exporting
from notifications.models import (
    AddressChange,
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    Subscriber,
    Subscription,
    Suppression,
)
from notifications.wishes import News, Reminders
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import (
    ChannelFactory,
    DeliveryFactory,
    NotificationFactory,
    SubscriberFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """Somebody with one row of everything."""
    milestone = MilestoneFactory(title="ISSA-J1 launch")
    revision = state(milestone, "spring 2027").revision
    subscriber = SubscriberFactory(time_zone="Asia/Tokyo", digest_hour=7)
    channel = ChannelFactory(subscriber=subscriber, address="ada@example.org", secret="s3cret")
    subscription = SubscriptionFactory(
        channel=channel,
        scope="milestone",
        milestone=milestone,
        kinds=News.LATER | News.CANCELLED,
        reminder_kinds=Reminders.DAY_AHEAD,
    )
    notification = NotificationFactory(
        milestone=milestone, revision=revision, payload={"title": "ISSA-J1 launch", "news": "2027"}
    )
    delivery = DeliveryFactory(
        notification=notification,
        channel=channel,
        subscription=subscription,
        state="sent",
        sent_at=NOON,
    )
    ConsentEvent.objects.create(
        channel=channel,
        subscription=subscription,
        delivery=delivery,
        what="confirmed",
        happened_at=NOON,
        network="192.0.2.0/24",
    )
    Baseline.objects.create(channel=channel, milestone=milestone, revision=revision)
    candidate = ChannelFactory(state="unconfirmed", confirmed_at=None)
    AddressChange.objects.create(channel=channel, candidate=candidate, asked_at=NOON)
    Suppression.objects.create(address_key=channel.address_key, reason="asked", since=NOON)
    return channel


def test_a_reader_gets_every_row_with_all_that_it_says(reader):
    said = exporting.everything_about(reader)

    (channel,) = said["channels"]
    assert json.loads(json.dumps(said)) == said
    assert said["subscriber"] == {
        "id": reader.subscriber_id,
        "language": "en",
        "time_zone": "Asia/Tokyo",
        "digest_hour": 7,
        "digest_weekday": 1,
        "quiet_from": None,
        "quiet_to": None,
        "paused_until": None,
        "subject": "news",
        "daily_cap": 10,
        "created_at": NOON.isoformat(),
    }
    assert (channel["address"], channel["state"]) == ("ada@example.org", "active")
    assert channel["confirmed_at"] == NOON.isoformat()
    (subscription,) = channel["subscriptions"]
    assert subscription["follows"] == "ISSA-J1 launch"
    assert subscription["kinds"] == ["later", "cancelled"]
    assert subscription["reminder_kinds"] == ["day ahead"]
    (delivery,) = channel["deliveries"]
    assert (delivery["state"], delivery["sent_at"]) == ("sent", NOON.isoformat())
    assert delivery["notification"]["kind"] == "a date changed"
    assert delivery["notification"]["payload"] == {"title": "ISSA-J1 launch", "news": "2027"}
    (event,) = channel["consent"]
    assert (event["what"], event["network"]) == ("confirmed", "192.0.2.0/24")
    assert channel["known"][0]["revision"] == "ISSA-J1 launch, revision 1"
    assert channel["moves"][0]["asked_at"] == NOON.isoformat()
    assert channel["suppression"][0]["reason"] == "asked"


def leads_to_a_reader(model):
    """Whether a row of the model belongs to a channel or a subscriber, over however many others."""
    named = {f.related_model for f in model._meta.concrete_fields if f.is_relation} - {model}
    named &= {*apps.get_app_config("notifications").get_models()}
    return bool(named & {Channel, Subscriber}) or any(map(leads_to_a_reader, named))


def test_no_kind_of_row_that_belongs_to_a_reader_is_forgotten():
    models = apps.get_app_config("notifications").get_models()
    belonging = {model for model in models if leads_to_a_reader(model)}
    exported = {query(Channel(pk=1)).model for query in exporting.OF_A_CHANNEL.values()}

    assert belonging - exported == {Channel}
    assert exported - belonging == {Suppression}


def test_only_keys_and_secrets_are_kept_back():
    delivery = DeliveryFactory()
    suppression = Suppression(pk=1, address_key="key", reason="dead", since=NOON)
    rows = [delivery.channel, delivery.subscription, delivery, suppression]

    kept_back = {
        type(row): {field.name for field in row._meta.concrete_fields} - set(exporting.record(row))
        for row in rows
    }

    assert kept_back == {
        Channel: {"secret", "address_key", "version"},
        Subscription: set(),
        Delivery: {"lease_token", "lease_until", "lost_leases"},
        Suppression: {"address_key"},
    }


def test_a_reader_gets_nothing_of_another(reader):
    DeliveryFactory(channel__address="eve@example.org")

    said = json.dumps(exporting.everything_about(reader))

    assert "eve@example.org" not in said
    assert len(exporting.everything_about(reader)["channels"]) == 1


def test_a_reader_gets_what_his_mailbox_had_before_and_his_other_channels(reader):
    ChannelFactory(address="ADA@example.org", state="ended")
    ChannelFactory(
        subscriber=reader.subscriber, kind="webhook", address="https://h.example", address_key="h"
    )

    said = exporting.everything_about(reader)["channels"]

    assert {one["address"] for one in said} == {
        "ada@example.org",
        "ADA@example.org",
        "https://h.example",
    }


def test_a_long_history_costs_no_more_queries(reader, django_assert_num_queries):
    for _ in range(5):
        milestone = MilestoneFactory()
        revision = state(milestone, "2027").revision
        notification = NotificationFactory(milestone=milestone, revision=revision, base=revision)
        DeliveryFactory(notification=notification, channel=reader, subscription=None, base=revision)

    with django_assert_num_queries(8):
        exporting.everything_about(Channel.objects.select_related("subscriber").get(pk=reader.pk))
