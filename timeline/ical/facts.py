"""What decides whether a calendar shows a revision, kept in this process: it never changes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, OuterRef, Q, Subquery

from timeline.changes import ChangeKind, StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Precision
from timeline.ical import marker
from timeline.ical.kept import Kept
from timeline.models import Revision

CANCELLED_FOR = timedelta(days=90)
_ROOM = 100_000
_AT_ONCE = 500

# How coarse the unit is that was named; a range counts by how many days it has.
UNITS = {"day": 0, "month": 1, "quarter": 2, "year": 3, "any": 4}
_UNIT_OF: dict[str, str] = {
    **dict.fromkeys(DAY_OR_FINER, "day"),
    **dict.fromkeys([Precision.WEEK, Precision.MONTH_PART, Precision.MONTH], "month"),
    **dict.fromkeys([Precision.QUARTER, Precision.SEASON], "quarter"),
    **dict.fromkeys(
        [Precision.YEAR_PART, Precision.HALF, Precision.YEAR, Precision.FISCAL_YEAR], "year"
    ),
}
_DAYS_IN = {"month": 31, "quarter": 92, "year": 366}


class Facts(NamedTuple):
    """Of one revision. `is_dated` is false of what has no date, and then nothing else counts.

    It is over after the day `lasts_until`, if ever. `year` is given of what is known to a year
    of the calendar, and `in_digest` says whether a digest may hold it.
    """

    recorded_at: datetime
    is_dated: bool
    is_cancelled: bool
    lasts_until: date
    is_vague: bool
    unit: int
    year: int | None
    in_digest: bool
    order: tuple[date, int, float]


_kept: Kept[int, Facts] = Kept(room=_ROOM)
forget_all = _kept.forget


def of_revisions(ids: Iterable[int]) -> dict[int, Facts]:
    """Those that are not known yet are read in one query per 500."""
    wanted = list(ids)
    found = _kept.find(wanted)
    missing = [revision_id for revision_id in wanted if revision_id not in found]
    for at in range(0, len(missing), _AT_ONCE):
        made = {row.pk: _facts(row) for row in _rows(missing[at : at + _AT_ONCE])}
        _kept.keep(made)
        found.update(made)
    return found


def in_digest(prefix: str = "") -> Q:
    """The same as `Facts.in_digest`, for the database: what is cancelled or overdue is alone."""
    known = {"precision": Precision.YEAR, "mode": Mode.WITHIN}
    planned = {"status": StatementKind.PLAN, "overdue": False}
    return Q(**{f"{prefix}{name}": value for name, value in {**known, **planned}.items()})


def _rows(ids: list[int]) -> Iterable[Revision]:
    cancelled = Revision.objects.filter(
        milestone=OuterRef("milestone"), change_kind=ChangeKind.CANCELLED
    )
    newest = cancelled.order_by().values("milestone").annotate(at=Max("recorded_at")).values("at")
    return Revision.objects.filter(pk__in=ids).annotate(cancelled_at=Subquery(newest))


def _facts(revision: Revision) -> Facts:
    is_year = revision.precision == Precision.YEAR and revision.mode == Mode.WITHIN
    is_plan = revision.status == StatementKind.PLAN
    return Facts(
        recorded_at=revision.recorded_at.astimezone(UTC).replace(microsecond=0),
        is_dated=revision.edtf is not None,
        is_cancelled=revision.status == StatementKind.CANCELLED,
        lasts_until=_lasts_until(revision),
        is_vague=marker.is_vague(revision),
        unit=UNITS[_unit(revision)],
        year=revision.earliest.year if is_year and revision.earliest else None,
        in_digest=is_year and is_plan and not revision.overdue,
        order=_order(revision),
    )


def _lasts_until(revision: Revision) -> date:
    """Of what is cancelled, until its date has passed, and so long that every reader sees it."""
    if revision.status != StatementKind.CANCELLED:
        return revision.latest or date.max
    cancelled_at: datetime | None = revision.cancelled_at  # type: ignore[attr-defined]
    told_until = (cancelled_at + CANCELLED_FOR).astimezone(UTC).date() if cancelled_at else date.min
    return max(revision.nominal_latest, told_until)


def _unit(revision: Revision) -> str:
    is_several = revision.mode == Mode.SPAN and revision.precision not in DAY_OR_FINER
    if revision.precision != Precision.RANGE and not is_several:
        return _UNIT_OF.get(revision.precision, "any")
    first, last = revision.nominal_earliest, revision.nominal_latest
    days = (last - first).days + 1 if first else 0
    return next((unit for unit, most in _DAYS_IN.items() if days <= most), "any")


def _order(revision: Revision) -> tuple[date, int, float]:
    """As `MilestoneQuerySet.in_order`: by the last day that was named, the narrower first."""
    first = revision.nominal_earliest
    instant = revision.instant.timestamp() if revision.instant else float("inf")
    return revision.nominal_latest, -first.toordinal() if first else 1, instant
