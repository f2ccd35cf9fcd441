from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q

from timeline.changes import Stated, StatementKind
from timeline.models.changed import Changed
from timeline.models.dated import STATEMENT_KINDS, Dated, date_constraints
from timeline.models.milestone import Milestone
from timeline.models.statement import Statement

Editor = User | None


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_at(self) -> datetime | None:
        """When the last one was recorded."""
        newest: datetime | None = self.aggregate(at=Max("recorded_at"))["at"]
        return newest

    def newest_first(self) -> "RevisionQuerySet":
        return self.order_by("-recorded_at", "-pk")

    def latest_said_first(self) -> "RevisionQuerySet":
        """By the day on which the source said it, whenever we published it."""
        return self.order_by("-statement__stated_on", "-recorded_at", "-pk")

    def with_what_is_told(self) -> "RevisionQuerySet":
        """With all that a line of the ledger, or of a feed, says of each."""
        return self.select_related(
            "milestone__programme", "statement__source", "previous__statement"
        ).prefetch_related("statement__milestone", "statement__corrections")

    def of_milestones(self, milestones: "models.QuerySet[Milestone]") -> "RevisionQuerySet":
        return self.filter(milestone__in=milestones)

    def of_dates(self) -> "RevisionQuerySet":
        """Those that moved, firmed, gave or took a date; not mere edits of the text."""
        return self.exclude(change_kind__in=["edited", "unchanged"])


class Revision(Dated, Changed):
    """What we published about a milestone at one moment. Never edited or deleted.

    `number` counts from 1. `sequence` counts only changes of date, status or overdue: it is
    the SEQUENCE of the calendar entry (RFC 5546 §2.1.4). `recorded_at` rises by at least a
    whole second from one revision to the next: it is the entry's LAST-MODIFIED. A cancelled
    milestone keeps the date that it had. The change is that from `previous`, as published.
    """

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next"
    )
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="revisions")
    status = models.CharField(max_length=9, choices=STATEMENT_KINDS, default=StatementKind.PLAN)
    overdue = models.BooleanField(default=False)
    title = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            *date_constraints("revision"),
            models.UniqueConstraint(name="revision_number", fields=["milestone", "number"]),
            models.CheckConstraint(name="revision_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            models.Index(name="revision_order", fields=["nominal_latest", "nominal_earliest"]),
            models.Index(name="revision_news", fields=["recorded_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.title}, revision {self.number}"

    @property
    def stated(self) -> Stated:
        """The revision as a value, to classify or word a change from or to it."""
        return self.statement.stated

    @property
    def schedule(self) -> tuple[object, ...]:
        """What a calendar shows as time and state; SEQUENCE counts its changes."""
        return (*self.derived_date, self.status, self.overdue)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError("A revision is never edited; publish another one.")
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError("A revision is never deleted: it has been published.")
