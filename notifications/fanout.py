"""From released news to what is owed to each channel: in chunks, each its own transaction."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, DateTimeField, F, IntegerField, Min, UUIDField, Value
from django.db.models.functions import Cast, Concat
from django.db.models.sql.compiler import SQLCompiler

from notifications import messages, owing
from notifications.models import Delivery, Notification, Subscription
from notifications.models.subscription import SubscriptionQuerySet
from timeline.changes import is_news
from timeline.models import Announcement, Milestone

CHUNK = 5000


# ---- what there is to tell ---------------------------------------------------------------------


def released_and_not_noted() -> models.QuerySet[Announcement]:
    # Asked of the rows themselves: whoever died between release and here left nothing undone.
    key = Concat(Value("change:"), Cast(models.OuterRef("pk"), CharField()))
    noted = Notification.objects.filter(key=key)
    return (
        Announcement.objects.released()
        .filter(~models.Exists(noted))
        .select_related(
            "milestone__programme",
            "from_revision__statement__milestone",
            "to_revision__statement__source",
            "to_revision__statement__milestone",
        )
        .order_by("closed_at", "pk")
    )


def note_announcement(announcement: Announcement, *, at: datetime) -> bool:
    """Note released news as something to tell; quietly if nobody is told its kind by default."""
    worth_telling = is_news(announcement.change, after=announcement.to_revision.date)
    return owing.note(
        kind=Notification.Kind.CHANGE,
        key=f"change:{announcement.pk}",
        milestone=announcement.milestone,
        payload=messages.change_facts(announcement),
        revision=announcement.to_revision,
        quiet=not worth_telling,
        state=Notification.State.PENDING if worth_telling else Notification.State.EXPANDED,
        at=at,
    )


# ---- to whom -----------------------------------------------------------------------------------


def audience(milestone: Milestone, *, kind: Notification.Kind) -> SubscriptionQuerySet:
    """The subscriptions that wait for such news of the milestone; a channel may have several."""
    following = Subscription.objects.live().following(milestone)
    return following.with_reminders() if kind == Notification.Kind.REMINDER else following


def fan_out(notification: Notification, *, at: datetime) -> int:
    """Owe the notification to every channel that waits for it; returns how many chunks it took.

    Running it twice, or at once in two places, owes nothing more; cut off, it goes on where
    its last chunk ended.
    """
    return sum(1 for _ in chunks(notification, at=at))


def chunks(notification: Notification, *, at: datetime) -> Iterator[int]:
    while (cursor := fan_out_chunk(notification, at=at)) is not None:
        yield cursor


@transaction.atomic
def fan_out_chunk(notification: Notification, *, at: datetime) -> int | None:
    """Owe it to the next channels, by their numbers; None when there are no more."""
    locked = Notification.objects.pending().select_for_update().filter(pk=notification.pk).first()
    if locked is None or locked.milestone is None:
        return None
    waiting = audience(locked.milestone, kind=Notification.Kind(locked.kind))
    first = waiting.filter(channel__gt=locked.cursor).aggregate(first=Min("channel"))["first"]
    if first is None:
        locked.state = Notification.State.EXPANDED
    else:
        locked.cursor = first + CHUNK - 1
        insert_deliveries(
            locked, waiting.filter(channel__gte=first, channel__lte=locked.cursor), at=at
        )
    locked.save(update_fields=["state", "cursor"])
    return None if first is None else locked.cursor


# ---- in one statement --------------------------------------------------------------------------


class NewUUID(models.Func):
    """A random UUID, made by the database for each row."""

    output_field = UUIDField()
    template = "GEN_RANDOM_UUID()"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="LOWER(HEX(RANDOMBLOB(16)))", **extra)


def insert_deliveries(
    notification: Notification, subscriptions: SubscriptionQuerySet, *, at: datetime
) -> None:
    """One delivery per channel.

    Of several subscriptions the narrowest comes first; the others meet the unique pair of
    notification and channel.
    """
    now = Value(at, output_field=DateTimeField())
    nothing = Value("", output_field=CharField())
    zero = Value(0, output_field=IntegerField())
    columns: dict[str, models.expressions.Combinable] = {
        "notification_id": Value(notification.pk, output_field=IntegerField()),
        "channel_id": F("channel_id"),
        "subscription_id": F("pk"),
        "message_id": NewUUID(),
        "state": Value(Delivery.State.QUEUED, output_field=CharField()),
        "owed_at": now,
        "next_attempt_at": now,
        "attempts": zero,
        "lost_leases": zero,
        "reply_text": nothing,
        "skip_reason": nothing,
    }
    chosen = subscriptions.narrowest_first().values_list(*columns.values())
    query, parameters = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Delivery._meta.db_table} ({', '.join(columns)}) {query}"
            " ON CONFLICT (notification_id, channel_id) DO NOTHING",
            parameters,
        )
