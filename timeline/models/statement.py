from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from timeline.changes import Stated, StatementKind
from timeline.models.changed import Changed
from timeline.models.dated import STATEMENT_KINDS, Dated, date_constraints
from timeline.models.milestone import Milestone
from timeline.models.source import Source
from timeline.wording import said_on_words


class StatementQuerySet(models.QuerySet["Statement"]):
    def chain(self) -> "StatementQuerySet":
        """What we take as said, in the order it was said; the last one is current."""
        return self.filter(standing__in=Statement.IN_CHAIN).in_order_said()

    def said_until(self, day: date) -> "StatementQuerySet":
        return self.filter(stated_on__lte=day)

    def in_order_said(self) -> "StatementQuerySet":
        return self.order_by("stated_on", Coalesce("placed_at", "entered_at"), "pk")


class Statement(Dated, Changed):
    """A source's claim about one milestone: its words, and the date as we read them.

    Append-only: what was said stays; only its standing and the change computed against the
    statement before it are rewritten. `stated_on` is the source's day (the first of the month
    if only that is known), `entered_at` ours. A correction of ours points at what it corrects,
    and takes its place among what was said on the same day: `placed_at`, where that is not when
    it was entered. Of what is struck it says when, and why if that is not its correction.
    """

    class Standing(models.TextChoices):
        CURRENT = "current", "current"
        SUPERSEDED = "superseded", "superseded"
        DISSENT = "dissent", "dissent: others say"
        WITHDRAWN = "withdrawn", "withdrawn"

    IN_CHAIN = (Standing.CURRENT, Standing.SUPERSEDED)

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="statements")
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    text = models.CharField(max_length=300, help_text="The source's own words.")
    stated_on = models.DateField()
    stated_precision = models.CharField(
        max_length=5, choices=Source.Known.choices, default=Source.Known.DAY
    )
    kind = models.CharField(max_length=9, choices=STATEMENT_KINDS, default=StatementKind.PLAN)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    certainty = models.CharField(max_length=3, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True, default="")
    entered_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            *date_constraints("statement"),
            models.UniqueConstraint(
                name="statement_one_current",
                fields=["milestone"],
                condition=Q(standing="current"),
            ),
            models.CheckConstraint(
                name="statement_not_its_own_correction",
                condition=Q(corrects=None) | ~Q(corrects=F("pk")),
            ),
        ]
        indexes = [models.Index(name="statement_chain", fields=["milestone", "stated_on"])]

    def __str__(self) -> str:
        day = said_on_words(self.stated_on, known_to=self.stated_precision)
        return f"“{self.text}” ({self.source.publisher}, {day})"

    @property
    def stated(self) -> Stated:
        return Stated(
            date=self.date,
            said_on=self.stated_on,
            home_zone=self.milestone.home_zone,
            kind=StatementKind(self.kind),
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.standing == Statement.Standing.WITHDRAWN

    @property
    def order_said(self) -> tuple[date, datetime, int]:
        return self.stated_on, self.placed_at or self.entered_at, self.pk

    def delete(self, *_args: object, **_kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError("What a source said is never deleted; withdraw it instead.")
