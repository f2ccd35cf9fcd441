"""How long until a date, in words that are no surer than the date itself."""

from datetime import date, datetime, timedelta

from timeline.changes import StatementKind
from timeline.dates import Mode, Precision, VagueDate
from timeline.phases import Phase, phase, today_at
from timeline.wording.amounts import days_words, roughly
from timeline.wording.measured import IN_YEARS_FROM
from timeline.wording.phrases import date_words
from timeline.wording.units import day_words

_COUNTED_BELOW = 26  # days; from there on the wait is told in months
_HOURS_BELOW = timedelta(days=2)
_DAY = timedelta(days=1)
_FINE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH_PART, Precision.MONTH})
_FIXED = {
    Phase.DONE: "happened",
    Phase.CANCELLED: "cancelled",
    Phase.UNDATED: "nobody names a date",
}


def countdown_words(
    value: VagueDate, *, kind: StatementKind, home_zone: str, said_on: date, now: datetime
) -> str:
    """One line: "in 12 days", "window opens in about 3 months", "window open, 41 of 92 days left".

    Hours and minutes only before and after an exact time.
    """
    stands = phase(value, kind=kind, home_zone=home_zone, said_on=said_on, now=now)
    if stands in _FIXED:
        return _FIXED[stands]
    if value.instant is not None:
        return _to_a_time(value, stands, value.instant - now)
    return _to_a_day(value, stands, home_zone, today_at(now, home_zone))


def _to_a_day(value: VagueDate, stands: Phase, home_zone: str, today: date) -> str:
    window = value.window(home_zone)
    if window.latest is None:
        return _to_earliest(value, home_zone, today)
    if today > window.latest:
        return _since(value, (today - window.latest).days, stands)
    if window.earliest is None:
        return _to_deadline((window.latest - today).days)
    if today < window.earliest:
        return _to_window(value, (window.earliest - today).days)
    return _inside(value, window.earliest, window.latest, today)


def _to_a_time(value: VagueDate, stands: Phase, wait: timedelta) -> str:
    is_sharp = abs(wait) < _HOURS_BELOW and not value.qualifier.is_approximate
    amount = _hours_words(abs(wait)) if is_sharp else ""
    if stands is Phase.BEFORE:
        return f"in {amount or _sharp_days(value, wait.days)}"
    amount = amount or _past_days(value, -wait // _DAY)
    news = "no news" if stands is Phase.OVERDUE else "awaiting news"
    return f"was due {amount} ago, {news}"


def _hours_words(wait: timedelta) -> str:
    hours, minutes = divmod(int(wait.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes} min" if minutes else "less than a minute"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def _to_earliest(value: VagueDate, home_zone: str, today: date) -> str:
    earliest = value.window(home_zone).earliest
    assert earliest is not None  # noqa: S101
    if today < earliest:
        words = date_words(value, home_zone=home_zone)
        return f"{words} ({_in_days((earliest - today).days)})"
    if value.precision in _FINE:
        return f"possible any day since {day_words(earliest)}"
    unit = date_words(value, home_zone=home_zone).rpartition("not before ")[2]
    return f"possible any day since the beginning of {unit}"


def _to_deadline(days: int) -> str:
    if days == 0:
        return "due today"
    return f"due within {days_words(days) if days < IN_YEARS_FROM else roughly(days)}"


def _to_window(value: VagueDate, days: int) -> str:
    if value.precision is not Precision.DAY:
        return f"window opens {_in_days(days)}"
    is_tomorrow = days == 1 and not value.qualifier.is_approximate
    return "tomorrow" if is_tomorrow else f"in {_sharp_days(value, days)}"


def _inside(value: VagueDate, first: date, last: date, today: date) -> str:
    width, left = (last - first).days + 1, (last - today).days + 1
    if value.precision is Precision.DAY:
        return "today" if first == last else f"on now, day {width - left + 1} of {width}"
    if left == 1:
        return "last day of the window"
    if width >= IN_YEARS_FROM:
        return f"window open, {roughly(left)} left"
    return f"window open, {left} of {width} days left"


def _since(value: VagueDate, days: int, stands: Phase) -> str:
    news = "no news" if stands is Phase.OVERDUE else "awaiting news"
    if value.precision is Precision.DAY and value.mode is not Mode.BY:
        return f"was due {_past_days(value, days)} ago, {news}"
    what = "deadline passed" if value.mode is Mode.BY else "window closed"
    return f"{what} {'yesterday' if days == 1 else f'{_counted(days)} ago'}, {news}"


def _sharp_days(value: VagueDate, days: int) -> str:
    return f"about {days_words(days)}" if value.qualifier.is_approximate else days_words(days)


def _past_days(value: VagueDate, days: int) -> str:
    return _sharp_days(value, days) if days < _COUNTED_BELOW else roughly(days)


def _in_days(days: int) -> str:
    return "tomorrow" if days == 1 else f"in {_counted(days)}"


def _counted(days: int) -> str:
    return days_words(days) if days < _COUNTED_BELOW else roughly(days)
