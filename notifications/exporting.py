"""All that we know of a reader, for himself: every field of every row, but keys and secrets."""

from collections.abc import Callable
from datetime import datetime
from enum import IntFlag
from typing import Any
from uuid import UUID

from django.db.models import Field, Model, Q, QuerySet

from notifications.models import (
    AddressChange,
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    Subscription,
    Suppression,
)
from notifications.wishes import News, Reminders

Record = dict[str, object]

# What proves to us who somebody is, and what keeps senders apart, says nothing about him.
KEPT_BACK = {
    "address_key",
    "secret",
    "version",
    "lease_token",
    "lease_until",
    "lost_leases",
}
# Each kind of row that belongs to a channel. A test sees to it that none is missing.
OF_A_CHANNEL: dict[str, Callable[[Channel], QuerySet[Any]]] = {
    "subscriptions": lambda channel: Subscription.objects.filter(channel=channel),
    "consent": lambda channel: ConsentEvent.objects.filter(channel=channel),
    "deliveries": lambda channel: Delivery.objects.filter(channel=channel),
    "known": lambda channel: Baseline.objects.filter(channel=channel),
    "moves": lambda channel: AddressChange.objects.filter(
        Q(channel=channel) | Q(candidate=channel)
    ),
    "suppression": lambda channel: Suppression.objects.filter(address_key=channel.address_key),
}


def everything_about(channel: Channel) -> Record:
    """What a reader may take with him, ready for JSON; he is whom the channel reaches."""
    channels = Channel.objects.of_the_reader_of(channel).order_by("pk")
    return {
        "subscriber": record(channel.subscriber),
        "channels": [about(one) for one in channels],
    }


def about(channel: Channel) -> Record:
    rows = {
        name: [record(row) for row in _with_what_they_name(query(channel)).order_by("pk")]
        for name, query in OF_A_CHANNEL.items()
    }
    return record(channel) | rows


def record(row: Model) -> Record:
    fields = [field for field in row._meta.concrete_fields if field.name not in KEPT_BACK]
    return {field.name: said(row, field) for field in fields} | in_words(row)


def said(row: Model, field: "Field[Any, Any]") -> object:
    """A row of ours by its number, what is public by its name, a moment in ISO 8601."""
    if is_ours(field.related_model):
        return getattr(row, field.attname)
    value = getattr(row, field.name)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Model | UUID) else value


def is_ours(model: Any) -> bool:
    return model is not None and model._meta.app_label == Channel._meta.app_label


def in_words(row: Model) -> Record:
    """What numbers stand for, and what a mail said."""
    if isinstance(row, Subscription):
        return {
            "follows": str(row.follows or "everything"),
            "kinds": names_of(News(row.kinds)),
            "reminder_kinds": names_of(Reminders(row.reminder_kinds)),
        }
    if isinstance(row, Delivery):
        told = row.notification
        return {"notification": record(told) | {"kind": told.get_kind_display()}}
    return {}


def names_of(flags: IntFlag) -> list[str]:
    return [str(flag.name).lower().replace("_", " ") for flag in flags]


def _with_what_they_name(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Constant in queries: each row brings along what it names."""
    names = [
        field.name
        for field in rows.model._meta.concrete_fields
        if field.is_relation and not is_ours(field.related_model)
    ]
    if rows.model is Delivery:
        names += ["notification__milestone", "notification__revision", "notification__base"]
    return rows.select_related(*names) if names else rows
