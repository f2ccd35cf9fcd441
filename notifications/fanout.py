"""From released news to what is owed to each channel: in chunks, each its own transaction."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction
from django.db.models import Case, CharField, DateTimeField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Concat

from notifications import messages, owing, remembering
from notifications.inserting import Columns, NewUUID, insert
from notifications.knowing import base_of_news, groups
from notifications.models import Delivery, Notification, Subscription
from notifications.models.subscription import SubscriptionQuerySet
from notifications.mornings import morning
from timeline.changes import is_news
from timeline.models import Announcement, Revision

CHUNK = 100_000
QUEUED = Value(Delivery.State.QUEUED, output_field=CharField())
BY_CADENCE = Case(
    When(cadence=Subscription.Cadence.AT_ONCE, then=QUEUED),
    default=Value(Delivery.State.BATCHED),
    output_field=CharField(),
)


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
    milestone, revision = announcement.milestone, announcement.to_revision
    return owing.note(
        kind=Notification.Kind.CHANGE,
        key=f"change:{announcement.pk}",
        milestone=milestone,
        payload=messages.change_facts(announcement),
        base=base_of_news(milestone, before=announcement.from_revision),
        revision=revision,
        quiet=not is_news(announcement.change, after=revision.date),
        at=at,
    )


# ---- to whom -----------------------------------------------------------------------------------


def audience(notification: Notification, *, live: SubscriptionQuerySet) -> SubscriptionQuerySet:
    """Those of the subscriptions that may wait for such news, of a channel the narrowest first."""
    milestone = notification.milestone
    assert milestone is not None  # noqa: S101  (a constraint of the table)
    following = live.telling().following(milestone).not_muting(milestone)
    if notification.kind == Notification.Kind.REMINDER:
        return following.with_reminders(notification.reminder)
    return following


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
    """Owe it to the next channels, by their numbers; None when there are no more.

    What was noted of the milestone before goes first: what a reader knows depends on it.
    """
    pending = Notification.objects.pending()
    rows = pending.with_what_is_said().select_for_update(of=("self",))
    locked = rows.filter(pk=notification.pk).first()
    if locked is None or pending.before(locked).exists():
        return None
    live = Subscription.objects.live().filter(channel__gt=locked.cursor)
    first = audience(locked, live=live).first_channel()
    if first is None:
        locked.state = Notification.State.EXPANDED
    else:
        locked.cursor = first + CHUNK - 1
        live = Subscription.objects.live_within(first=first, last=locked.cursor)
        owe_chunk(locked, audience(locked, live=live), channels=(first, locked.cursor), at=at)
    locked.save(update_fields=["state", "cursor"])
    return None if first is None else locked.cursor


def owe_chunk(
    notification: Notification,
    waiting: SubscriptionQuerySet,
    *,
    channels: tuple[int, int],
    at: datetime,
) -> None:
    """Owe it to these, who are of channels between those numbers."""
    if notification.kind == Notification.Kind.REMINDER:
        for readers, moment in moments(waiting, notification, at=at):
            insert_deliveries(notification, readers, at=moment, state=QUEUED)
        return
    remembering.supersede(notification, waiting, channels=channels)
    for group in groups(waiting, notification):
        if group.verdict:
            base = group.verdict.base
            insert_deliveries(notification, group.told, at=at, state=BY_CADENCE, base=base)
        if not (group.is_on_record or notification.quiet):
            remembering.pass_over(notification, group.passed_over)


def moments(
    waiting: SubscriptionQuerySet, notification: Notification, *, at: datetime
) -> Iterator[tuple[SubscriptionQuerySet, datetime]]:
    """The waiting by when they are told: at once, or each in the morning on his own wall."""
    if notification.local_on is None:
        yield waiting, at
        return
    clocks = ("channel__subscriber__time_zone", "channel__subscriber__digest_hour")
    for zone, hour in waiting.values_list(*clocks).distinct().order_by():
        same_clock = waiting.filter(**dict(zip(clocks, (zone, hour), strict=True)))
        yield same_clock, morning(notification.local_on, hour=hour, zone=zone)


def insert_deliveries(
    notification: Notification,
    subscriptions: SubscriptionQuerySet,
    *,
    at: datetime,
    state: models.expressions.Combinable,
    base: Revision | None = None,
) -> None:
    """One delivery per channel.

    Of several subscriptions the narrowest comes first; the others meet the unique pair of
    notification and channel.
    """
    now = Value(at, output_field=DateTimeField())
    nothing = Value("", output_field=CharField())
    zero = Value(0, output_field=IntegerField())
    columns: Columns = {
        "notification_id": Value(notification.pk, output_field=IntegerField()),
        "channel_id": F("channel_id"),
        "subscription_id": F("pk"),
        "base_id": Value(base.pk if base else None, output_field=IntegerField()),
        "message_id": NewUUID(),
        "state": state,
        "owed_at": now,
        "next_attempt_at": now,
        "attempts": zero,
        "lost_leases": zero,
        "reply_text": nothing,
        "skip_reason": nothing,
    }
    insert(Delivery, columns, subscriptions, once=["notification_id", "channel_id"])
