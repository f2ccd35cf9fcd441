"""What is read of a delivery just before it leaves: all that decides whether, when and how.

One query for several rows. It is read again shortly before each mail: what was claimed a minute
ago may have been called off since.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
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
    "attempts",
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
    attempts: int
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


# ---- read --------------------------------------------------------------------------------------

AT_ONCE = 10
# Stand in the statement for what each reading puts there.
_LEASE, _AT = UUID(int=1), datetime(1970, 1, 2, tzinfo=UTC)
_NUMBERS = tuple(range(-AT_ONCE, 0))
_COLUMNS = {field.name: field for field in Delivery._meta.concrete_fields}


class Reader:
    """Reads some rows at once, by a statement that is made once.

    For a few rows, to make it costs more than to ask it.
    """

    def __init__(self) -> None:
        held = Delivery.objects.held_by(_LEASE).filter(pk__in=_NUMBERS)
        query = with_what_decides(held, at=_AT).values_list(*READ).query
        self._compiler = query.get_compiler(connection=connection)
        self._sql, self._parameters = self._compiler.as_sql()
        columns = [column for column, _, _ in self._compiler.select or ()]
        self._converters = self._compiler.get_converters(columns)

    def read(self, pks: Sequence[int], *, lease: UUID, at: datetime) -> list[Load]:
        """Those of at most ten deliveries that the lease still holds, in the order of the queue."""
        numbers = (*pks, *[pks[-1]] * (AT_ONCE - len(pks)))
        filled = {_stored("lease_token", _LEASE): _stored("lease_token", lease)}
        filled |= {_stored("sent_at", _AT - DAY): _stored("sent_at", at - DAY)}
        filled |= dict(zip(_NUMBERS, numbers, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [filled.get(one, one) for one in self._parameters])
            rows = cursor.fetchall()
        if self._converters:
            rows = list(self._compiler.apply_converters(rows, self._converters))
        return [Load(*row) for row in rows]


def with_what_decides(held: DeliveryQuerySet, *, at: datetime) -> DeliveryQuerySet:
    suppressed = Suppression.objects.filter(address_key=OuterRef("channel__address_key"))
    lately = (
        Delivery.objects.filter(channel=OuterRef("channel"), sent_at__gt=at - DAY)
        .order_by()
        .values("channel")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return held.annotate(
        followed=Coalesce(*(f"subscription__{name}" for name in FOLLOWED)),
        suppressed=Subquery(suppressed.values("reason")),
        sent_lately=Coalesce(Subquery(lately), 0),
    ).oldest_first()


def _stored(name: str, value: object) -> Any:
    """The value as the driver of the database takes it."""
    return _COLUMNS[name].get_db_prep_value(value, connection)
