"""What became of a mail after it was taken: it came back, or its reader complained."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction

from notifications.models import Channel, ConsentEvent, Delivery, Suppression
from notifications.models.address import address_key
from notifications.transports.base import Fault
from notifications.transports.email import fault_of_report

ENOUGH = 5
WITHIN = timedelta(days=30)
OURS = re.compile(r"<?d\.([0-9a-f-]{36})@")
CAME_BACK = "came back: "
# Anymail calls both "bounced". Where no reply is quoted, the provider's own word must do.
FOR_EVER = {"hardbounce", "hard_bounce", "hard", "permanent"}


class Verdict(Enum):
    DEAD = "there is no such mailbox"
    FULL = "this time it did not take it"
    COMPLAINT = "its reader calls it spam"
    NOTHING = "nothing to us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a provider tells of a mail, in anymail's words."""

    event: str
    reject_reason: str = ""
    said: str = ""
    message_id: str = ""
    recipient: str = ""
    metadata: Mapping[str, object]
    raw: Mapping[str, object]


def verdict(report: Report) -> Verdict:
    if report.event == "complained" or report.reject_reason == "spam":
        return Verdict.COMPLAINT
    if report.event not in ("bounced", "rejected"):
        return Verdict.NOTHING
    fault = fault_of_report(report.said)
    if fault is Fault.POLICY:  # they do not want us: no fault of the mailbox
        return Verdict.NOTHING
    if fault in (Fault.ADDRESS, Fault.PASSING):
        return Verdict.DEAD if fault is Fault.ADDRESS else Verdict.FULL
    words = {str(value).lower() for value in report.raw.values()}
    is_dead = report.reject_reason == "invalid" or not words.isdisjoint(FOR_EVER)
    return Verdict.DEAD if is_dead else Verdict.FULL


@transaction.atomic
def hear(report: Report, *, at: datetime) -> Verdict:
    """Act on it, once however often it comes. Of what is not ours nothing is done."""
    found = verdict(report)
    delivery = delivery_of(report)
    if delivery is None or found is Verdict.NOTHING:
        return Verdict.NOTHING
    channel = Channel.objects.select_for_update().get(pk=delivery.channel_id)
    if found is Verdict.COMPLAINT:
        _stop(channel, delivery, at=at)
    elif _is_new(delivery, report):
        if found is Verdict.DEAD:
            _bury(channel, delivery, at=at)
        else:
            _count(channel, at=at)
    return found


def delivery_of(report: Report) -> Delivery | None:
    """By the metadata that we sent along, or by our Message-ID."""
    ours = OURS.match(report.message_id)
    number = str(report.metadata.get("delivery") or (ours[1] if ours else ""))
    try:
        message_id = uuid.UUID(number)
    except ValueError:
        return None
    found = Delivery.objects.filter(message_id=message_id, channel__kind=Channel.Kind.EMAIL)
    # The mailbox leads there quickly; of all deliveries only who has moved since is sought.
    return found.filter(channel__address_key=_key(report.recipient)).first() or found.first()


def _key(address: str) -> str:
    try:
        return address_key(address)
    except ValueError:
        return ""


def _is_new(delivery: Delivery, report: Report) -> bool:
    """Note on the delivery that it came back; False if that stands there."""
    unnoted = Delivery.objects.filter(pk=delivery.pk).exclude(reply_text__startswith=CAME_BACK)
    return unnoted.update(reply_text=f"{CAME_BACK}{report.said or report.event}"[:200]) == 1


def _bury(channel: Channel, delivery: Delivery, *, at: datetime) -> None:
    _suppress(channel, Suppression.Reason.DEAD, at=at)
    _disable(channel, reason=Verdict.DEAD.value)
    _record(ConsentEvent.What.BOUNCED, channel, delivery, at=at)


def _stop(channel: Channel, delivery: Delivery, *, at: datetime) -> None:
    _suppress(channel, Suppression.Reason.COMPLAINT, at=at)
    channel.subscriptions.open().end(at=at, reason=ConsentEvent.What.COMPLAINED)
    _disable(channel, reason=Verdict.COMPLAINT.value)
    _record(ConsentEvent.What.COMPLAINED, channel, delivery, at=at)


def _count(channel: Channel, *, at: datetime) -> None:
    """So many within so long, and the mailbox is written to no more."""
    if channel.failing_since is None or channel.failing_since < at - WITHIN:
        channel.failures, channel.failing_since = 0, at
    channel.failures += 1
    channel.save(update_fields=["failures", "failing_since"])
    if channel.failures >= ENOUGH:
        _disable(channel, reason=f"{ENOUGH} mails came back within {WITHIN.days} days")


def _disable(channel: Channel, *, reason: str) -> None:
    living = Channel.objects.living().filter(pk=channel.pk)
    living.update(
        state=Channel.State.DISABLED, disabled_reason=reason, failures=0, failing_since=None
    )


def _suppress(channel: Channel, reason: Suppression.Reason, *, at: datetime) -> None:
    erased = Suppression.objects.filter(reason=Suppression.Reason.ERASED)
    erased.filter(address_key=channel.address_key).update(reason=reason, since=at)
    Suppression.objects.get_or_create(
        address_key=channel.address_key, defaults={"reason": reason, "since": at}
    )


def _record(what: ConsentEvent.What, channel: Channel, delivery: Delivery, *, at: datetime) -> None:
    ConsentEvent.objects.get_or_create(
        channel=channel, delivery=delivery, what=what, defaults={"happened_at": at}
    )
