"""Writes down what readers know, where no delivery that leaves will say so."""

from django.db.models import (
    BooleanField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from notifications.inserting import insert
from notifications.models import Baseline, Channel, Delivery, Notification
from notifications.models.delivery import DeliveryQuerySet
from notifications.models.subscription import SubscriptionQuerySet


def supersede(
    notification: Notification, waiting: SubscriptionQuerySet, *, channels: tuple[int, int]
) -> None:
    """Call off earlier news of the milestone that has not left: this one says it all.

    Its readers go on knowing what they knew before it. They are of channels with numbers from
    the first to the last of the two.
    """
    earlier = Notification.objects.before(notification).filter(kind=Notification.Kind.CHANGE)
    first, last = channels
    not_left = Delivery.objects.not_left().filter(
        notification__in=list(earlier.values_list("pk", flat=True)),
        channel__gte=first,
        channel__lte=last,
    )
    if not not_left.exists():
        return
    overtaken = not_left.filter(channel__in=waiting.order_by().values("channel"))
    _remember(notification, overtaken.order_by("channel", "notification"), F("base_id"))
    overtaken.update(state=Delivery.State.CANCELLED, skip_reason="superseded")


def is_overtaken(notification: Notification, *, channel: int) -> bool:
    """Whether this channel was told later news of the milestone, or will be."""
    if notification.kind != Notification.Kind.CHANGE:
        return False
    ended = (Delivery.State.CANCELLED, Delivery.State.FAILED)
    later = Delivery.objects.news().filter(
        channel=channel,
        notification__milestone=notification.milestone_id,
        notification__gt=notification.pk,
    )
    return later.exclude(state__in=ended).exists()


def pass_over(notification: Notification, readers: SubscriptionQuerySet) -> None:
    """Whom this news is too little for: later news is measured from what they know today.

    But not if another of his subscriptions has it told to its reader.
    """
    owed = Delivery.objects.filter(notification=notification, channel=OuterRef("channel"))
    known = Value(notification.base_id, output_field=IntegerField())
    _remember(notification, readers.filter(~Exists(owed)), known)


def keep_what_was_told(deliveries: DeliveryQuerySet) -> None:
    """Of each reader and milestone the newest of these: their rows will say so no longer.

    What is known already only grows. Holds one batch in memory.
    """
    told = deliveries.filter(notification__revision__isnull=False)
    newest = _newest(told.exclude(channel__state=Channel.State.ENDED))
    known = Baseline.objects.filter(
        channel__in={channel for channel, _ in newest},
        milestone__in={milestone for _, milestone in newest},
    ).values_list("channel", "milestone", Coalesce("revision__number", 0))
    for channel, milestone, number in known:
        if newest.get((channel, milestone), (number, 0))[0] < number:
            del newest[channel, milestone]
    Baseline.objects.bulk_create(
        [
            Baseline(channel_id=channel, milestone_id=milestone, revision_id=revision, told=True)
            for (channel, milestone), (_, revision) in newest.items()
        ],
        update_conflicts=True,
        unique_fields=["milestone", "channel"],
        update_fields=["revision", "told"],
    )


def _newest(told: DeliveryQuerySet) -> dict[tuple[int, int], tuple[int, int]]:
    """Number and key of the newest revision, by channel and milestone."""
    rows = told.order_by("notification__revision__number").values_list(
        "channel",
        "notification__revision__milestone",
        "notification__revision__number",
        "notification__revision",
    )
    return {(channel, milestone): (number, key) for channel, milestone, number, key in rows}


def _remember(notification: Notification, rows: QuerySet, revision: Combinable) -> None:  # type: ignore[type-arg]
    """Of whom something is on record already, that stays."""
    columns: dict[str, Combinable] = {
        "channel_id": F("channel_id"),
        "milestone_id": Value(notification.milestone_id, output_field=IntegerField()),
        "revision_id": revision,
        "told": Value(value=False, output_field=BooleanField()),
    }
    insert(Baseline, columns, rows, once=["milestone_id", "channel_id"])
