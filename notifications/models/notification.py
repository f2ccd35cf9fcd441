from datetime import datetime

from django.db import models
from django.db.models import Q

from timeline.models import Milestone, Revision


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of_changes(self, milestone: Milestone) -> "NotificationQuerySet":
        return self.filter(milestone=milestone, kind=Notification.Kind.CHANGE)

    def before(self, other: "Notification") -> "NotificationQuerySet":
        """Those of the same milestone that were noted earlier."""
        return self.filter(milestone=other.milestone_id, pk__lt=other.pk)

    def with_what_is_said(self) -> "NotificationQuerySet":
        return self.select_related(
            "milestone__programme",
            "base__statement__milestone",
            "revision__statement__source",
            "revision__statement__milestone",
            "revision__milestone",
        )

    def pending(self) -> "NotificationQuerySet":
        """Those whose deliveries are not all written down yet, the oldest first."""
        return self.filter(state=Notification.State.PENDING).order_by("pk")

    def to_one_reader(self) -> "NotificationQuerySet":
        """Those that concern nobody but the one who gets them."""
        return self.exclude(kind__in=[Notification.Kind.CHANGE, Notification.Kind.REMINDER])


class Notification(models.Model):
    """Something that is to be told, once.

    `key` says what: noting it twice leaves one row. `payload` holds the facts as they were
    then, so that every try says the same. While *pending* it is being fanned out: every
    channel up to number `cursor` that should hear of it has its delivery.

    `revision` is what its readers know once they are told, `base` what those know of whom
    nothing else is on record. A *quiet* one is told only to those
    who asked for such, or must hear of it. `reminder` is its kind as a flag of
    `wishes.Reminders`. With `local_on` each reader gets it in the morning of that day, by the
    clock on his wall.

    Of deliveries whose rows have been deleted `sent_before` and `failed_before` keep the number.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", "a date changed"
        REMINDER = "reminder", "a date comes near"
        CONFIRM = "confirm", "a question: do you want this?"
        DIGEST = "digest", "several news in one"
        ADDRESS = "address", "a question: shall we write to the new address?"
        MANAGE = "manage", "the link to what is followed"
        GOODBYE = "goodbye", "the last mail"

    class State(models.TextChoices):
        PENDING = "pending", "being fanned out"
        EXPANDED = "expanded", "fanned out"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="+")
    base = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="+")
    quiet = models.BooleanField(default=False)
    reminder = models.PositiveSmallIntegerField(default=0)
    local_on = models.DateField(null=True, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    cursor = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_before = models.PositiveIntegerField(default=0)
    failed_before = models.PositiveIntegerField(default=0)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_has_milestone",
                condition=~Q(kind__in=["change", "reminder"]) | Q(milestone__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="notification_pending", fields=["id"], condition=Q(state="pending")),
            models.Index(name="notification_of_milestone", fields=["milestone", "id"]),
        ]

    def __str__(self) -> str:
        return self.key

    def is_over(self, *, at: datetime) -> bool:
        """Whether it is too late to tell."""
        return self.expires_at is not None and self.expires_at < at
