"""Which milestones a calendar shows in a month, and what is read of them.

The month is all that a feed knows of the time of a request: between two firsts of a month it
changes only by a revision.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import DateTimeField, Exists, Max, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from timeline.changes import ChangeKind, StatementKind
from timeline.ical.options import DEFAULT, Options
from timeline.models import Edition, Revision
from timeline.models.milestone import MilestoneQuerySet

CANCELLED_FOR = timedelta(days=90)


class Member(NamedTuple):
    """A milestone that a calendar shows, and which revision of it."""

    milestone_id: int
    revision_id: int


def month_of(at: datetime) -> date:
    """The first day of the month, in UTC."""
    return at.astimezone(UTC).date().replace(day=1)


def begins(month: date) -> datetime:
    return datetime.combine(month, time.min, UTC)


def members(milestones: MilestoneQuerySet, *, month: date, options: Options) -> Iterator[Member]:
    """Of these, those that a calendar shows in that month, in the order of its entries."""
    rows = shown(milestones, month=month, options=options).in_order()
    return map(Member._make, rows.values_list("pk", "current_revision_id"))


def newest_change(milestones: MilestoneQuerySet) -> datetime:
    """When any of them was last changed, also of those not shown, or the last one left a group."""
    never = Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())
    left_at = Subquery(Edition.objects.values("regrouped_at")[:1])
    newest = Max("current_revision__recorded_at")
    at = Greatest(Coalesce(newest, never), Coalesce(left_at, never))
    found: datetime = milestones.aggregate(at=at)["at"]
    return found.astimezone(UTC).replace(microsecond=0)


def shown(
    milestones: MilestoneQuerySet, *, month: date, options: Options = DEFAULT
) -> MilestoneQuerySet:
    """Those with a date, over for no longer than a year.

    A cancelled one stays until its date has passed, and for 90 days, so that every reader sees
    it said. Both are counted from the first of the month.
    """
    a_year_ago = month.replace(year=month.year - 1)
    is_cancelled = Q(current_revision__status=StatementKind.CANCELLED)
    lasts = Q(current_revision__latest=None) | Q(current_revision__latest__gte=a_year_ago)
    to_come = Q(current_revision__nominal_latest__gte=month)
    lately = Revision.objects.filter(
        milestone=OuterRef("pk"),
        change_kind=ChangeKind.CANCELLED,
        recorded_at__gte=begins(month) - CANCELLED_FOR,
    )
    if options.cancelled == "drop":
        milestones = milestones.exclude(is_cancelled)
    return milestones.filter(current_revision__edtf__isnull=False).filter(
        (~is_cancelled & lasts) | (is_cancelled & (to_come | Exists(lately)))
    )


def with_what_an_entry_says(milestones: MilestoneQuerySet) -> MilestoneQuerySet:
    """In three queries, however many they are. `latest_news` holds one revision, or none."""
    first = Revision.objects.filter(milestone=OuterRef("pk"), number=1).values("recorded_at")
    newest = Revision.objects.filter(milestone=OuterRef("milestone")).of_dates()
    news = (
        Revision.objects.filter(pk=Subquery(newest.order_by("-number").values("pk")[:1]))
        .select_related("statement", "previous__statement")
        .order_by("pk")
    )
    rows = milestones.annotate(first_recorded_at=Subquery(first))
    return rows.select_related("programme", "current_revision__statement__source").prefetch_related(
        "tags", Prefetch("revisions", news, to_attr="latest_news")
    )
