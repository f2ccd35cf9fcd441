"""How much a date moved, rounded to what its words can carry."""

from timeline.changes import Change, ChangeKind, Stated
from timeline.dates import Mode
from timeline.wording.measured import (
    WEEKS_BELOW,
    Amount,
    Measure,
    amount_of,
    months_or_years,
    rough,
)

_MINUTES_IN_HOUR = 60


def amount_words(change: Change, before: Stated | None, after: Stated) -> str:
    """How far a slip or pull-in moved: "75 days", "≈ 1 year", "5 min"; '' for other changes."""
    amount = amount_of(change, before, after)
    if amount is None:
        return ""
    match amount.measure:
        case Measure.MINUTE:
            return _clock_words(int(amount.number))
        case Measure.DAY:
            return days_words(int(amount.number))
    return _rough_words(amount)


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
    return _rough_words(rough(days))


def roughly(days: int) -> str:
    """The same inside a sentence: "about 3 months"."""
    return about_words(days).replace("≈", "about")


def _rough_words(amount: Amount) -> str:
    return f"≈ {_counted(amount)}" if amount.number else "less than a week"


def _rounded(days: int) -> str:
    return days_words(days) if days < WEEKS_BELOW else _counted(months_or_years(days))


def _clock_words(minutes: int) -> str:
    if minutes < _MINUTES_IN_HOUR:
        return f"{minutes} min"
    hours, rest = divmod(minutes, _MINUTES_IN_HOUR)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _counted(amount: Amount) -> str:
    return f"{amount.number:g} {amount.measure}" + ("" if amount.number == 1 else "s")
