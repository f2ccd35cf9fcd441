"""Writes down what readers know, where no delivery that leaves will say so."""

from django.db.models import (
    BooleanField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from notifications.inserting import Columns, insert
from notifications.models import Baseline, Channel, Delivery, Notification
from notifications.models.delivery import DeliveryQuerySet
from notifications.models.subscription import SubscriptionQuerySet


def supersede(notification: Notification, waiting: SubscriptionQuerySet) -> None:
    """Call off earlier news of the milestone that has not left: this one says it all.

    Its readers go on knowing what they knew before it.
    """
    earlier = Notification.objects.before(notification).filter(kind=Notification.Kind.CHANGE)
    if not earlier.exists():
        return
    overtaken = Delivery.objects.untouched().filter(
        notification__in=earlier, channel__in=waiting.values("channel")
    )
    _remember(notification, overtaken.order_by("channel", "notification"), F("base_id"))
    overtaken.update(state=Delivery.State.CANCELLED, skip_reason="superseded")


def pass_over(notification: Notification, waiting: SubscriptionQuerySet) -> None:
    """Whom this news is too little for: later news is measured from what they know today."""
    owed = Delivery.objects.filter(notification=notification, channel=OuterRef("channel"))
    told = Delivery.objects.told_or_leaving().filter(
        notification__in=Notification.objects.before(notification), channel=OuterRef("channel")
    )
    passed_over = waiting.filter(~Exists(owed), ~Exists(told)).order_by("channel")
    if passed_over.exists():
        known = Value(notification.base_id, output_field=IntegerField())
        _remember(notification, passed_over, known)


def keep_what_was_told(deliveries: DeliveryQuerySet) -> None:
    """Of each reader and milestone the newest of these: their rows will say so no longer."""
    told = (
        deliveries.filter(notification__revision__isnull=False)
        .exclude(channel__state=Channel.State.ENDED)
        .order_by("channel", "notification__milestone", "-notification__revision__number")
    )
    newest = told.filter(
        channel=OuterRef("channel"), notification__milestone=OuterRef("milestone")
    ).order_by("-notification__revision__number")
    number = Subquery(newest.values("notification__revision__number")[:1])
    Baseline.objects.filter(
        channel__in=told.order_by().values("channel"),
        milestone__in=told.order_by().values("notification__milestone"),
    ).alias(newest=number).filter(newest__gte=Coalesce("revision__number", Value(0))).update(
        revision=Subquery(newest.values("notification__revision")[:1]), told=True
    )
    columns: Columns = {
        "channel_id": F("channel_id"),
        "milestone_id": F("notification__milestone_id"),
        "revision_id": F("notification__revision_id"),
        "told": Value(value=True, output_field=BooleanField()),
    }
    insert(Baseline, columns, told, once=["milestone_id", "channel_id"])


def _remember(notification: Notification, rows: QuerySet, revision: Combinable) -> None:  # type: ignore[type-arg]
    """Of whom something is on record already, that stays."""
    columns: dict[str, Combinable] = {
        "channel_id": F("channel_id"),
        "milestone_id": Value(notification.milestone_id, output_field=IntegerField()),
        "revision_id": revision,
        "told": Value(value=False, output_field=BooleanField()),
    }
    insert(Baseline, columns, rows, once=["milestone_id", "channel_id"])
