"""How much a date moved, rounded to what its words can carry."""

from timeline.changes import Change, ChangeKind, Stated
from timeline.dates import DAY_OR_FINER, Mode

_DAYS_IN_WEEK = 7
_DAYS_IN_MONTH = 365.25 / 12
_DAYS_IN_YEAR = 365.25
_MONTHS_IN_YEAR = 12
_WEEKS_BELOW = 26
_YEARS_FROM = 400  # thirteen months are still called that
_MINUTES_IN_HOUR = 60
_MINUTES_IN_DAY = 24 * _MINUTES_IN_HOUR
_MOVES = frozenset({ChangeKind.SLIP, ChangeKind.PULL_IN})


def amount_words(change: Change, before: Stated | None, after: Stated) -> str:
    """How far a slip or pull-in moved: "75 days", "≈ 1 year", "5 min"; '' for other changes.

    Days only if both dates are days or finer; `before` without a date (a gap) is not.
    """
    if change.minutes:
        return _clock_words(change.minutes, days=change.days or 0)
    is_move = change.kind in _MOVES or change.sub in _MOVES
    if not is_move or not change.days:
        return ""
    sharp = before is not None and {before.date.precision, after.date.precision} <= DAY_OR_FINER
    return days_words(abs(change.days)) if sharp else about_words(abs(change.days))


def range_words(change: Change, before: Stated | None, after: Stated) -> str:
    """All movements that agree with both statements: "at least 1 day, at most 2 years".

    '' where nothing changed. What is "not before" a day may come at any time after it: to it
    nothing is at most, and from it nothing at least.
    """
    least, most = change.at_least, change.at_most
    if least is None or most is None or change.kind is ChangeKind.UNCHANGED:
        return ""
    from_net = before is not None and before.date.mode is Mode.NET
    if after.date.mode is Mode.NET:
        return "" if from_net else _one_bound_words(change, least, is_lower=True)
    if from_net:
        return _one_bound_words(change, most, is_lower=False)
    return _both_bounds_words(least, most)


def _both_bounds_words(least: int, most: int) -> str:
    if least == most:
        return f"exactly {days_words(abs(least))}" if least else ""
    if least < 0 < most:
        return f"from {_rounded(-least)} earlier to {_rounded(most)} later"
    near, far = (_rounded(days) for days in sorted((abs(least), abs(most))))
    if near == far:
        return f"about {far}"
    return f"at least {near}, at most {far}" if least and most else f"at most {far}"


def _one_bound_words(change: Change, bound: int, *, is_lower: bool) -> str:
    """Of a "not before": at least so much from the date that was, or at most so much to it."""
    if not bound:
        return ""
    is_later, moved_later = bound > 0, (change.days or 0) > 0
    side = "" if is_later == moved_later else f" {'later' if is_later else 'earlier'}"
    return f"at {'least' if is_later == is_lower else 'most'} {_rounded(abs(bound))}{side}"


def days_words(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def about_words(days: int) -> str:
    """A rough amount: weeks, months to about a year, then years."""
    if days < _DAYS_IN_WEEK / 2:
        return "less than a week"
    if days < _WEEKS_BELOW:
        return f"≈ {_counted(round(days / _DAYS_IN_WEEK), 'week')}"
    return f"≈ {_months_or_years(days)}"


def roughly(days: int) -> str:
    """The same inside a sentence: "about 3 months"."""
    return about_words(days).replace("≈", "about")


def _rounded(days: int) -> str:
    return days_words(days) if days < _WEEKS_BELOW else _months_or_years(days)


def _months_or_years(days: int) -> str:
    months = round(days / _DAYS_IN_MONTH)
    if days < _YEARS_FROM and months != _MONTHS_IN_YEAR:
        return _counted(months, "month")
    years = round(days / _DAYS_IN_YEAR, 1)
    return (
        f"{years:.0f} {'year' if years == 1 else 'years'}"
        if years == int(years)
        else f"{years} years"
    )


def _clock_words(minutes: int, *, days: int) -> str:
    amount = abs(minutes)
    if amount >= _MINUTES_IN_DAY:
        return days_words(max(abs(days), 1))
    if amount < _MINUTES_IN_HOUR:
        return f"{amount} min"
    hours, rest = divmod(amount, _MINUTES_IN_HOUR)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
