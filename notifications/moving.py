"""How a reader moves to another address: both mailboxes agree, then all that he follows moves."""

from datetime import datetime, timedelta

from django.db import transaction

from notifications import owing, signing, subscribing
from notifications.models import (
    AddressChange,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscriber,
    Suppression,
)
from notifications.models.address import address_key, normalised
from notifications.subscribing import ONE_DAY, Origin

MOVES_A_DAY = 3
QUESTIONS = 3  # to one new address, whoever wants to move there
QUESTIONS_WITHIN = timedelta(days=30)
OLD, NEW = "old", "new"


class TooManyMoves(Exception):
    """A reader has asked to move too often in the last day."""


@transaction.atomic
def ask_to_move(channel: Channel, address: str, *, origin: Origin, at: datetime) -> AddressChange:
    """Owe both mailboxes the question; what was asked before is no longer asked.

    The caller learns nothing of the new address: where somebody is a reader already, or that is
    suppressed, nothing is sent and nothing will come of it. Raises ValueError for what is no
    other address, TooManyMoves and limits.TooManyRequests.
    """
    subscribing.refuse_floods(address, origin, at=at)
    mailbox = normalised(address)
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    if address_key(mailbox) == channel.address_key:
        raise ValueError("This is the address already.")
    asked = AddressChange.objects.filter(channel=channel)
    if asked.filter(asked_at__gt=at - ONE_DAY).count() >= MOVES_A_DAY:
        raise TooManyMoves
    for earlier in asked.filter(closed_at=None):
        close(earlier, at=at)
    return _ask_both(channel, mailbox, origin=origin, at=at)


@transaction.atomic
def agree(token: str, *, origin: Origin, at: datetime) -> AddressChange:
    """Note that one side agrees; once both have, it moves. Twice changes nothing more.

    Links in old mails work on: the channel stays what it was. Raises signing.TokenError.
    """
    found, side = signing.read_address_token(token, at=at)
    changes = AddressChange.objects.select_for_update(of=("self",))
    change = changes.select_related("channel", "candidate").get(pk=found.pk)
    if has_moved(change):
        return change
    if change.closed_at is not None:
        raise signing.TokenError
    agreed = f"{side}_agreed_at"
    if getattr(change, agreed) is None:
        setattr(change, agreed, at)
        change.save(update_fields=[agreed])
    if has_moved(change):
        _move(change, origin=origin, at=at)
    return change


def has_moved(change: AddressChange) -> bool:
    return change.old_agreed_at is not None and change.new_agreed_at is not None


def is_asked(channel: Channel, *, at: datetime) -> bool:
    """Whether both mailboxes may still agree; what is over is closed by the next tidying up."""
    asked = AddressChange.objects.filter(channel=channel, closed_at=None)
    return asked.filter(asked_at__gt=at - signing.CONFIRM_FOR).exists()


def close_expired(*, at: datetime) -> int:
    """End what has not been agreed to in time; returns how many there were."""
    late = AddressChange.objects.filter(closed_at=None, asked_at__lte=at - signing.CONFIRM_FOR)
    return sum(_close_one(change.pk, at=at) for change in late)


@transaction.atomic
def _close_one(pk: int, *, at: datetime) -> int:
    still_open = AddressChange.objects.select_for_update().filter(pk=pk, closed_at=None)
    for change in still_open:
        close(change, at=at)
    return len(still_open)


def _ask_both(channel: Channel, mailbox: str, *, origin: Origin, at: datetime) -> AddressChange:
    candidate = _candidate_at(mailbox, at=at)
    change = AddressChange.objects.create(channel=channel, candidate=candidate, asked_at=at)
    subscribing.record(ConsentEvent.What.ASKED, channel, origin=origin, at=at)
    _owe_the_question(change, OLD, channel, mailbox, at=at)
    if candidate.state != Channel.State.ENDED and not _was_asked_often(candidate, at=at):
        _owe_the_question(change, NEW, candidate, mailbox, at=at)
    return change


def _candidate_at(mailbox: str, *, at: datetime) -> Channel:
    """Who is asked at the new address; one that has ended where nobody must be."""
    key = address_key(mailbox)
    living = Channel.objects.living().at_address(mailbox).first()
    if living is not None and living.state == Channel.State.UNCONFIRMED:
        return living
    nobody = living is not None or Suppression.objects.filter(address_key=key).exists()
    # A subscriber of its own: whoever reads that mailbox is a stranger until both have agreed.
    return Channel.objects.create(
        subscriber=Subscriber.objects.create(created_at=at),
        address="" if nobody else mailbox,
        address_key=key,
        state=Channel.State.ENDED if nobody else Channel.State.UNCONFIRMED,
        created_at=at,
    )


def _was_asked_often(candidate: Channel, *, at: datetime) -> bool:
    questions = Delivery.objects.filter(
        channel__address_key=candidate.address_key,
        notification__kind=Notification.Kind.ADDRESS,
        owed_at__gt=at - QUESTIONS_WITHIN,
    )
    return questions.count() >= QUESTIONS


def _owe_the_question(
    change: AddressChange, side: str, channel: Channel, new_address: str, *, at: datetime
) -> None:
    asked_at = at.replace(microsecond=0)
    owing.owe(
        kind=Notification.Kind.ADDRESS,
        key=_key(change, side),
        channel=channel,
        subscription=None,
        payload={
            "asked_at": asked_at.isoformat(),
            "side": side,
            "new_address": new_address,
            "change": change.pk,
        },
        at=at,
        expires_at=asked_at + signing.CONFIRM_FOR,
    )


def _move(change: AddressChange, *, origin: Origin, at: datetime) -> None:
    """Raises signing.TokenError where the new address has become a reader's own meanwhile."""
    channel = Channel.objects.living().select_for_update().filter(pk=change.channel_id).first()
    candidate = Channel.objects.select_for_update().get(pk=change.candidate_id)
    is_suppressed = Suppression.objects.filter(address_key=candidate.address_key).exists()
    if channel is None or candidate.state != Channel.State.UNCONFIRMED or is_suppressed:
        raise signing.TokenError
    channel.address, channel.address_key = candidate.address, candidate.address_key
    candidate.subscriptions.end(at=at, reason=ConsentEvent.What.MOVED)
    _end(candidate)
    close(change, at=at)
    channel.save(update_fields=["address", "address_key"])
    change.channel = channel
    subscribing.record(ConsentEvent.What.MOVED, channel, origin=origin, at=at)


def close(change: AddressChange, *, at: datetime) -> None:
    """Ask no more, and keep no address that nobody agreed to."""
    change.closed_at = at
    change.save(update_fields=["closed_at"])
    questions = Notification.objects.filter(key__in=[_key(change, OLD), _key(change, NEW)])
    for question in questions:
        question.payload["new_address"] = ""
        question.save(update_fields=["payload"])
    Delivery.objects.queued().filter(notification__in=questions).update(
        state=Delivery.State.CANCELLED, skip_reason="no longer asked"
    )
    candidate = Channel.objects.get(pk=change.candidate_id)
    wanted = AddressChange.objects.filter(candidate=candidate, closed_at=None).exists()
    if candidate.state == Channel.State.UNCONFIRMED and not (
        wanted or candidate.subscriptions.open().exists()
    ):
        _end(candidate)


def _end(candidate: Channel) -> None:
    candidate.state, candidate.address = Channel.State.ENDED, ""
    candidate.save(update_fields=["state", "address"])


def _key(change: AddressChange, side: str) -> str:
    return f"address:{change.pk}:{side}"
