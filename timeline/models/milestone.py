import uuid
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from timeline.changes import StatementKind
from timeline.dates import DateError, zone_named
from timeline.models.organisation import Organisation
from timeline.models.programme import Programme
from timeline.models.tag import Tag


def validate_zone(name: str) -> None:
    try:
        zone_named(name)
    except DateError as error:
        raise ValidationError(str(error)) from error


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def locked(self, pk: int) -> "Milestone":
        """The row as it is now; nobody else changes it until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def published(self) -> "MilestoneQuerySet":
        """Those that a source has said something about; a draft has no revision yet."""
        return self.filter(current_revision__isnull=False)

    def planned(self) -> "MilestoneQuerySet":
        return self.filter(current_revision__status=StatementKind.PLAN)

    def may_still_come(self, *, today: date) -> "MilestoneQuerySet":
        open_or_ahead = Q(current_revision__latest__gte=today) | Q(current_revision__latest=None)
        return self.planned().filter(open_or_ahead)

    def awaiting_news(self, *, today: date) -> "MilestoneQuerySet":
        return self.planned().filter(current_revision__latest__lt=today)

    def not_yet_overdue(self, *, at: datetime) -> "MilestoneQuerySet":
        """Those whose last possible day is over somewhere on Earth, and that do not say so."""
        tomorrow = (at + timedelta(days=1)).date()
        passed = Q(current_revision__overdue=False, current_revision__latest__lt=tomorrow)
        return self.planned().filter(passed)

    def not_looked_at_since(self, day: date) -> "MilestoneQuerySet":
        """Those of which nobody looked for news on that day or later."""
        return self.filter(Q(last_checked_on__lt=day) | Q(last_checked_on=None))

    def past(self) -> "MilestoneQuerySet":
        return self.published().exclude(current_revision__status=StatementKind.PLAN)

    def in_programme(self, programme: Programme) -> "MilestoneQuerySet":
        return self.filter(programme=programme)

    def of_organisation(self, organisation: Organisation) -> "MilestoneQuerySet":
        return self.filter(programme__organisations=organisation)

    def tagged(self, tag: Tag) -> "MilestoneQuerySet":
        return self.filter(tags=tag)

    def in_order(self) -> "MilestoneQuerySet":
        """By the last day of the unit that was named, the narrower first, no date last."""
        return self.order_by(
            "current_revision__nominal_latest",
            F("current_revision__nominal_earliest").desc(nulls_last=True),
            F("current_revision__instant").asc(nulls_last=True),
            "pk",
        )

    def newest_first(self) -> "MilestoneQuerySet":
        return self.order_by(
            F("current_revision__nominal_latest").desc(nulls_last=True),
            F("current_revision__instant").desc(nulls_last=True),
            "-pk",
        )

    def with_what_is_shown(self) -> "MilestoneQuerySet":
        """Everything a list shows, in a constant number of queries."""
        return self.select_related(
            "programme",
            "current_revision__statement__source",
            "current_revision__previous",
        ).prefetch_related("tags", "programme__organisations")


class Milestone(models.Model):
    """One thing that is to happen: a launch, a landing, a summit, the end of a mission.

    Its date is not here: it is derived from what sources said, and published as revisions.
    `home_zone` is the zone whose days are meant. `announced_revision` is the last one that
    readers were told, or that was already public when telling began.
    """

    class Shape(models.TextChoices):
        INSTANT = "instant", "happens at a moment"
        SPAN = "span", "lasts some days"

    class Hemisphere(models.TextChoices):
        NORTH = "N", "northern"
        SOUTH = "S", "southern"

    class Fiscal(models.TextChoices):
        UNKNOWN = "", "not set: ask"
        JAPAN = "jp", "Japan (from April, named by its first year)"
        INDIA = "in", "India (April to March, named by both years)"
        USA = "us", "United States (October to September, named by its last year)"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestones")
    tags = models.ManyToManyField(Tag, blank=True, related_name="milestones")
    shape = models.CharField(max_length=8, choices=Shape.choices, default=Shape.INSTANT)
    summary = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    url = models.URLField("URL", max_length=500, blank=True)
    home_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    hemisphere = models.CharField(
        max_length=1, choices=Hemisphere.choices, default=Hemisphere.NORTH
    )
    fiscal = models.CharField(
        "fiscal year", max_length=2, choices=Fiscal.choices, default=Fiscal.UNKNOWN, blank=True
    )
    last_checked_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    current_revision = models.OneToOneField(
        "timeline.Revision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    announced_revision = models.ForeignKey(
        "timeline.Revision", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MilestoneQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("timeline:milestone", args=[self.slug])
