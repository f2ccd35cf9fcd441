"""Which milestones a calendar shows in a month, and what is read of them.

The month is all that a feed knows of the time of a request: between two firsts of a month it
changes only by a revision.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from timeline.changes import ChangeKind, StatementKind
from timeline.ical.options import DEFAULT, Options
from timeline.ical.vagueness import in_a_digest, is_vague, is_year, known_to
from timeline.models import Edition, Revision
from timeline.models.milestone import MilestoneQuerySet

CANCELLED_FOR = timedelta(days=90)
_MONTHS_KEPT = {"0": 0, "3m": 3, "12m": 12}
_MONTHS = 12


class Member(NamedTuple):
    """A milestone that a calendar shows, and which revision of it.

    `latest` is its last possible day, if any; `year` begins the one in whose digest it stands.
    """

    milestone_id: int
    revision_id: int
    latest: date | None
    year: date | None = None


def month_of(at: datetime) -> date:
    """The first day of the month, in UTC."""
    return at.astimezone(UTC).date().replace(day=1)


def begins(month: date) -> datetime:
    return datetime.combine(month, time.min, UTC)


def members(milestones: MilestoneQuerySet, *, month: date, options: Options) -> Iterator[Member]:
    """Of these, those that a calendar shows in that month, in the order of its entries."""
    rows = shown(milestones, month=month, options=options).in_order()
    facts: list[Any] = ["pk", "current_revision_id", "current_revision__latest"]
    if options.year == "digest":
        facts.append(Case(When(in_a_digest(_CURRENT), then=F("current_revision__earliest"))))
    return starmap(Member, rows.values_list(*facts))


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
    """Those with a date that is not too vague, and not over for too long.

    A cancelled one stays until its date has passed, and for 90 days, so that every reader sees
    it said. All is counted from the first of the month.
    """
    is_cancelled = Q(current_revision__status=StatementKind.CANCELLED)
    lasts = ~is_cancelled & _not_over_for_long(month, options)
    if options.cancelled == "mark":
        lasts |= is_cancelled & _still_told(month)
    dated = milestones.filter(current_revision__edtf__isnull=False)
    return _clear_enough(dated, options).filter(lasts)


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


# ---- conditions --------------------------------------------------------------------------------

_CURRENT = "current_revision__"


def _not_over_for_long(month: date, options: Options) -> Q:
    if options.past == "all":
        return Q()
    months = month.year * _MONTHS + month.month - 1 - _MONTHS_KEPT[options.past]
    first = date(months // _MONTHS, months % _MONTHS + 1, 1)
    return Q(current_revision__latest=None) | Q(current_revision__latest__gte=first)


def _still_told(month: date) -> Q:
    lately = Revision.objects.filter(
        milestone=OuterRef("pk"),
        change_kind=ChangeKind.CANCELLED,
        recorded_at__gte=begins(month) - CANCELLED_FOR,
    )
    return Q(current_revision__nominal_latest__gte=month) | Q(Exists(lately))


def _clear_enough(milestones: MilestoneQuerySet, options: Options) -> MilestoneQuerySet:
    in_digest = in_a_digest(_CURRENT)
    if options.upto != "any":
        milestones = known_to(options.upto, milestones)
    if options.year == "none":
        milestones = milestones.exclude(is_year(_CURRENT))
    if options.vague == "none":
        kept = ~is_vague(_CURRENT)
        milestones = milestones.filter(kept | in_digest if options.year == "digest" else kept)
    return milestones
