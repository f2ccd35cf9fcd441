"""What becomes of a delivery that was not taken, or that nobody should get any more."""

import logging
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F

from notifications import ailing
from notifications.models import Channel, Circuit, ConsentEvent, Delivery, Suppression
from notifications.transports.base import ChannelError, Fault

# After the first refusal wait so long, after the second …; the last one from then on.
WAITS = [
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
]
SPREAD = 0.2  # a wait is up to so much shorter or longer: who was refused together returns apart
GIVE_UP_AFTER = timedelta(hours=48)
# Servers are waited for as long: to them it is all the same when they are told.
GIVE_UP_UNWANTED_AFTER = timedelta(days=5)
BEHIND_THE_OTHERS = timedelta(seconds=30)
# So many senders may die with a row in hand before the row is blamed and given up.
DEATHS = 5
RELAY = "relay"

Said = dict[str, object]
State = Delivery.State
logger = logging.getLogger(__name__)


def refused(
    delivery: Delivery, error: ChannelError, *, reached: bool, at: datetime, random: Random
) -> None:
    """Queue it again or give it up, by whose fault it was. The caller holds its lease.

    `reached` says that there was a line to the relay at all.
    """
    said: Said = {"reply_code": error.code, "reply_text": error.text[:200]}
    if delivery.channel.kind != Channel.Kind.EMAIL and not error.permanent:
        ailing.note_failure(delivery.channel_id, text=str(error), at=at)
    match error.fault:
        case Fault.ADDRESS:
            _bury(delivery, said, at=at)
        case Fault.MESSAGE:
            give_up(delivery, **said)
        case Fault.POLICY:
            _unwanted(delivery, error, said, at=at)
        case Fault.PASSING:
            _try_later(delivery, said, at=at, random=random, at_least=error.wait)
        case Fault.RELAY:
            retry_at = Circuit.objects.trip(RELAY, at=at, reply=str(error))
            if not reached:
                put_back(delivery, **said)
            elif error.code is None:  # the line broke with this row on it, perhaps because of it
                _try_later(delivery, said, at=at, random=random)
            else:
                put_back(delivery, next_attempt_at=retry_at + BEHIND_THE_OTHERS, **said)


def broken(delivery: Delivery, error: Exception, *, at: datetime, random: Random) -> None:
    """A mistake of ours met in this row. It is tried again, for a newer version may mend it."""
    logger.error("delivery %s cannot be sent", delivery.pk, exc_info=error)
    _try_later(delivery, {"reply_text": type(error).__name__}, at=at, random=random)


def leave(delivery: Delivery, state: State = State.QUEUED, **more: object) -> None:
    """Owed as before it was claimed: nobody has tried to send it."""
    first = None if delivery.attempts == 1 else delivery.first_attempt_at
    _settle(delivery, state, attempts=F("attempts") - 1, first_attempt_at=first, **more)


def put_back(delivery: Delivery, **changes: object) -> None:
    """Owed still: it was tried, but the attempt does not count."""
    _settle(delivery, Delivery.State.QUEUED, attempts=F("attempts") - 1, **changes)


def cancel(delivery: Delivery, *, reason: str) -> None:
    _settle(delivery, Delivery.State.CANCELLED, skip_reason=reason)


def give_up(delivery: Delivery, **said: object) -> None:
    logger.warning("delivery %s failed: %s", delivery.pk, said.get("reply_text"))
    _settle(delivery, Delivery.State.FAILED, **said)


def reclaim(*, at: datetime) -> int:
    """Owe again what a sender took and never came back from; returns how many rows that were.

    A row with which senders die time and again is given up instead, and seen in the admin.
    """
    gone = {
        "lost_leases": F("lost_leases") + 1,
        "lease_token": None,
        "lease_until": None,
        "reply_code": None,  # what it was told before is not the answer to this try
    }
    abandoned = Delivery.objects.abandoned(at=at)
    given_up = abandoned.filter(lost_leases__gte=DEATHS - 1).update(
        state=Delivery.State.FAILED, reply_text=f"{DEATHS} senders died of it", **gone
    )
    return given_up + abandoned.update(state=Delivery.State.QUEUED, **gone)


def _try_later(
    delivery: Delivery,
    said: Said,
    *,
    at: datetime,
    random: Random,
    at_least: timedelta | None = None,
) -> None:
    is_mail = delivery.channel.kind == Channel.Kind.EMAIL
    give_up_after = GIVE_UP_AFTER if is_mail else GIVE_UP_UNWANTED_AFTER
    if at - (delivery.first_attempt_at or at) >= give_up_after:
        give_up(delivery, **said)
        return
    wait = WAITS[min(delivery.attempts, len(WAITS)) - 1] * random.uniform(1 - SPREAD, 1 + SPREAD)
    longest = max(wait, min(at_least or wait, WAITS[-1]))
    _settle(delivery, Delivery.State.QUEUED, next_attempt_at=at + longest, **said)


def _unwanted(delivery: Delivery, error: ChannelError, said: Said, *, at: datetime) -> None:
    retry_at = Circuit.objects.trip(delivery.channel.circuit, at=at, reply=str(error))
    if at - (delivery.first_attempt_at or at) >= GIVE_UP_UNWANTED_AFTER:
        give_up(delivery, **said)
    else:
        put_back(delivery, next_attempt_at=retry_at + BEHIND_THE_OTHERS, **said)


@transaction.atomic
def _bury(delivery: Delivery, said: Said, *, at: datetime) -> None:
    """There is no such mailbox: nothing is sent there any more, whoever asks for it."""
    channel = delivery.channel
    if channel.kind == Channel.Kind.EMAIL:
        Suppression.objects.get_or_create(
            address_key=channel.address_key,
            defaults={"reason": Suppression.Reason.DEAD, "since": at},
        )
    Channel.objects.living().filter(pk=channel.pk).update(
        state=Channel.State.DISABLED, disabled_reason=str(said["reply_text"])[:200]
    )
    ConsentEvent.objects.create(
        channel=channel, delivery=delivery, what=ConsentEvent.What.BOUNCED, happened_at=at
    )
    give_up(delivery, **said)


def _settle(delivery: Delivery, state: Delivery.State, **changes: object) -> None:
    assert delivery.lease_token is not None  # noqa: S101  (a constraint of the table)
    settled = (
        Delivery.objects.filter(pk=delivery.pk)
        .held_by(delivery.lease_token)
        .update(state=state, lease_token=None, lease_until=None, **changes)
    )
    if settled and state in (Delivery.State.FAILED, Delivery.State.CANCELLED):
        # What a digest was to take along goes its way.
        kept = {name: changes[name] for name in ("skip_reason", "reply_text") if name in changes}
        Delivery.objects.batched().filter(within=delivery).update(state=state, **kept)
