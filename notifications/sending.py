"""From what is owed to what has left: at least once, and as near to once as SMTP allows.

Rows are claimed for a while (a lease), sent outside any transaction, and marked one by one. Who
dies in between loses nothing: the lease runs out and the row is owed again, with the same
Message-ID. Only between the server's "250" and our mark can a mail leave twice (RFC 1047).
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection

from notifications import ailing, digesting, holding, pacing, retrying
from notifications.composing import Press
from notifications.loads import AT_ONCE, Load
from notifications.marking import mark_digest_sent, mark_sent
from notifications.models import Channel, Circuit, Delivery, Notification
from notifications.models.delivery import DeliveryQuerySet
from notifications.remembering import is_overtaken
from notifications.suiting import is_too_much, not_before, why_not
from notifications.transports import for_kind
from notifications.transports.base import (
    ChannelError,
    Line,
    Parcel,
    PatientLine,
    Receipt,
    Transport,
)

CHUNK = 200
OTHER_WAYS = 20.0  # seconds of them at a time: servers may be slow, and mails wait meanwhile
# One mail is five commands, and each may take EMAIL_TIMEOUT; so may opening the line. Renewed
# when a timeout of it is used up, a lease outlasts whichever comes next.
LEASE = timedelta(seconds=7 * settings.EMAIL_TIMEOUT)


def send_due(*, at: datetime, seconds: float, transport: Transport | None = None) -> int:
    """Send until nothing is due or the seconds are over; returns how many rows were claimed."""
    claimed, started, press = 0, monotonic(), Press()
    with marks_not_waited_for():
        while (spent := monotonic() - started) < seconds:
            moment = at + timedelta(seconds=spent)
            count = send_chunk(at=moment, transport=transport, press=press)
            if not count:
                break
            claimed += count
    return claimed


def send_chunk(
    *,
    at: datetime,
    transport: Transport | None = None,
    random: Random | None = None,
    press: Press | None = None,
) -> int:
    """Claim one chunk of what is due and send it; returns how many rows were claimed.

    What a sender has died with goes last, and alone: if it kills again, it takes nothing along.
    Mails wait while their relay is down; what goes other ways does not.
    """
    due = Delivery.objects.due(at=at)
    if not due.exists() or holding.is_on_hold():
        return 0
    press = press or Press()
    tools = (transport, random or SystemRandom(), press)
    claimed = send_mails(due.unsuspected(), CHUNK, at, *tools)
    if claimed < CHUNK or press.is_turn_of_others():
        others = due.by_other_ways()
        claimed += send_mails(due.suspected(), 1, at, *tools)
        claimed += Sender(at, *tools).send(others.unsuspected(), limit=CHUNK)
        claimed += Sender(at, *tools).send(others.suspected(), limit=1)
    return claimed


def send_mails(rows: DeliveryQuerySet, limit: int, at: datetime, *tools: Any) -> int:
    """While the relay is not known to work again, one mail is risked."""
    if not Circuit.objects.may_try(retrying.RELAY, at=at):
        return 0
    sender = Sender(at, *tools)
    few = 1 if retrying.RELAY in sender.circuits else limit
    return sender.send(rows.by_mail(), limit=few)


@contextmanager
def marks_not_waited_for() -> Iterator[None]:
    """PostgreSQL need not wait for its disk here.

    A mark survives the death of any process of ours. After a crash of the database the last half
    second of them may be missing, and their mails leave a second time.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


@dataclass
class Sender:
    """One claim, and one line for each way of it, opened when the first message needs it."""

    at: datetime
    transport: Transport | None
    random: Random
    press: Press
    lease: uuid.UUID = field(default_factory=uuid.uuid4)
    circuits: dict[str, datetime] = field(default_factory=Circuit.objects.retry_times)
    lines: dict[str, tuple[Transport, Line]] = field(default_factory=dict)
    unmarked: list[int] = field(default_factory=list)
    coming: list[Load] = field(default_factory=list)
    composed: dict[int, Parcel] = field(default_factory=dict)
    started: float = field(default_factory=monotonic)
    renewed: float = field(default_factory=monotonic)

    def send(self, rows: DeliveryQuerySet, *, limit: int) -> int:
        claimed = rows.claim(lease=self.lease, until=self.at + LEASE, at=self.at, limit=limit)
        if not claimed:
            return 0
        self.gather({one.channel_id for one in claimed})
        relay_worked_so_far = retrying.RELAY not in self.circuits
        with ExitStack() as stack:
            for load in self.loads(claimed):
                self.send_one(load, stack)
                if relay_worked_so_far and retrying.RELAY in self.circuits:
                    break
                if load.kind != Channel.Kind.EMAIL and monotonic() - self.started > OTHER_WAYS:
                    break
            self.mark()
        for unsent in self.held():
            retrying.leave(unsent)
        return len(claimed)

    def gather(self, channels: set[int]) -> None:
        """For whom several wait gets them as one mail, next time."""
        crowded = digesting.crowded(channels, lease=self.lease, at=self.at)
        if crowded:
            for one in self.held().mergeable().filter(channel__in=crowded):
                retrying.leave(one)
            digesting.catch_up(crowded, at=self.at)

    def loads(self, claimed: list[Delivery]) -> Iterator[Load]:
        """What is held, read again every few mails, and when one took long.

        It may have been called off since, or the lease may be lost.
        """
        waiting = [one.pk for one in claimed]
        while waiting:
            self.coming, looked = self.look(waiting[:AT_ONCE]), monotonic()
            waiting = waiting[AT_ONCE:]
            while self.coming:
                if monotonic() - looked > settings.EMAIL_TIMEOUT:
                    waiting[:0] = [one.pk for one in self.coming]
                    break
                yield self.coming.pop(0)

    def look(self, few: list[int]) -> list[Load]:
        self.mark()
        self.renew()
        return self.press.reader.read(few, lease=self.lease, at=self.at)

    def send_one(self, load: Load, stack: ExitStack) -> None:
        try:
            receipt = self.attempt(load, stack)
        except ChannelError as error:
            self.mark()
            reached = load.kind in self.lines
            row = self.row(load)
            retrying.refused(row, error, at=self.at, random=self.random, reached=reached)
            self.circuits = Circuit.objects.retry_times()
        except Exception as error:  # noqa: BLE001  (whatever it is, it stops no other row)
            self.mark()
            retrying.broken(self.row(load), error, at=self.at, random=self.random)
        else:
            if receipt is not None:
                self.taken(load, receipt)

    def attempt(self, load: Load, stack: ExitStack) -> Receipt | None:
        """Hand it over, if it may be sent and suits its reader now. None if it was not."""
        notification = self.press.notification(load.notification)
        retry_at = self.circuits.get(load.circuit, self.at)
        suits_at = not_before(load, notification, at=self.at)
        if reason := why_not(load, notification, at=self.at):
            retrying.cancel(self.row(load), reason=reason)
        elif load.attempts > 1 and is_overtaken(notification, channel=load.channel):
            retrying.cancel(self.row(load), reason="superseded")
        elif suits_at is not None:
            retrying.leave(self.row(load), next_attempt_at=suits_at)
        elif is_too_much(load, notification):
            retrying.leave(self.row(load), Delivery.State.BATCHED)
        elif retry_at > self.at:
            retrying.put_back(self.row(load), next_attempt_at=retry_at)
        elif wait := pacing.wait(load, at=self.at):
            retrying.leave(self.row(load), next_attempt_at=self.at + wait)
        elif (draft := self.press.draft(load, at=self.at)) is None:
            retrying.cancel(self.row(load), reason="nothing new")
        else:
            transport, line = self.way(load, stack)
            parcel = self.composed.pop(load.pk, None)
            return line.carry(parcel or transport.wrap(draft, self.press.envelope(load)))
        return None

    def compose_next(self) -> None:
        """While one is answered for, the next of the same draft. Whether it leaves is seen then.

        So is what went wrong with it.
        """
        if not self.coming or (load := self.coming[0]).kind != Channel.Kind.EMAIL:
            return
        if draft := self.press.drafts.get(load.variant):
            transport, _line = self.lines[load.kind]
            with suppress(Exception):
                self.composed = {load.pk: transport.wrap(draft, self.press.envelope(load))}

    def way(self, load: Load, stack: ExitStack) -> tuple[Transport, Line]:
        if load.kind not in self.lines:
            transport = self.transport or for_kind(load.kind)
            line = stack.enter_context(transport.connect())
            if isinstance(line, PatientLine):
                line.meanwhile = self.compose_next
            self.lines[load.kind] = transport, line
            self.renew()
        return self.lines[load.kind]

    def taken(self, load: Load, receipt: Receipt) -> None:
        notification = self.press.notification(load.notification)
        if load.kind != Channel.Kind.EMAIL:
            ailing.note_success(load.channel)
        if notification.kind == Notification.Kind.DIGEST:
            mark_digest_sent(load.pk, receipt, lease=self.lease, at=self.at)
        elif settings.MILEPOST_SENT_TOGETHER > 1:
            self.unmarked.append(load.pk)
            if len(self.unmarked) >= settings.MILEPOST_SENT_TOGETHER:
                self.mark()
        else:
            mark_sent([load.pk], receipt, lease=self.lease, at=self.at)
        ways = [retrying.RELAY, load.circuit] if load.kind == Channel.Kind.EMAIL else [load.circuit]
        for way in ways:
            if self.circuits.pop(way, None):
                Circuit.objects.close(way)

    def mark(self) -> None:
        """Of those that are marked together what the server said is not kept one by one."""
        if self.unmarked:
            mark_sent(self.unmarked, Receipt(250, ""), lease=self.lease, at=self.at)
            self.unmarked.clear()

    def row(self, load: Load) -> Delivery:
        """As we hold it: if somebody else does by now, what we say of it is not heard."""
        row = Delivery.objects.select_related("channel", "notification").get(pk=load.pk)
        row.lease_token = self.lease
        return row

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
