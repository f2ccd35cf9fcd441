"""Which milestones a calendar shows in a month, and what is read of them.

The month is all that a feed knows of the time of a request: between two firsts of a month it
changes only by a revision.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum, auto
from typing import NamedTuple

from django.db.models import OuterRef, Prefetch, Subquery

from timeline.ical import facts
from timeline.ical.current import Current
from timeline.ical.facts import UNITS, Facts
from timeline.ical.options import Options
from timeline.models import Edition, Revision
from timeline.models.milestone import MilestoneQuerySet

_MONTHS_KEPT = {"0": 0, "3m": 3, "12m": 12}
_MONTHS = 12
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Member(NamedTuple):
    """A milestone that a calendar shows, and which revision of it.

    It is past if it was over before the month. `year` is the one in whose digest it stands.
    """

    milestone_id: int
    revision_id: int
    is_past: bool
    year: int | None


class Fate(Enum):
    """What becomes of a milestone in a calendar.

    CANCELLED is what is told no longer; LEFT_OUT is what would be shown but for the options.
    """

    SHOWN = auto()
    OVER = auto()
    CANCELLED = auto()
    LEFT_OUT = auto()
    UNDATED = auto()


@dataclass(frozen=True, slots=True)
class Selection:
    """`newest` is when any milestone was last changed, also of those not shown.

    `regrouped_at` is when one last left a group: nothing that is left in the group tells.
    """

    members: tuple[Member, ...]
    newest: datetime
    regrouped_at: datetime


def month_of(at: datetime) -> date:
    """The first day of the month, in UTC."""
    return at.astimezone(UTC).date().replace(day=1)


def begins(month: date) -> datetime:
    return datetime.combine(month, time.min, UTC)


def select(
    current: Current, *, month: date, options: Options, regrouped_at: datetime | None = None
) -> Selection:
    """Of these milestones, what a calendar shows in that month, in the order of its entries.

    `regrouped_at` is when one last left a group, if the caller has read that before.
    """
    # First the moment, then the rows: what is told as newer than it is would not be fetched again.
    regrouped_at = regrouped_at or Edition.objects.regrouped_at() or LONG_AGO
    rows = current.read()
    known = facts.of_revisions(revision_id for _, revision_id in rows)
    fate_of, is_shown = _rule(month, options), Fate.SHOWN
    shown = [(known[row[1]].order, row) for row in rows if fate_of(known[row[1]]) is is_shown]
    has_digests = options.year == "digest"
    members = [
        Member(
            milestone_id,
            revision_id,
            known[revision_id].lasts_until < month,
            known[revision_id].year if has_digests and known[revision_id].in_digest else None,
        )
        for _, (milestone_id, revision_id) in sorted(shown)
    ]
    newest = max((known[revision_id].recorded_at for _, revision_id in rows), default=LONG_AGO)
    return Selection(tuple(members), newest, regrouped_at)


def fates(current: Current, *, month: date, options: Options) -> Counter[Fate]:
    """How many of these milestones a calendar shows in that month, and why not the others."""
    rows = current.read()
    known = facts.of_revisions(revision_id for _, revision_id in rows)
    fate_of = _rule(month, options)
    return Counter(fate_of(known[revision_id]) for _, revision_id in rows)


def _rule(month: date, options: Options) -> Callable[[Facts], Fate]:
    """What is shown is not over for too long, and clear enough.

    A cancelled one stays as long as it is told, whatever else is past.
    """
    kept_from, unit = _kept_from(month, options), UNITS[options.upto]
    keeps_cancelled = options.cancelled == "mark"
    keeps_years, keeps_vague = options.year != "none", options.vague != "none"
    has_digests = options.year == "digest"

    def fate_of(one: Facts) -> Fate:
        if not one.is_dated:
            return Fate.CANCELLED if one.is_cancelled else Fate.UNDATED
        if one.lasts_until < (month if one.is_cancelled else kept_from):
            return Fate.CANCELLED if one.is_cancelled else Fate.OVER
        if one.unit > unit or (one.year and not keeps_years):
            return Fate.LEFT_OUT
        if one.is_vague and not keeps_vague and not (has_digests and one.in_digest):
            return Fate.LEFT_OUT
        return Fate.LEFT_OUT if one.is_cancelled and not keeps_cancelled else Fate.SHOWN

    return fate_of


def _kept_from(month: date, options: Options) -> date:
    if options.past == "all":
        return date.min
    months = month.year * _MONTHS + month.month - 1 - _MONTHS_KEPT[options.past]
    return date(months // _MONTHS, months % _MONTHS + 1, 1)


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
