"""From what is owed to what has left: at least once, and as near to once as SMTP allows.

Rows are claimed for a while (a lease), sent outside any transaction, and each is marked on its
own. Who dies in between loses nothing: the lease runs out and the row is owed again, with the
same Message-ID. Only between the server's "250" and our mark can a mail leave twice (RFC 1047).
"""

import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom
from time import monotonic

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from notifications import messages, retrying, signing
from notifications.models import Channel, Circuit, Delivery, Notification, Suppression
from notifications.models.delivery import DeliveryQuerySet
from notifications.transports import mails
from notifications.transports.base import ChannelError, Line, Parcel, Receipt, Transport

CHUNK = 50
# One mail is five commands, and each may take EMAIL_TIMEOUT; so may opening the line. Renewed
# when a timeout of it is used up, a lease outlasts whichever comes next.
LEASE = timedelta(seconds=7 * settings.EMAIL_TIMEOUT)


def send_due(*, at: datetime, seconds: float, transport: Transport | None = None) -> int:
    """Send until nothing is due or the seconds are over; returns how many rows were claimed."""
    claimed, started = 0, monotonic()
    while (spent := monotonic() - started) < seconds:
        count = send_chunk(at=at + timedelta(seconds=spent), transport=transport)
        if not count:
            break
        claimed += count
    return claimed


def send_chunk(
    *, at: datetime, transport: Transport | None = None, random: Random | None = None
) -> int:
    """Claim one chunk of what is due and send it; returns how many rows were claimed.

    What a sender has died with goes last, and alone: if it kills again, it takes nothing along.
    """
    due = Delivery.objects.due(at=at)
    if not due.exists() or not Circuit.objects.may_try(retrying.RELAY, at=at):
        return 0
    claimed = 0
    for rows, limit in ((due.unsuspected(), CHUNK), (due.suspected(), 1)):
        sender = Sender(at, transport or mails(), random or SystemRandom())
        # While the relay is not known to work again, one mail is risked.
        claimed += sender.send(rows, limit=1 if retrying.RELAY in sender.circuits else limit)
        if retrying.RELAY in sender.circuits:
            break
    return claimed


def why_not(delivery: Delivery, *, at: datetime) -> str:
    """Why this must not be sent any more; empty if it may be."""
    channel, subscription = delivery.channel, delivery.subscription
    is_question = delivery.notification.kind == Notification.Kind.CONFIRM
    suppressed = Suppression.objects.filter(address_key=channel.address_key)
    if (suppressed.for_good() if is_question else suppressed).exists():
        return "suppressed"
    if channel.state == Channel.State.ENDED or not (
        is_question or channel.state == Channel.State.ACTIVE
    ):
        return "channel not active"
    if subscription is not None and subscription.ended_at is not None:
        return "unsubscribed"
    return "too late" if delivery.notification.is_over(at=at) else ""


def link_for(delivery: Delivery) -> str:
    """What the reader can do with one click: begin, where that is the question, else stop."""
    subscription, notification = delivery.subscription, delivery.notification
    if notification.kind == Notification.Kind.CONFIRM and subscription is not None:
        asked_at = datetime.fromisoformat(notification.payload["asked_at"])
        token = signing.confirm_token(subscription, asked_at=asked_at)
        return reverse("notifications:confirm", args=[token])
    token = signing.unsubscribe_token(delivery.channel, subscription)
    return reverse("notifications:unsubscribe", args=[token])


def envelope_of(delivery: Delivery) -> messages.Envelope:
    assert delivery.first_attempt_at is not None  # noqa: S101  (set by the claim)
    subscription = delivery.subscription
    act = messages.absolute(link_for(delivery))
    return messages.Envelope(
        message_id=delivery.message_id,
        address=delivery.channel.address,
        address_key=delivery.channel.address_key,
        date=delivery.first_attempt_at,
        why=messages.why(subscription),
        scope=subscription.scope if subscription else "",
        links=messages.Links(act=act, manage=manage_link() or act),
        secret=delivery.channel.secret,
    )


def manage_link() -> str:
    """Where a reader asks for the page of all that he follows; '' while there is no such page."""
    try:
        return messages.absolute(reverse("notifications:manage-ask"))
    except NoReverseMatch:
        return ""


@dataclass
class Sender:
    """One claim, and one line for all of it, opened when the first mail needs it."""

    at: datetime
    transport: Transport
    random: Random
    lease: uuid.UUID = field(default_factory=uuid.uuid4)
    circuits: dict[str, datetime] = field(default_factory=Circuit.objects.retry_times)
    drafts: dict[int, messages.Draft] = field(default_factory=dict)
    line: Line | None = None
    started: float = field(default_factory=monotonic)
    renewed: float = field(default_factory=monotonic)

    def send(self, rows: DeliveryQuerySet, *, limit: int) -> int:
        claimed = rows.claim(lease=self.lease, until=self.at + LEASE, at=self.at, limit=limit)
        relay_worked_so_far = retrying.RELAY not in self.circuits
        with ExitStack() as stack:
            for delivery in claimed:
                self.send_one(delivery.pk, stack)
                if relay_worked_so_far and retrying.RELAY in self.circuits:
                    break
        for unsent in self.held():
            retrying.put_back(unsent)
        return len(claimed)

    def send_one(self, pk: int, stack: ExitStack) -> None:
        """Send one row, read again: what was claimed a minute ago may have been called off."""
        self.renew()
        delivery = self.held().with_what_is_sent().filter(pk=pk).first()
        if delivery is None:  # the lease ran out: somebody else has it
            return
        if reason := why_not(delivery, at=self.at):
            retrying.cancel(delivery, reason=reason)
        elif (retry_at := self.circuits.get(delivery.channel.circuit, self.at)) > self.at:
            retrying.put_back(delivery, next_attempt_at=retry_at)
        else:
            self.hand_over(delivery, stack)

    def hand_over(self, delivery: Delivery, stack: ExitStack) -> None:
        try:
            parcel = self.wrap(delivery)
            line = self.open_line(stack)
            receipt = line.carry(parcel)
        except ChannelError as error:
            retrying.refused(
                delivery, error, at=self.at, random=self.random, reached=self.line is not None
            )
            self.circuits = Circuit.objects.retry_times()
        except Exception as error:  # noqa: BLE001  (whatever it is, it stops no other row)
            retrying.broken(delivery, error, at=self.at, random=self.random)
        else:
            self.mark_sent(delivery, receipt)

    def wrap(self, delivery: Delivery) -> Parcel:
        notification = delivery.notification
        if notification.pk not in self.drafts:
            self.drafts[notification.pk] = messages.draft(notification)
        draft = self.drafts[notification.pk]
        return self.transport.wrap(draft, envelope_of(delivery))

    def open_line(self, stack: ExitStack) -> Line:
        if self.line is None:
            self.line = stack.enter_context(self.transport.connect())
            self.renew()
        return self.line

    def mark_sent(self, delivery: Delivery, receipt: Receipt) -> None:
        self.held().filter(pk=delivery.pk).update(
            state=Delivery.State.SENT,
            sent_at=self.at,
            reply_code=receipt.code,
            reply_text=receipt.text[:200],
            lease_token=None,
            lease_until=None,
        )
        for way in (retrying.RELAY, delivery.channel.circuit):
            if self.circuits.pop(way, None):
                Circuit.objects.close(way)

    def held(self) -> DeliveryQuerySet:
        return Delivery.objects.held_by(self.lease)

    def renew(self) -> None:
        """Keep the lease long enough for one more mail. What it lost is not taken back."""
        if monotonic() - self.renewed < settings.EMAIL_TIMEOUT:
            return
        self.renewed = monotonic()
        self.held().update(
            lease_until=self.at + timedelta(seconds=self.renewed - self.started) + LEASE
        )
