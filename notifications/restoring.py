"""After a backup came back: what it owes was told meanwhile, and the rest waits for a look.

What was sent since the backup is owed again in it, and nothing in it says so. Told twice is
worse here than told late: what was due is called off, as if told; what is new is held.
"""

from collections import Counter
from datetime import datetime

from django.db import transaction

from notifications import fanout, holding, remembering
from notifications.models import Channel, Delivery, Notification
from notifications.models.delivery import DeliveryQuerySet

BATCH = 1000
RESTORED = "restored"


def restore(*, taken_at: datetime, at: datetime) -> int:
    """Hold everything, and call off what was owed when the backup was taken and due by now.

    Its readers pass for told, so that later news is measured from there. What waits for a day
    still to come, or for a digest that was not made yet, stays owed. Twice calls off no more.
    Returns how many were called off.
    """
    holding.hold(at=at)
    for pending in Notification.objects.pending().filter(noted_at__lte=taken_at):
        fanout.fan_out(pending, at=taken_at)
    called_off = 0
    while count := _call_off(_owed_then(taken_at=taken_at, at=at)):
        called_off += count
    return called_off


def held() -> Counter[str]:
    """How many are owed of each, by what they are."""
    owed = Delivery.objects.owed().select_related("notification").order_by("pk")
    return Counter(_name(one.notification) for one in owed.iterator())


def _owed_then(*, taken_at: datetime, at: datetime) -> DeliveryQuerySet:
    then = Delivery.objects.owed().filter(owed_at__lte=taken_at, next_attempt_at__lte=at)
    return then.exclude(state=Delivery.State.BATCHED, within=None)


@transaction.atomic
def _call_off(deliveries: DeliveryQuerySet) -> int:
    ids = list(deliveries.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    chosen = Delivery.objects.filter(pk__in=ids)
    remembering.keep_what_was_told(chosen.filter(channel__state=Channel.State.ACTIVE))
    # No sender of before the restore is there any more: their leases mean nothing.
    chosen.update(
        state=Delivery.State.CANCELLED,
        skip_reason=RESTORED,
        lease_token=None,
        lease_until=None,
    )
    return len(ids)


def _name(notification: Notification) -> str:
    words = ": ".join(
        str(notification.payload[part])
        for part in ("title", "news")
        if notification.payload.get(part)
    )
    return f"{notification.get_kind_display()}: {words}" if words else notification.key
