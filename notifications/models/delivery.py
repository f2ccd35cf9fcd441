import uuid
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from notifications.models.channel import Channel
from notifications.models.notification import Notification
from notifications.models.subscription import Subscription
from notifications.wishes import Reminders
from timeline.models import Revision

# Queued again without an answer: the sender died, or the line broke. It may have arrived.
IN_DOUBT = Q(state="queued", attempts__gt=0, reply_code__isnull=True)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def queued(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.QUEUED)

    def due(self, *, at: datetime) -> "DeliveryQuerySet":
        return self.queued().filter(next_attempt_at__lte=at)

    def sending(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.SENDING)

    def abandoned(self, *, at: datetime) -> "DeliveryQuerySet":
        """Those whose sender has not come back in time."""
        return self.sending().filter(lease_until__lt=at)

    def held_by(self, lease: uuid.UUID) -> "DeliveryQuerySet":
        return self.sending().filter(lease_token=lease)

    def owed(self) -> "DeliveryQuerySet":
        """Those that have neither left nor been given up."""
        return self.filter(
            state__in=[Delivery.State.QUEUED, Delivery.State.SENDING, Delivery.State.BATCHED]
        )

    def waiting(self) -> "DeliveryQuerySet":
        """Those that are owed and in no sender's hand."""
        return self.owed().exclude(state=Delivery.State.SENDING)

    def by_mail(self) -> "DeliveryQuerySet":
        # Asked of each row in turn: with a join SQLite reads all channels first.
        return self.filter(Exists(Channel.objects.by_mail().filter(pk=OuterRef("channel"))))

    def by_other_ways(self) -> "DeliveryQuerySet":
        return self.filter(channel__in=Channel.objects.by_other_ways())

    def unsuspected(self) -> "DeliveryQuerySet":
        return self.filter(lost_leases=0)

    def suspected(self) -> "DeliveryQuerySet":
        """Those during which a sender died, perhaps of them: they are sent alone."""
        return self.filter(lost_leases__gt=0)

    def told_or_leaving(self) -> "DeliveryQuerySet":
        """Those that their readers know of, or may, or will once what is on its way has arrived."""
        return self.filter(
            Q(state__in=[Delivery.State.SENT, Delivery.State.SENDING])
            | Q(state=Delivery.State.BATCHED, within__isnull=False)
            | IN_DOUBT
        )

    def not_left(self) -> "DeliveryQuerySet":
        """Those that wait and were never tried, or not taken."""
        waiting = Q(state=Delivery.State.QUEUED) | Q(state=Delivery.State.BATCHED, within=None)
        return self.filter(waiting & ~IN_DOUBT)

    def news(self) -> "DeliveryQuerySet":
        return self.filter(notification__kind=Notification.Kind.CHANGE)

    def mergeable(self) -> "DeliveryQuerySet":
        """Those that may leave in one mail with others: news, and reminders of days."""
        reminders = Q(notification__kind=Notification.Kind.REMINDER)
        of_an_hour = Q(notification__reminder=Reminders.HOUR_AHEAD.value)
        return self.filter(Q(notification__kind=Notification.Kind.CHANGE) | reminders & ~of_an_hour)

    def untouched(self) -> "DeliveryQuerySet":
        """Those that wait and were never tried."""
        return self.filter(
            Q(state=Delivery.State.QUEUED) | Q(state=Delivery.State.BATCHED, within=None),
            first_attempt_at=None,
        )

    def failed(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.FAILED)

    def batched(self) -> "DeliveryQuerySet":
        """Those that wait for a digest, or are part of one that has not left."""
        return self.filter(state=Delivery.State.BATCHED)

    def oldest_first(self) -> "DeliveryQuerySet":
        return self.order_by("next_attempt_at", "pk")

    @transaction.atomic
    def claim(
        self, *, lease: uuid.UUID, until: datetime, at: datetime, limit: int
    ) -> list["Delivery"]:
        """Take up to `limit` of these, the oldest first; until then nobody else may send them.

        Attempts are counted here, not after: a row that kills its sender counts too.
        """
        _walk_along_the_queue()
        chosen = self.queued().order_by("next_attempt_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            chosen = chosen.select_for_update(skip_locked=True, of=("self",))
        # On SQLite nothing is locked: the transaction is the only writer (BEGIN IMMEDIATE), and
        # asking again makes the update itself the judge on every database. Asked whether they are
        # `queued`, PostgreSQL would read all that are.
        ids = list(chosen.values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        Delivery.objects.filter(pk__in=ids, lease_token=None).update(
            state=Delivery.State.SENDING,
            lease_token=lease,
            lease_until=until,
            attempts=F("attempts") + 1,
            first_attempt_at=Coalesce("first_attempt_at", Value(at)),
        )
        return list(Delivery.objects.held_by(lease).oldest_first().only("channel"))


def _walk_along_the_queue() -> None:
    """Keep PostgreSQL from sorting all that is due for its first fifty, until we commit.

    It would where it has not counted yet how much that is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_bitmapscan TO off")


class Delivery(models.Model):
    """One notification, owed to one channel; there is at most one of each such pair.

    `message_id` and `first_attempt_at` (the mail's Date) are the same on every try, so that
    who gets a copy twice can see that it is one. Only who holds the lease may say what became
    of it. `lost_leases` counts the senders that died with it in hand.

    `base` is the revision that its reader knew when it was owed: his news is the net change
    from there. One that is *batched* waits for a digest; `within` is the delivery of the
    digest that takes it along.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "being sent"
        BATCHED = "batched", "waiting for a digest"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    # No constraints on the way to other tables: their triggers are half the time of a fan-out.
    # The unique pair below leads with the notification and is its index.
    notification = models.ForeignKey(
        Notification, models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="deliveries", db_constraint=False
    )
    subscription = models.ForeignKey(
        Subscription,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        db_constraint=False,
        help_text="The reason why it is sent, the narrowest if there are several.",
    )
    base = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    within = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        db_constraint=False,
        db_index=False,
    )
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    owed_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    lost_leases = models.PositiveSmallIntegerField(default=0)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)
    reply_text = models.CharField(max_length=200, blank=True, default="")
    skip_reason = models.CharField(max_length=20, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["notification", "channel"]),
            models.CheckConstraint(
                name="delivery_lease_while_sending",
                condition=Q(state="sending", lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_token=None, lease_until=None)),
            ),
            models.CheckConstraint(
                name="delivery_sent_at",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="delivery_cancelled_for_a_reason",
                condition=Q(state="cancelled") & ~Q(skip_reason="")
                | ~Q(state="cancelled") & Q(skip_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due", fields=["next_attempt_at", "id"], condition=Q(state="queued")
            ),
            # Hardly ever one: looking for them must not walk along all that are due.
            models.Index(
                name="delivery_suspected",
                fields=["next_attempt_at", "id"],
                condition=Q(state="queued", lost_leases__gt=0),
            ),
            models.Index(name="delivery_batched", fields=["channel"], condition=Q(state="batched")),
            models.Index(
                name="delivery_within", fields=["within"], condition=Q(within__isnull=False)
            ),
            models.Index(
                name="delivery_leased", fields=["lease_until"], condition=Q(state="sending")
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
