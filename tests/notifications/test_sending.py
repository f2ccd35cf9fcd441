import uuid
from datetime import timedelta
from random import Random
from time import monotonic

import pytest

from notifications import retrying, sending
from notifications.composing import Press
from notifications.messages import change_facts
from notifications.models import (
    Channel,
    Circuit,
    ConsentEvent,
    Delivery,
    Notification,
    Subscription,
    Suppression,
)
from notifications.transports.base import ChannelError, Fault
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import DeliveryFactory, NotificationFactory
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
LEASE = uuid.UUID(int=7)


class Middle(Random):
    """No jitter: every wait is as long as the table says."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


@pytest.fixture
def news():
    """A notification of a slip, as it is after fan-out."""
    milestone = MilestoneFactory(title="NISAR launch")
    state(milestone, "spring 2027", announce=False)
    state(milestone, "autumn 2027", at=NOON)
    return NotificationFactory(
        milestone=milestone, payload=change_facts(Announcement.objects.get())
    )


@pytest.fixture
def wire():
    return MemoryTransport()


def owe(news, **values):
    return DeliveryFactory(notification=news, **values)


def send(wire, at=NOON):
    return sending.send_chunk(at=at, transport=wire, random=Middle())


def row(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def refuse(wire, delivery, fault, *, code=450, text="no"):
    wire.refusals[delivery.channel.address] = ChannelError(fault, text, code=code)


# ---- claiming ----------------------------------------------------------------------------------


def test_what_is_due_is_sent_once(news, wire):
    delivery = owe(news)

    counts = [send(wire), send(wire)]

    assert counts == [1, 0]
    assert [parcel.recipient for parcel in wire.carried] == [delivery.channel.address]
    sent = row(delivery)
    assert (sent.state, sent.sent_at, sent.attempts, sent.reply_code, sent.lease_token) == (
        "sent",
        NOON,
        1,
        250,
        None,
    )


def test_before_its_time_nothing_is_sent(news, wire):
    owe(news, next_attempt_at=NOON + MINUTE)

    assert send(wire) == 0


def test_a_chunk_leaves_over_one_connection(news, wire):
    for _ in range(3):
        owe(news)

    send(wire)

    assert (len(wire.carried), wire.connections) == (3, 1)


@pytest.fixture
def composed(monkeypatch, wire):
    """How many mails had been taken when each was composed, by its address."""
    found = {}

    def envelope(press, load):
        found[load.address] = len(wire.carried)
        return made(press, load)

    made = Press.envelope
    monkeypatch.setattr(Press, "envelope", envelope)
    return found


def test_the_next_mail_is_composed_while_the_server_answers_for_one(news, wire, composed):
    first, second, third = (owe(news) for _ in range(3))

    send(wire)

    assert composed == {
        first.channel.address: 0,
        second.channel.address: 0,
        third.channel.address: 1,
    }
    assert [parcel.recipient for parcel in wire.carried] == list(composed)


def test_a_mail_that_cannot_be_composed_takes_none_along(news, wire, monkeypatch):
    first, broken, third = (owe(news) for _ in range(3))

    def envelope(press, load):
        if load.pk == broken.pk:
            raise ValueError("unspeakable")
        return made(press, load)

    made = Press.envelope
    monkeypatch.setattr(Press, "envelope", envelope)

    send(wire)

    taken = [first.channel.address, third.channel.address]
    assert [parcel.recipient for parcel in wire.carried] == taken
    assert (row(broken).state, row(broken).reply_text) == ("queued", "ValueError")


def test_two_claims_never_get_the_same_row(news):
    for _ in range(3):
        owe(news)
    due = Delivery.objects.due(at=NOON)

    mine = due.claim(lease=uuid.uuid4(), until=NOON + MINUTE, at=NOON, limit=2)
    theirs = due.claim(lease=uuid.uuid4(), until=NOON + MINUTE, at=NOON, limit=2)

    assert (len(mine), len(theirs)) == (2, 1)
    assert not {one.pk for one in mine} & {one.pk for one in theirs}


def test_the_oldest_are_claimed_first(news):
    late = owe(news, next_attempt_at=NOON)
    early = owe(news, next_attempt_at=NOON - MINUTE)

    claimed = Delivery.objects.due(at=NOON).claim(
        lease=LEASE, until=NOON + MINUTE, at=NOON, limit=1
    )

    assert claimed == [early]
    assert row(late).state == "queued"


def test_every_try_has_the_same_message_id_and_date(news, wire):
    delivery = owe(news)
    Delivery.objects.due(at=NOON).claim(lease=LEASE, until=NOON + MINUTE, at=NOON, limit=1)
    retrying.reclaim(at=NOON + 2 * MINUTE)

    send(wire, at=NOON + 3 * MINUTE)

    assert f"Message-ID: <d.{delivery.message_id}@localhost>".encode() in wire.carried[0].content
    assert b"Date: Fri, 20 Nov 2026 12:00:00 +0000" in wire.carried[0].content


def test_two_tries_are_the_same_to_the_byte(news, wire):
    delivery = owe(news)
    send(wire)
    Delivery.objects.update(state="queued", sent_at=None)

    send(wire, at=NOON + MINUTE)

    first, second = (parcel.content for parcel in wire.carried)
    assert first == second
    assert row(delivery).attempts == 2


# ---- leases ------------------------------------------------------------------------------------


def test_what_a_dead_sender_held_is_owed_again(news, wire):
    delivery = owe(news)
    Delivery.objects.due(at=NOON).claim(lease=LEASE, until=NOON + MINUTE, at=NOON, limit=1)

    early = retrying.reclaim(at=NOON + MINUTE)
    reclaimed = retrying.reclaim(at=NOON + 2 * MINUTE)

    assert (early, reclaimed) == (0, 1)
    assert (row(delivery).state, row(delivery).lost_leases) == ("queued", 1)
    send(wire, at=NOON + 2 * MINUTE)
    assert row(delivery).state == "sent"


def test_what_killed_a_sender_is_sent_last_and_alone(news, wire):
    suspects = [owe(news, lost_leases=1, next_attempt_at=NOON - MINUTE) for _ in range(2)]
    innocent = owe(news)

    claimed = send(wire)

    assert claimed == 2
    assert [parcel.recipient for parcel in wire.carried] == [
        innocent.channel.address,
        suspects[0].channel.address,
    ]
    assert row(suspects[1]).state == "queued"


def test_what_kills_its_senders_time_and_again_is_given_up(news):
    delivery = owe(news)
    moment = NOON
    for _ in range(retrying.DEATHS):
        Delivery.objects.queued().claim(lease=LEASE, until=moment, at=moment, limit=1)
        moment += MINUTE
        retrying.reclaim(at=moment)

    assert (row(delivery).state, row(delivery).attempts) == ("failed", retrying.DEATHS)
    assert row(delivery).reply_text == "5 senders died of it"


def test_who_lost_the_lease_neither_sends_nor_says_what_became_of_it(news, wire):
    delivery = owe(news)
    sender = sending.Sender(NOON, wire, Middle(), sending.Press(), lease=LEASE)
    Delivery.objects.due(at=NOON).claim(lease=uuid.uuid4(), until=NOON, at=NOON, limit=1)

    still_held = list(sender.loads([delivery]))

    assert still_held == []
    assert row(delivery).state == "sending"


@pytest.mark.parametrize("error", [None, ChannelError(Fault.PASSING, "later", code=451)])
def test_who_lost_the_lease_while_sending_leaves_the_row_to_its_new_holder(
    news, wire, monkeypatch, error
):
    delivery = owe(news)
    carry = wire.carry

    def lose_lease_and_carry(parcel):
        Delivery.objects.filter(pk=delivery.pk).update(lease_token=LEASE)
        if error:
            raise error
        return carry(parcel)

    monkeypatch.setattr(wire, "carry", lose_lease_and_carry)

    send(wire)

    assert (row(delivery).state, row(delivery).lease_token) == ("sending", LEASE)


def test_a_slow_sender_keeps_its_lease(news, wire, monkeypatch, settings):
    delivery = owe(news)
    slow = timedelta(seconds=settings.EMAIL_TIMEOUT + 1)
    monkeypatch.setattr(sending, "monotonic", lambda: monotonic() + slow.total_seconds())
    leases = []
    carry = wire.carry

    def note_lease_and_carry(parcel):
        leases.append(row(delivery).lease_until)
        return carry(parcel)

    monkeypatch.setattr(wire, "carry", note_lease_and_carry)

    send(wire)

    assert [lease >= NOON + slow + sending.LEASE for lease in leases] == [True]


# ---- asked again before it leaves --------------------------------------------------------------


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (lambda one: Suppression.objects.create(
            address_key=one.channel.address_key, reason="dead", since=NOON), "suppressed"),
        (lambda one: Channel.objects.update(state="unconfirmed"), "channel not active"),
        (lambda one: Channel.objects.update(state="disabled"), "channel not active"),
        (lambda one: Channel.objects.update(state="ended", address=""), "channel not active"),
        (lambda one: Subscription.objects.all().end(at=NOON, reason="x"),
         "unsubscribed"),
        (lambda one: Notification.objects.update(expires_at=NOON - MINUTE), "too late"),
    ],
)  # fmt: skip
def test_what_nobody_should_get_any_more_is_cancelled(news, wire, happened, reason):
    delivery = owe(news)
    happened(delivery)

    send(wire)

    assert wire.carried == []
    assert (row(delivery).state, row(delivery).skip_reason) == ("cancelled", reason)
    assert wire.connections == 0


def test_a_question_goes_to_who_has_not_confirmed(wire):
    delivery = DeliveryFactory(
        notification=NotificationFactory(
            kind="confirm", milestone=None, payload={"asked_at": NOON.isoformat()}
        ),
        channel__state=Channel.State.UNCONFIRMED,
        channel__confirmed_at=None,
        subscription__confirmed_at=None,
    )

    send(wire)

    assert row(delivery).state == "sent"
    assert b"/subscribe/confirm/" in wire.carried[0].content


def test_a_question_goes_to_nobody_who_has_ended(wire):
    delivery = DeliveryFactory(
        notification=NotificationFactory(
            kind="confirm", milestone=None, payload={"asked_at": NOON.isoformat()}
        ),
        channel__state=Channel.State.ENDED,
    )

    send(wire)

    assert row(delivery).skip_reason == "channel not active"


# ---- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 5), (1, 15), (2, 60), (3, 180), (4, 360), (5, 720), (9, 720)]
)
def test_what_may_be_taken_later_waits_longer_each_time(news, wire, attempts, minutes):
    delivery = owe(news, attempts=attempts)
    refuse(wire, delivery, Fault.PASSING, code=451, text="greylisted")

    send(wire)

    refused = row(delivery)
    assert (refused.state, refused.attempts) == ("queued", attempts + 1)
    assert refused.next_attempt_at == NOON + timedelta(minutes=minutes)
    assert (refused.reply_code, refused.reply_text) == (451, "greylisted")


def test_a_wait_is_up_to_a_fifth_shorter_or_longer(news, wire):
    deliveries = [owe(news) for _ in range(20)]
    for delivery in deliveries:
        refuse(wire, delivery, Fault.PASSING)

    sending.send_chunk(at=NOON, transport=wire, random=Random(1))  # noqa: S311  (the same every time)

    waits = {row(delivery).next_attempt_at - NOON for delivery in deliveries}
    assert min(waits) >= 4 * MINUTE
    assert max(waits) <= 6 * MINUTE
    assert len(waits) == 20


def test_after_two_days_of_later_it_is_given_up(news, wire):
    delivery = owe(news, first_attempt_at=NOON - timedelta(hours=48))
    refuse(wire, delivery, Fault.PASSING)

    send(wire)

    assert row(delivery).state == "failed"


def test_a_mailbox_that_is_not_there_is_never_written_to_again(news, wire):
    delivery = owe(news)
    other = owe(news)
    refuse(wire, delivery, Fault.ADDRESS, code=550, text="5.1.1 no such user")

    send(wire)

    assert (row(delivery).state, row(delivery).reply_code) == ("failed", 550)
    assert Suppression.objects.of(delivery.channel.address).get().reason == "dead"
    assert Channel.objects.get(pk=delivery.channel_id).state == Channel.State.DISABLED
    assert ConsentEvent.objects.get().what == ConsentEvent.What.BOUNCED
    assert row(other).state == "sent"


def test_a_message_that_is_never_taken_fails_alone(news, wire):
    delivery, other = owe(news), owe(news)
    refuse(wire, delivery, Fault.MESSAGE, code=552, text="too big")

    send(wire)

    assert (row(delivery).state, row(other).state) == ("failed", "sent")
    assert Suppression.objects.count() == 0


def test_when_we_are_not_wanted_the_domain_waits_and_no_address_is_blamed(news, wire):
    refused = owe(news, channel__address="ada@strict.example")
    neighbour = owe(news, channel__address="eve@strict.example")
    elsewhere = owe(news, channel__address="bob@kind.example")
    refuse(wire, refused, Fault.POLICY, code=550, text="5.7.1 spam")

    send(wire)

    assert [parcel.recipient for parcel in wire.carried] == ["bob@kind.example"]
    assert (row(refused).state, row(refused).attempts) == ("queued", 0)
    assert (row(neighbour).state, row(neighbour).attempts) == ("queued", 0)
    assert row(neighbour).next_attempt_at == NOON + MINUTE
    assert row(refused).next_attempt_at == NOON + MINUTE + retrying.BEHIND_THE_OTHERS
    assert row(elsewhere).state == "sent"
    assert Suppression.objects.count() == 0
    assert Circuit.objects.get().name == "to:strict.example"


def test_one_mail_that_is_not_wanted_does_not_stop_its_neighbours(news, wire):
    refused = owe(news, channel__address="ada@strict.example")
    neighbour = owe(news, channel__address="eve@strict.example")
    refuse(wire, refused, Fault.POLICY)

    for minutes in range(3):
        send(wire, at=NOON + minutes * MINUTE)

    assert (row(refused).state, row(neighbour).state) == ("queued", "sent")


def test_after_five_days_of_not_being_wanted_it_is_given_up(news, wire):
    delivery = owe(news, first_attempt_at=NOON - timedelta(days=5))
    refuse(wire, delivery, Fault.POLICY)

    send(wire)

    assert row(delivery).state == "failed"


def test_a_relay_that_is_full_blames_no_row(news, wire):
    first, second = owe(news), owe(news)
    refuse(wire, first, Fault.RELAY, code=421, text="too many connections")

    send(wire)

    assert [(row(one).state, row(one).attempts) for one in (first, second)] == [("queued", 0)] * 2
    assert wire.carried == []
    assert Circuit.objects.get().name == retrying.RELAY


def test_a_row_that_breaks_the_line_waits_and_the_others_do_not(news, wire):
    breaks, other = owe(news), owe(news)
    refuse(wire, breaks, Fault.RELAY, code=None, text="connection lost")

    send(wire)
    send(wire, at=NOON + MINUTE)

    assert (row(breaks).state, row(breaks).attempts) == ("queued", 1)
    assert row(breaks).next_attempt_at == NOON + 5 * MINUTE
    assert row(other).state == "sent"


class Unreachable(MemoryTransport):
    def connect(self):
        raise ChannelError(Fault.RELAY, "connection refused")


def test_a_relay_that_is_down_for_days_fails_nothing(news, wire):
    deliveries = [owe(news, next_attempt_at=NOON - n * MINUTE) for n in range(3)]
    for hours in range(72):
        send(Unreachable(), at=NOON + timedelta(hours=hours))

    states = {(row(one).state, row(one).attempts) for one in deliveries}
    up_again = NOON + timedelta(hours=73)
    send(wire, at=up_again)
    send(wire, at=up_again)

    assert states == {("queued", 0)}
    assert [parcel.recipient for parcel in wire.carried] == [
        one.channel.address for one in reversed(deliveries)
    ]
    assert Circuit.objects.count() == 0


def test_while_the_relay_is_down_one_mail_is_risked_at_growing_intervals(news):
    for _ in range(3):
        owe(news)
    down = Unreachable()
    tried = [minute for minute in range(75) if send(down, at=NOON + minute * MINUTE)]

    assert tried == [0, 1, 3, 8, 18, 38, 68]


def test_of_two_workers_one_tries_the_relay_again(news):
    owe(news)
    send(Unreachable())
    at = NOON + 2 * MINUTE

    allowed = [Circuit.objects.may_try(retrying.RELAY, at=at) for _ in range(2)]

    assert allowed == [True, False]


def test_a_mistake_of_ours_in_one_row_stops_no_other(wire, news):
    poison = DeliveryFactory(notification=NotificationFactory(kind="confirm", payload={}))
    good = owe(news, next_attempt_at=NOON)

    send(wire)

    assert (row(poison).state, row(poison).reply_text) == ("queued", "KeyError")
    assert row(poison).next_attempt_at == NOON + 5 * MINUTE
    assert row(good).state == "sent"


def test_sending_goes_on_until_nothing_is_due(news, wire, monkeypatch):
    monkeypatch.setattr(sending, "CHUNK", 2)
    for _ in range(5):
        owe(news)

    sent = sending.send_due(at=NOON, seconds=30, transport=wire)

    assert sent == len(wire.carried) == 5
    assert wire.connections == 3


def test_sending_stops_when_its_time_is_over(news, wire):
    owe(news)

    assert sending.send_due(at=NOON, seconds=0, transport=wire) == 0
