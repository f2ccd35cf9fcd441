"""How much a date moved, in no language yet: rounded to what the words of its dates can carry."""

from dataclasses import dataclass
from enum import StrEnum

from timeline.changes import Change, ChangeKind, Stated
from timeline.dates import DAY_OR_FINER

WEEKS_BELOW = 26  # days; from there on it is months
IN_YEARS_FROM = 731  # days; a longer wait is told in years
_DAYS_IN_WEEK = 7
_DAYS_IN_MONTH = 365.25 / 12
_DAYS_IN_YEAR = 365.25
_MONTHS_IN_YEAR = 12
_YEARS_FROM = 400  # thirteen months are still called that
_MINUTES_IN_DAY = 24 * 60
_MOVES = frozenset({ChangeKind.SLIP, ChangeKind.PULL_IN})


class Measure(StrEnum):
    MINUTE = "min"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Amount:
    """Weeks, months and years are rough; no week is less than one. Only years have a tenth."""

    number: float
    measure: Measure


def amount_of(change: Change, before: Stated | None, after: Stated) -> Amount | None:
    """How far a slip or pull-in moved; None for other changes.

    Days only if both dates are days or finer; `before` without a date (a gap) is not.
    """
    if change.minutes:
        return _of_minutes(abs(change.minutes), days=abs(change.days or 0))
    is_move = change.kind in _MOVES or change.sub in _MOVES
    if not is_move or not change.days:
        return None
    sharp = before is not None and {before.date.precision, after.date.precision} <= DAY_OR_FINER
    return Amount(abs(change.days), Measure.DAY) if sharp else rough(abs(change.days))


def rough(days: int) -> Amount:
    """Weeks, months to about a year, then years."""
    if days < _DAYS_IN_WEEK / 2:
        return Amount(0, Measure.WEEK)
    if days < WEEKS_BELOW:
        return Amount(round(days / _DAYS_IN_WEEK), Measure.WEEK)
    return months_or_years(days)


def months_or_years(days: int) -> Amount:
    months = round(days / _DAYS_IN_MONTH)
    if days < _YEARS_FROM and months != _MONTHS_IN_YEAR:
        return Amount(months, Measure.MONTH)
    return Amount(round(days / _DAYS_IN_YEAR, 1), Measure.YEAR)


def _of_minutes(minutes: int, *, days: int) -> Amount:
    if minutes < _MINUTES_IN_DAY:
        return Amount(minutes, Measure.MINUTE)
    return Amount(max(days, 1), Measure.DAY)
