from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from timeline.models.changed import Changed
from timeline.models.milestone import Milestone
from timeline.models.revision import Revision


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def held(self) -> "AnnouncementQuerySet":
        return self.filter(state=Announcement.State.HELD)

    def due(self, *, at: datetime) -> "AnnouncementQuerySet":
        """Held ones whose settle time is over and that no editor keeps back, oldest first."""
        settled = self.held().filter(settle_at__lte=at, kept_back=False)
        return settled.order_by("settle_at", "pk")

    def released(self) -> "AnnouncementQuerySet":
        return self.filter(state=Announcement.State.RELEASED)


class Announcement(Changed):
    """Outbox row: the news from one revision of a milestone to another.

    *Held* while it settles: further edits merge into it, so its change is always the net one
    from what was last announced to what is published now. Then *released*, for whoever wants
    to know, or *discarded*. A milestone has at most one that is held.
    """

    class State(models.TextChoices):
        HELD = "held", "held"
        RELEASED = "released", "released"
        DISCARDED = "discarded", "discarded"

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="announcements")
    from_revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    to_revision = models.ForeignKey(Revision, models.PROTECT, related_name="announcements")
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    reason = models.CharField(max_length=300, blank=True, default="")
    opened_at = models.DateTimeField()
    settle_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    kept_back = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=100, blank=True, default="")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="announcement_one_held", fields=["milestone"], condition=Q(state="held")
            ),
            models.CheckConstraint(
                name="announcement_closed_at",
                condition=Q(state="held", closed_at=None)
                | (~Q(state="held") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="announcement_due", fields=["settle_at"], condition=Q(state="held")),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.change_kind}"
