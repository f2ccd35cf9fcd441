"""What a reader wants to hear of: kinds of news, kinds of reminders, how far a date must move.

Stored as flags, so that one statement of SQL finds everybody who waits for something.
"""

import re
from enum import IntFlag

from timeline.changes import Change, ChangeKind, is_news
from timeline.dates import VagueDate

ANY_DISTANCE = 32_767  # what a small integer holds
_A_MONTH, _A_WEEK = 30, 7


class News(IntFlag):
    """Kinds of news. REFINED are the small ones that nobody is told of unless he asks."""

    LATER = 1
    EARLIER = 2
    FIRMER = 4
    VAGUER = 8
    FIRST_DATED = 16
    UNDATED = 32
    CANCELLED = 64
    REINSTATED = 128
    HAPPENED = 256
    REFINED = 512


class Reminders(IntFlag):
    """Kinds of reminders. OVERDUE comes after the date: "it passed without news"."""

    MONTH_AHEAD = 1
    WEEK_AHEAD = 2
    DAY_AHEAD = 4
    HOUR_AHEAD = 8
    BEGINS = 16
    CLOSES = 32
    STILL_OPEN = 64
    OVERDUE = 128


USUAL_NEWS = ~News.REFINED & News(1023)
USUAL_REMINDERS = ~Reminders.OVERDUE & Reminders(255)
# Whoever believes the old date is told that it moved, whatever else he asked for.
MOVED = frozenset(
    {
        ChangeKind.SLIP,
        ChangeKind.PULL_IN,
        ChangeKind.UNDATED,
        ChangeKind.CANCELLED,
        ChangeKind.REINSTATED,
    }
)
_KINDS = {
    ChangeKind.SLIP: News.LATER,
    ChangeKind.PULL_IN: News.EARLIER,
    ChangeKind.FIRMED: News.FIRMER,
    ChangeKind.LOOSENED: News.VAGUER,
    ChangeKind.FIRST_DATED: News.FIRST_DATED,
    ChangeKind.UNDATED: News.UNDATED,
    ChangeKind.CANCELLED: News.CANCELLED,
    ChangeKind.REINSTATED: News.REINSTATED,
    ChangeKind.OCCURRED: News.HAPPENED,
}
_MOMENTS = {
    "overdue": Reminders.OVERDUE,
    "t-1h": Reminders.HOUR_AHEAD,
    "opens": Reminders.BEGINS,
    "reached": Reminders.BEGINS,
}


def kind_of_news(change: Change, *, after: VagueDate) -> News | None:
    """The kind that a reader must have asked for; None if it is no news at all."""
    kind = _KINDS.get(change.kind)
    if kind is None:
        return None
    return kind if is_news(change, after=after) else News.REFINED


def reach(change: Change, *, after: VagueDate) -> int:
    """The largest threshold, in days, that this news still passes.

    Movements are measured by it, and what widens or narrows a window; the rest always passes.
    """
    if not is_news(change, after=after) or is_news(
        change, after=after, threshold_days=ANY_DISTANCE
    ):
        return ANY_DISTANCE
    moved = {
        ChangeKind.LOOSENED: change.d_late,
        ChangeKind.FIRMED: change.d_early,
    }.get(change.kind, change.days)
    return min(abs(moved or 0), ANY_DISTANCE)


def kind_of_reminder(anchor: str) -> Reminders:
    """The kind of a moment of `timeline.phases`, by its name. Raises ValueError for no such."""
    if anchor in _MOMENTS:
        return _MOMENTS[anchor]
    found = re.fullmatch(r"(t|opens|deadline|closes|reached)([-+])(\d+)d", anchor)
    if found is None:
        raise ValueError(f"{anchor!r} is no moment of a reminder.")
    name, sign, days = found[1], found[2], int(found[3])
    if sign == "+":
        return Reminders.STILL_OPEN
    if name == "closes":
        return Reminders.CLOSES
    if days >= _A_MONTH:
        return Reminders.MONTH_AHEAD
    return Reminders.WEEK_AHEAD if days >= _A_WEEK else Reminders.DAY_AHEAD
