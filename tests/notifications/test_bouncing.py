import uuid
from datetime import timedelta

import pytest

from notifications.bouncing import Report, Verdict, hear, verdict
from notifications.models import Channel, ConsentEvent, Delivery, Suppression
from tests.clock import NOON
from tests.notifications.factories import DeliveryFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def report(delivery=None, event="bounced", **said):
    metadata = {"delivery": str(delivery.message_id)} if delivery else {}
    return Report(**{"event": event, "metadata": metadata, "raw": {}, **said})


def seen(delivery):
    channel = Channel.objects.get(pk=delivery.channel_id)
    return channel.state, channel.failures


@pytest.mark.parametrize(
    ("event", "reason", "said", "raw", "found"),
    [
        ("bounced", "bounced", "smtp;550 5.1.1 no such user", {}, Verdict.DEAD),
        ("bounced", "bounced", "5.1.10 takes no mail", {}, Verdict.DEAD),
        ("bounced", "bounced", "552 5.2.2 mailbox full", {}, Verdict.FULL),
        ("bounced", "bounced", "452 4.2.2 over quota", {}, Verdict.FULL),
        ("bounced", "bounced", "550 5.7.1 blocked", {"Type": "HardBounce"}, Verdict.NOTHING),
        ("bounced", "bounced", "550 go away", {}, Verdict.FULL),
        ("bounced", "bounced", "550 unknown", {"Type": "HardBounce"}, Verdict.DEAD),
        ("bounced", "bounced", "", {"Type": "HardBounce"}, Verdict.DEAD),
        ("bounced", "bounced", "", {"Type": "SoftBounce"}, Verdict.FULL),
        ("bounced", "bounced", "", {"bounceType": "Permanent"}, Verdict.DEAD),
        ("rejected", "invalid", "", {}, Verdict.DEAD),
        ("rejected", "spam", "", {}, Verdict.COMPLAINT),
        ("complained", "spam", "", {}, Verdict.COMPLAINT),
        ("deferred", "", "450 4.7.1 greylisted", {}, Verdict.NOTHING),
        ("delivered", "", "", {}, Verdict.NOTHING),
        ("opened", "", "", {}, Verdict.NOTHING),
    ],
)
def test_a_report_means_one_thing(event, reason, said, raw, found):
    assert verdict(report(event=event, reject_reason=reason, said=said, raw=raw)) is found


def test_a_dead_mailbox_is_not_written_to_again():
    delivery = DeliveryFactory()

    hear(report(delivery, said="550 5.1.1 no such user"), at=NOON)

    assert seen(delivery) == ("disabled", 0)
    suppression = Suppression.objects.get()
    assert (suppression.address_key, suppression.reason) == (delivery.channel.address_key, "dead")
    event = ConsentEvent.objects.get()
    assert (event.what, event.delivery, event.happened_at) == ("bounced", delivery, NOON)
    assert Delivery.objects.get().reply_text == "came back: 550 5.1.1 no such user"


def test_who_complains_is_told_nothing_more():
    delivery = DeliveryFactory()

    hear(report(delivery, "complained"), at=NOON)

    assert Suppression.objects.get().reason == "complaint"
    subscription = delivery.channel.subscriptions.get()
    assert (subscription.ended_at, subscription.ended_reason) == (NOON, "complained")
    assert ConsentEvent.objects.get().what == "complained"
    assert seen(delivery)[0] == "disabled"


def test_a_mailbox_that_is_full_five_times_in_a_month_is_given_up():
    first = DeliveryFactory()
    others = [DeliveryFactory(channel=first.channel, subscription=None) for _ in range(4)]
    states = []

    for number, delivery in enumerate([first, *others]):
        hear(report(delivery, said="552 5.2.2 full"), at=NOON + number * DAY)
        states.append(seen(delivery))

    assert states == [("active", 1), ("active", 2), ("active", 3), ("active", 4), ("disabled", 0)]
    assert not Suppression.objects.exists()
    channel = Channel.objects.get()
    assert channel.disabled_reason == "5 mails came back within 30 days"


def test_after_a_month_the_count_begins_anew():
    first = DeliveryFactory()
    later = DeliveryFactory(channel=first.channel, subscription=None)

    hear(report(first, said="552 5.2.2 full"), at=NOON)
    hear(report(later, said="552 5.2.2 full"), at=NOON + 31 * DAY)

    assert seen(first) == ("active", 1)


@pytest.mark.parametrize("said", ["552 5.2.2 full", "550 5.1.1 no such user"])
def test_a_report_that_comes_again_changes_nothing(said):
    delivery = DeliveryFactory()
    hear(report(delivery, said=said), at=NOON)
    before = seen(delivery), Suppression.objects.count(), ConsentEvent.objects.count()

    hear(report(delivery, said=said), at=NOON + DAY)

    assert (seen(delivery), Suppression.objects.count(), ConsentEvent.objects.count()) == before


def test_a_complaint_after_a_bounce_still_ends_what_is_followed():
    delivery = DeliveryFactory()
    hear(report(delivery, said="552 5.2.2 full"), at=NOON)

    for _ in range(2):
        hear(report(delivery, "complained"), at=NOON)

    assert [event.what for event in ConsentEvent.objects.all()] == ["complained"]
    assert delivery.channel.subscriptions.get().ended_at == NOON


def test_who_had_everything_deleted_and_came_back_may_still_complain():
    delivery = DeliveryFactory()
    Suppression.objects.create(
        address_key=delivery.channel.address_key, reason="erased", since=NOON - DAY
    )

    hear(report(delivery, "complained"), at=NOON)

    assert Suppression.objects.get().reason == "complaint"


@pytest.mark.parametrize(
    "unknown",
    [
        {"metadata": {"delivery": str(uuid.UUID(int=9))}},
        {"metadata": {"delivery": "nonsense"}},
        {"metadata": {}, "message_id": "<somebody@elsewhere.example>"},
        {"metadata": {}},
    ],
)
def test_what_is_not_ours_is_nothing_to_us(unknown):
    delivery = DeliveryFactory()

    assert hear(report(said="550 5.1.1 no such user", **unknown), at=NOON) is Verdict.NOTHING

    assert seen(delivery) == ("active", 0)


def test_a_provider_that_keeps_no_metadata_may_keep_our_message_id():
    delivery = DeliveryFactory()
    message_id = f"<d.{delivery.message_id}@milepost.example>"

    hear(report(said="550 5.1.1 no", message_id=message_id), at=NOON)

    assert seen(delivery)[0] == "disabled"


@pytest.mark.parametrize("named", ["its own", "moved@example.org", "no address", ""])
def test_whatever_the_mailbox_is_called_now_the_delivery_is_found(named):
    delivery = DeliveryFactory()
    recipient = delivery.channel.address.upper() if named == "its own" else named

    hear(report(delivery, said="550 5.1.1 no", recipient=recipient), at=NOON)

    assert seen(delivery)[0] == "disabled"


def test_no_webhook_is_meant_by_what_is_said_of_mails():
    delivery = DeliveryFactory()
    Channel.objects.update(kind="webhook")

    hear(report(delivery, said="550 5.1.1 no"), at=NOON)

    assert seen(delivery)[0] == "active"
