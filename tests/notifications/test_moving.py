from datetime import timedelta

import pytest

from notifications import moving, signing, subscribing
from notifications.models import (
    AddressChange,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscription,
    Suppression,
)
from notifications.models.address import address_key
from notifications.subscribing import Origin
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")
NEW = "new@example.net"
IN_TIME = NOON + timedelta(hours=72)
TOO_LATE = NOON + timedelta(hours=72, seconds=1)


def ask(channel, address=NEW, *, at=NOON, origin=HERE):
    return moving.ask_to_move(channel, address, origin=origin, at=at)


def token(change, side):
    channel = change.channel if side == "old" else change.candidate
    return signing.address_token(
        channel, change_id=change.pk, side=side, asked_at=change.asked_at.replace(microsecond=0)
    )


def agree(change, side, *, at=NOON):
    return moving.agree(token(change, side), origin=HERE, at=at)


def asked():
    """To whom the question goes, and as which side."""
    questions = Delivery.objects.filter(notification__kind="address").order_by("pk")
    return [(one.channel.address, one.notification.payload["side"]) for one in questions]


def test_both_mailboxes_are_asked():
    channel = SubscriptionFactory(channel__address="old@example.org").channel

    change = ask(channel, "New@Example.NET")

    assert asked() == [("old@example.org", "old"), ("New@example.net", "new")]
    assert change.candidate.state == Channel.State.UNCONFIRMED
    assert change.candidate.subscriber != channel.subscriber
    question = Notification.objects.get(key=f"address:{change.pk}:new")
    assert question.payload == {
        "asked_at": NOON.isoformat(),
        "side": "new",
        "new_address": "New@example.net",
        "change": change.pk,
    }
    assert question.expires_at == IN_TIME


@pytest.mark.parametrize("sides", [["old", "new"], ["new", "old"]])
def test_once_both_have_agreed_all_that_is_followed_moves(sides):
    subscription = SubscriptionFactory()
    channel = subscription.channel
    change = ask(channel)

    agree(change, sides[0])
    channel.refresh_from_db()
    assert channel.address != NEW
    agree(change, sides[1], at=IN_TIME)

    channel.refresh_from_db()
    assert (channel.address, channel.address_key) == (NEW, address_key(NEW))
    assert list(channel.subscriptions.open()) == [subscription]
    change.refresh_from_db()
    assert (change.candidate.state, change.candidate.address) == (Channel.State.ENDED, "")
    assert change.closed_at == IN_TIME
    events = ConsentEvent.objects.order_by("pk").values_list("what", "channel")
    assert list(events) == [("asked", channel.pk), ("moved", channel.pk)]


def test_links_in_old_mails_still_work_after_a_move():
    subscription = SubscriptionFactory()
    unsubscribe = signing.unsubscribe_token(subscription.channel, subscription)
    manage = signing.manage_token(subscription.channel, made_at=NOON)
    change = ask(subscription.channel)
    agree(change, "old")
    agree(change, "new")

    assert signing.read_unsubscribe_token(unsubscribe).subscription == subscription
    assert signing.read_manage_token(manage, at=NOON) == subscription.channel


@pytest.mark.parametrize("side", ["old", "new"])
def test_one_side_alone_moves_nothing_however_often_it_agrees(side):
    channel = SubscriptionFactory(channel__address="old@example.org").channel
    change = ask(channel)

    agree(change, side)
    agree(change, side, at=IN_TIME)

    channel.refresh_from_db()
    assert channel.address == "old@example.org"
    assert getattr(AddressChange.objects.get(), f"{side}_agreed_at") == NOON


def test_agreeing_again_after_the_move_changes_nothing():
    change = ask(SubscriptionFactory().channel)
    agree(change, "old")
    agree(change, "new")

    again = agree(change, "new", at=IN_TIME)

    assert again.new_agreed_at == NOON
    assert ConsentEvent.objects.filter(what="moved").count() == 1


def test_after_seventy_two_hours_nobody_can_agree_any_more():
    change = ask(SubscriptionFactory().channel)
    agree(change, "old", at=IN_TIME)

    with pytest.raises(signing.ExpiredToken):
        agree(change, "new", at=TOO_LATE)


def test_what_is_not_agreed_to_in_time_ends_by_itself_and_its_address_is_forgotten():
    change = ask(SubscriptionFactory().channel)

    assert moving.close_expired(at=IN_TIME - timedelta(seconds=1)) == 0
    assert moving.close_expired(at=IN_TIME) == 1
    assert moving.close_expired(at=TOO_LATE) == 0

    change.refresh_from_db()
    assert change.closed_at == IN_TIME
    assert (change.candidate.state, change.candidate.address) == (Channel.State.ENDED, "")
    payloads = Notification.objects.filter(kind="address").values_list("payload", flat=True)
    assert {payload["new_address"] for payload in payloads} == {""}
    assert set(Delivery.objects.values_list("state", "skip_reason")) == {
        ("cancelled", "no longer asked")
    }


def test_after_seventy_two_hours_a_move_is_asked_no_more_though_nobody_tidied_up():
    channel = SubscriptionFactory().channel
    ask(channel)

    assert moving.is_asked(channel, at=IN_TIME - timedelta(seconds=1))
    assert not moving.is_asked(channel, at=IN_TIME)


@pytest.mark.parametrize("who", ["reader", "disabled", "suppressed"])
def test_an_address_that_is_a_readers_or_suppressed_is_not_asked_and_never_moved_to(who):
    if who == "suppressed":
        key = address_key(NEW)
        Suppression.objects.create(address_key=key, reason="complaint", since=NOON)
    else:
        ChannelFactory(address=NEW, state="active" if who == "reader" else "disabled")
    channel = SubscriptionFactory(channel__address="old@example.org").channel

    change = ask(channel)
    agree(change, "old")

    assert asked() == [("old@example.org", "old")]
    assert change.candidate.address == ""
    channel.refresh_from_db()
    assert channel.address == "old@example.org"


def test_an_address_that_never_answered_may_be_moved_to():
    waiting = SubscriptionFactory(
        confirmed_at=None,
        channel__address=NEW,
        channel__state="unconfirmed",
        channel__confirmed_at=None,
    )
    channel = SubscriptionFactory().channel

    change = ask(channel)
    agree(change, "old")
    agree(change, "new")

    channel.refresh_from_db()
    assert channel.address == NEW
    waiting.refresh_from_db()
    assert (waiting.ended_at, waiting.ended_reason) == (NOON, "moved")


def test_an_address_that_became_a_readers_own_meanwhile_is_not_taken():
    change = ask(SubscriptionFactory(channel__address="old@example.org").channel)
    agree(change, "old")
    subscribing.ask(NEW, None, reminders=False, origin=HERE, at=NOON)
    own = Subscription.objects.get(channel__address=NEW)
    subscribing.confirm(signing.confirm_token(own, asked_at=NOON), origin=HERE, at=NOON)

    with pytest.raises(signing.TokenError):
        agree(change, "new")

    assert set(Channel.objects.active().values_list("address", flat=True)) == {
        "old@example.org",
        NEW,
    }


def test_asking_for_another_address_drops_what_was_asked_before():
    channel = SubscriptionFactory().channel
    first = ask(channel)
    ask(channel, "other@example.net")

    with pytest.raises(signing.TokenError):
        agree(first, "old")

    first.refresh_from_db()
    assert first.closed_at == NOON
    assert AddressChange.objects.filter(closed_at=None).get().candidate.address == (
        "other@example.net"
    )


def test_of_two_readers_who_want_the_same_address_the_first_to_agree_gets_it():
    one, other = SubscriptionFactory().channel, SubscriptionFactory().channel
    changes = [ask(one), ask(other)]
    agree(changes[0], "old")
    agree(changes[1], "old")
    agree(changes[1], "new")

    with pytest.raises(signing.TokenError):
        agree(changes[0], "new")

    assert list(Channel.objects.living().filter(address=NEW)) == [other]


def test_a_reader_asks_three_times_a_day_and_no_more():
    channel = SubscriptionFactory().channel
    for number in range(3):
        ask(channel, f"new{number}@example.net")

    with pytest.raises(moving.TooManyMoves):
        ask(channel)
    ask(channel, at=NOON + timedelta(days=1))


def test_an_address_is_asked_three_times_a_month_whoever_wants_to_move_there():
    for number in range(4):
        ask(SubscriptionFactory(channel__address=f"old{number}@example.org").channel)

    assert [address for address, side in asked() if side == "new"] == [NEW] * 3


@pytest.mark.parametrize("address", ["no address", "a@b.example\r\nBcc: c@d.example", ""])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match=r"not an e-mail address|label"):
        ask(SubscriptionFactory().channel, address)


def test_the_same_address_is_no_other():
    with pytest.raises(ValueError, match="This is the address already"):
        ask(SubscriptionFactory(channel__address="old@example.org").channel, "OLD@example.org")


def test_a_revoked_channel_agrees_to_nothing():
    channel = SubscriptionFactory().channel
    change = ask(channel)
    Channel.objects.filter(pk=channel.pk).update(version=2)

    with pytest.raises(signing.TokenError):
        agree(change, "old")
