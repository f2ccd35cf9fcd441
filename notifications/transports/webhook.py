"""Webhooks: JSON by HTTPS POST, signed as Standard Webhooks says (standardwebhooks.com).

Each has a far side of its own. That one of them is down is never the relay's fault: it would
hold up all the others.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ssl import SSLContext

from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook

from notifications.messages import Draft, Envelope
from notifications.models import Notification
from notifications.transports import targets
from notifications.transports.base import ChannelError, Fault, Parcel, Receipt
from notifications.transports.posting import Answer, Failures, Patience, Poster

PASSING = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
LONGEST_WAIT = timedelta(days=1)
LONGEST_BODY = 20_000  # bytes; the specification advises no more
TYPES = {
    Notification.Kind.CHANGE: "date.changed",
    Notification.Kind.REMINDER: "date.reminder",
    Notification.Kind.DIGEST: "digest",
    Notification.Kind.CONFIRM: "subscription.confirm",
    Notification.Kind.MANAGE: "subscription.manage",
    Notification.Kind.GOODBYE: "subscription.ended",
}
CORRECTION = "date.correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTransport:
    """`now` is read at each try: whoever checks a signature wants it to be fresh."""

    now: Callable[[], datetime] = timezone.now
    look_up: targets.LookUp = targets.looked_up
    patience: Patience = field(default_factory=Patience)
    context: SSLContext | None = None

    def wrap(self, draft: Draft, envelope: Envelope) -> Parcel:
        return Parcel(
            message_id=str(envelope.message_id),
            sender="",
            recipient=envelope.address,
            content=body(draft, envelope),
            secret=envelope.secret,
        )

    @contextmanager
    def connect(self) -> Iterator["WebhookLine"]:
        """Nothing is dialled before there is a parcel: each has a far side of its own."""
        poster = Poster(self.patience, self.context)
        try:
            yield WebhookLine(self, poster)
        finally:
            poster.close()


@dataclass(frozen=True, slots=True)
class WebhookLine:
    transport: WebhookTransport
    poster: Poster

    def carry(self, parcel: Parcel) -> Receipt:
        try:
            target = targets.target(
                parcel.recipient,
                ours=settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS,
                look_up=self.transport.look_up,
            )
            headers = signed(parcel, at=self.transport.now())
            answer = self.poster.post(target, parcel.content, headers)
        except targets.Refused as error:
            raise ChannelError(Fault.POLICY, str(error)) from error
        except Failures as error:
            raise ChannelError(Fault.PASSING, f"{type(error).__name__}: {error}") from error
        return receipt(answer, at=self.transport.now())


def body(draft: Draft, envelope: Envelope) -> bytes:
    """The JSON. Of a digest that is too long the end is left out, and counted."""
    items = draft.facts.get("items")
    kept, left_out = list(items) if isinstance(items, list) else [], 0
    data = {**draft.facts, "why": envelope.why, "links": links(draft, envelope)}
    said = {"type": type_of(draft), "timestamp": envelope.date.isoformat(), "data": data}
    while len(content := json.dumps(said, ensure_ascii=False).encode()) > LONGEST_BODY:
        if not kept:
            raise ChannelError(Fault.MESSAGE, f"{len(content)} bytes are too much for a webhook.")
        kept.pop()
        left_out += 1
        data |= {"items": kept, "left_out": left_out}
    return content


def type_of(draft: Draft) -> str:
    kind = Notification.Kind(draft.notification.kind)
    if kind not in TYPES:
        raise ChannelError(Fault.MESSAGE, f"No webhook carries {kind}.")
    is_change = kind == Notification.Kind.CHANGE
    return CORRECTION if is_change and draft.facts.get("is_correction") else TYPES[kind]


def links(draft: Draft, envelope: Envelope) -> dict[str, str]:
    is_question = draft.notification.kind == Notification.Kind.CONFIRM
    return {
        "confirm" if is_question else "stop": envelope.links.act,
        "manage": envelope.links.manage,
    }


def signed(parcel: Parcel, *, at: datetime) -> dict[str, str]:
    """The headers. The library takes every time for UTC, so that is what it is given."""
    at = at.astimezone(UTC)
    signature = Webhook(parcel.secret).sign(parcel.message_id, at, parcel.content.decode())
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Milepost (+{settings.MILEPOST_BASE_URL})",
        "webhook-id": parcel.message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def receipt(answer: Answer, *, at: datetime) -> Receipt:
    """Raises ChannelError for every answer but 2xx."""
    status = answer.status
    if HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Receipt(status, answer.text)
    wait = asked_to_wait(answer.retry_after, at=at)
    raise ChannelError(fault_of(status), answer.text, code=status, wait=wait)


def fault_of(status: int) -> Fault:
    if status == HTTPStatus.GONE:
        return Fault.ADDRESS
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Fault.MESSAGE
    if status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault.PASSING
    # A redirect, which nobody follows; or it does not know us, or how we ask. Perhaps tomorrow.
    return Fault.POLICY


def asked_to_wait(retry_after: str, *, at: datetime) -> timedelta | None:
    """What a Retry-After header says (RFC 9110 §10.2.3), within reason."""
    if re.fullmatch(r"[0-9]{1,9}", retry_after):
        return min(timedelta(seconds=int(retry_after)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return max(timedelta(0), min(until - at, LONGEST_WAIT))
