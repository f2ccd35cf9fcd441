"""What is read of a delivery just before it leaves: all that decides whether, when and how.

One query for several rows. It is read again shortly before each mail: what was claimed a minute
ago may have been called off since.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from notifications.models import Delivery, Suppression
from notifications.models.channel import circuit_of
from notifications.models.delivery import DeliveryQuerySet
from notifications.models.subscription import FOLLOWED

DAY = timedelta(days=1)
READ = (
    "pk",
    "message_id",
    "first_attempt_at",
    "notification_id",
    "base_id",
    "subscription_id",
    "subscription__scope",
    "subscription__ended_at",
    "followed",
    "channel_id",
    "channel__kind",
    "channel__address",
    "channel__address_key",
    "channel__state",
    "channel__version",
    "channel__secret",
    "channel__subscriber__language",
    "channel__subscriber__subject",
    "channel__subscriber__time_zone",
    "channel__subscriber__quiet_from",
    "channel__subscriber__quiet_to",
    "channel__subscriber__paused_until",
    "channel__subscriber__daily_cap",
    "suppressed",
    "sent_lately",
)


class Key(NamedTuple):
    """The number of a channel, and the version that its tokens hold."""

    pk: int
    version: int


class Load(NamedTuple):
    """A delivery that may leave, as its row and those around it are now."""

    pk: int
    message_id: UUID
    first_attempt_at: datetime
    notification: int
    base: int | None
    subscription: int | None
    scope: str | None
    ended_at: datetime | None
    followed: int | None
    channel: int
    kind: str
    address: str
    address_key: str
    state: str
    version: int
    secret: str
    language: str
    subject: str
    time_zone: str
    quiet_from: int | None
    quiet_to: int | None
    paused_until: datetime | None
    daily_cap: int
    suppressed: str | None
    sent_lately: int

    @property
    def key(self) -> "Key":
        return Key(self.channel, self.version)

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def circuit(self) -> str:
        return circuit_of(self.kind, self.channel, self.address)

    @property
    def variant(self) -> tuple[int, int | None, str, str]:
        """Who agree in it are told in the same words."""
        return self.notification, self.base, self.language, self.subject


def read(held: DeliveryQuerySet, *, limit: int, at: datetime) -> list[Load]:
    """The first ones of the queue."""
    suppressed = Suppression.objects.filter(address_key=OuterRef("channel__address_key"))
    lately = (
        Delivery.objects.filter(channel=OuterRef("channel"), sent_at__gt=at - DAY)
        .order_by()
        .values("channel")
        .annotate(count=Count("pk"))
        .values("count")
    )
    followed = Coalesce(*(f"subscription__{name}" for name in FOLLOWED))
    rows = held.annotate(
        followed=followed,
        suppressed=Subquery(suppressed.values("reason")),
        sent_lately=Coalesce(Subquery(lately), 0),
    )
    return [Load(*row) for row in rows.oldest_first().values_list(*READ)[:limit]]
