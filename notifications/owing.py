"""Writes down what is to be told. From then on it leaves, whoever dies."""

from datetime import datetime

from django.db import transaction

from notifications.models import Channel, Delivery, Notification, Subscription
from timeline.models import Milestone


def note(
    *,
    kind: Notification.Kind,
    key: str,
    milestone: Milestone,
    payload: dict[str, object],
    at: datetime,
    expires_at: datetime | None = None,
    **told: object,
) -> bool:
    """Note that readers are to be told this. False if it had been noted before."""
    _, is_new = Notification.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "milestone": milestone,
            "payload": payload,
            "noted_at": at,
            "expires_at": expires_at,
            **told,
        },
    )
    return is_new


@transaction.atomic
def owe(
    *,
    kind: Notification.Kind,
    key: str,
    channel: Channel,
    subscription: Subscription | None,
    payload: dict[str, object],
    at: datetime,
    expires_at: datetime | None = None,
) -> Delivery:
    """Owe one channel something that concerns nobody else. Twice with one key owes it once."""
    notification, _ = Notification.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": payload,
            "state": Notification.State.EXPANDED,
            "noted_at": at,
            "expires_at": expires_at,
        },
    )
    delivery, _ = Delivery.objects.get_or_create(
        notification=notification,
        channel=channel,
        defaults={"subscription": subscription, "owed_at": at, "next_attempt_at": at},
    )
    return delivery
