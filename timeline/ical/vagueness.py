"""How vague a date is, as conditions for the database; each with the prefix of a revision.

What `marker` decides of a single revision, decided of many at once; a test compares the two.
"""

from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q

from timeline.changes import StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Precision, Qualifier
from timeline.models.milestone import MilestoneQuerySet

_WEEK_TO_MONTH = {Precision.WEEK, Precision.MONTH_PART, Precision.MONTH}
_QUARTER = {Precision.QUARTER, Precision.SEASON}
_YEAR = {Precision.YEAR_PART, Precision.HALF, Precision.YEAR, Precision.FISCAL_YEAR}
# unit: which precisions are no coarser, and at how many days a range counts as the unit
_UNITS = {
    "day": (DAY_OR_FINER, 0),
    "month": (DAY_OR_FINER | _WEEK_TO_MONTH, 31),
    "quarter": (DAY_OR_FINER | _WEEK_TO_MONTH | _QUARTER, 92),
    "year": (DAY_OR_FINER | _WEEK_TO_MONTH | _QUARTER | _YEAR, 366),
}


def known_to(unit: str, milestones: MilestoneQuerySet) -> MilestoneQuerySet:
    """Those whose date names that unit or a finer one; a range counts by how long it is."""
    precisions, days = _UNITS[unit]
    is_long = Q(current_revision__precision=Precision.RANGE) | (
        Q(current_revision__mode=Mode.SPAN) & ~Q(current_revision__precision__in=DAY_OR_FINER)
    )
    named = Q(current_revision__precision__in=precisions)
    first, last = F("current_revision__nominal_earliest"), F("current_revision__nominal_latest")
    # A difference of two days: a day added to the last one of the calendar would be none.
    length = ExpressionWrapper(last - first, output_field=DurationField())
    is_short = Q(named_for__lt=timedelta(days=days))
    return milestones.alias(named_for=length).filter((~is_long & named) | (is_long & is_short))


def is_vague(revision: str) -> Q:
    """As `marker.is_vague`."""
    day = _all(revision, precision__in=DAY_OR_FINER, qualifier=Qualifier.CERTAIN)
    one_day = _all(revision, mode=Mode.WITHIN, earliest=F(f"{revision}latest"))
    exact = day & (one_day | _all(revision, mode=Mode.SPAN))
    return ~exact & ~_all(revision, mode=Mode.BY, qualifier=Qualifier.CERTAIN)


def is_year(revision: str) -> Q:
    """Known to a year of the calendar, and neither a deadline nor a "not before"."""
    return _all(revision, precision=Precision.YEAR, mode=Mode.WITHIN)


def in_a_digest(revision: str) -> Q:
    """Whether a digest of its year holds it: what is cancelled, or overdue, stands alone."""
    return is_year(revision) & _all(revision, status=StatementKind.PLAN, overdue=False)


def _all(revision: str, **conditions: object) -> Q:
    return Q(**{f"{revision}{name}": value for name, value in conditions.items()})
