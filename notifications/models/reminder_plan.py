from datetime import datetime

from django.db import models
from django.db.models import F, Q

from timeline.models import Announcement, Milestone, Revision, Statement


class ReminderPlanQuerySet(models.QuerySet["ReminderPlan"]):
    def planned(self) -> "ReminderPlanQuerySet":
        return self.filter(state=ReminderPlan.State.PLANNED)

    def fired(self) -> "ReminderPlanQuerySet":
        return self.filter(state=ReminderPlan.State.FIRED)

    def due(self, *, at: datetime) -> "ReminderPlanQuerySet":
        return self.planned().filter(fire_at__lte=at, expires_at__gt=at)

    def too_late(self, *, at: datetime) -> "ReminderPlanQuerySet":
        return self.planned().filter(expires_at__lte=at)

    def not_settling(self) -> "ReminderPlanQuerySet":
        """Those of milestones whose date is not just moving: that news goes first."""
        held = Announcement.objects.held().filter(milestone=models.OuterRef("milestone"))
        return self.filter(~models.Exists(held))

    def for_what_is_published(self) -> "ReminderPlanQuerySet":
        return self.filter(milestone__current_revision__statement=F("statement"))

    def nearest_first(self) -> "ReminderPlanQuerySet":
        return self.order_by("milestone", "-fire_at", "pk")


class ReminderPlan(models.Model):
    """A moment at which to remind of a milestone, derived from the statement that holds.

    One row for all readers: fanned out when it fires. From `expires_at` on it would no longer
    be true or useful, and is missed instead. One that is told after all, late and as the last
    of those that were missed or skipped, is planned again with a later `expires_at`.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        FIRED = "fired", "fired"
        SUPERSEDED = "superseded", "superseded: the date moved"
        MISSED = "missed", "missed: it would have come too late"
        COALESCED = "coalesced", "left out: a nearer one was due too"
        SKIPPED = "skipped", "skipped: past already, or told already"

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    anchor = models.CharField(max_length=16)
    fire_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)

    objects = ReminderPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reminder_plan_once", fields=["milestone", "statement", "anchor"]
            ),
            models.CheckConstraint(
                name="reminder_plan_in_order", condition=Q(fire_at__lte=F("expires_at"))
            ),
        ]
        indexes = [
            models.Index(
                name="reminder_plan_due", fields=["fire_at"], condition=Q(state="planned")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.anchor}"


class PlannedRevision(models.Model):
    """Up to which revision the reminders of a milestone are planned.

    One that is behind, or missing, is work for the next tick.
    """

    milestone = models.OneToOneField(Milestone, models.PROTECT, primary_key=True, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"planned: {self.revision}"
