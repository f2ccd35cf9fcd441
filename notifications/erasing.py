"""Deletes what we know of a reader, at once and for good.

What stays says nothing to whoever lacks our key: that somebody agreed and had it deleted, as
proof; and the key of the mailbox, so that no import of addresses revives it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q

from notifications import moving
from notifications.models import (
    AddressChange,
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscriber,
    Suppression,
)
from notifications.models.delivery import DeliveryQuerySet


@transaction.atomic
def erase(channel: Channel, *, at: datetime) -> None:
    """Delete all data of the reader whom the channel reaches. Nothing is sent to him after it.

    A mail that is on its way this very moment still arrives. A second time changes nothing.
    """
    of_the_reader = Channel.objects.of_the_reader_of(channel).select_for_update().order_by("pk")
    subscribers = set()
    for each in list(of_the_reader):
        subscribers.add(each.subscriber_id)
        if each.state != Channel.State.ENDED or each.address:
            _note(each, at=at)
        _erase_one(each, at=at)
    Subscriber.objects.blank(subscribers)


def roll_up(deliveries: DeliveryQuerySet) -> int:
    """Delete these rows; each notification keeps how many of them were sent and how many failed.

    Notifications to one reader go with their delivery. Returns how many rows there were.
    """
    ids = list(deliveries.values_list("pk", flat=True))
    rows = Delivery.objects.filter(pk__in=ids)
    notified = list(
        rows.values("notification")
        .annotate(
            sent=Count("pk", filter=Q(state=Delivery.State.SENT)),
            failed=Count("pk", filter=Q(state=Delivery.State.FAILED)),
        )
        .order_by("notification")
    )
    for counted in notified:
        Notification.objects.filter(pk=counted["notification"]).update(
            sent_before=F("sent_before") + counted["sent"],
            failed_before=F("failed_before") + counted["failed"],
        )
    Delivery.objects.filter(within__in=ids).update(within=None)
    ConsentEvent.objects.filter(delivery__in=ids).update(delivery=None)
    rows._raw_delete(rows.db)  # noqa: SLF001  (delete() would fetch each row before)
    told = [counted["notification"] for counted in notified]
    Notification.objects.to_one_reader().filter(pk__in=told, deliveries=None).delete()
    return len(ids)


def _note(channel: Channel, *, at: datetime) -> None:
    ConsentEvent.objects.create(channel=channel, what=ConsentEvent.What.ERASED, happened_at=at)
    if channel.kind == Channel.Kind.EMAIL:
        Suppression.objects.get_or_create(
            address_key=channel.address_key,
            defaults={"reason": Suppression.Reason.ERASED, "since": at},
        )


def _erase_one(channel: Channel, *, at: datetime) -> None:
    moves = AddressChange.objects.filter(Q(channel=channel) | Q(candidate=channel))
    for move in moves.filter(closed_at=None):
        moving.close(move, at=at)
    channel.subscriptions.end(at=at, reason=ConsentEvent.What.ERASED)
    roll_up(channel.deliveries.all())
    channel.baselines.all().delete()
    channel.consent_events.update(network="", browser_hash="")
    Channel.objects.filter(pk=channel.pk).end_for_good()
