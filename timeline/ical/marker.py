"""What a revision becomes in a calendar: from when to when, how firm, under which title.

One rule per precision, in the order of docs/feeds.md. A vague date is a marker of one day, never a
banner: at the start of its window, a deadline and what is overdue at the end.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from timeline.changes import StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Qualifier
from timeline.ical import text
from timeline.models import Revision

LONGEST_TITLE = 120
_DAY = timedelta(days=1)
_USUAL_LENGTH = timedelta(minutes=30)
_DOUBTS = frozenset({"tbd", "tbc"})


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Marker:
    """Where an entry stands. Days or moments in UTC; `end` is exclusive and always later."""

    start: date
    end: date


def place(revision: Revision) -> Marker:
    """Where the entry of a dated revision stands. Raises ValueError for one without a date."""
    if revision.instant is not None:
        return _timed(revision.instant, revision.window_end_at)
    first, last = revision.earliest, revision.latest
    if first and last and revision.mode == Mode.SPAN and is_exact(revision):
        return Marker(first, last + _DAY)
    day = _marked_day(revision)
    return Marker(day, day + _DAY)


def is_exact(revision: Revision) -> bool:
    """Whether the days, or the moment, are named: the window leaves no choice, and no doubt."""
    if revision.precision not in DAY_OR_FINER or revision.qualifier != Qualifier.CERTAIN:
        return False
    one_day = revision.mode == Mode.WITHIN and revision.earliest == revision.latest
    return one_day or revision.mode == Mode.SPAN


def status(revision: Revision) -> Status:
    """CONFIRMED is what happened, and a day that is named without any doubt beside it."""
    if revision.status == StatementKind.CANCELLED:
        return Status.CANCELLED
    if revision.status == StatementKind.OCCURRED:
        return Status.CONFIRMED
    doubted = revision.overdue or revision.statement.certainty in _DOUBTS
    return Status.CONFIRMED if is_exact(revision) and not doubted else Status.TENTATIVE


def title(revision: Revision, *, named: str, words: str) -> str:
    """The name first, then the words for a date that is no day; the name gives way, not they."""
    before = _before_name(revision)
    behind = _behind_name(revision, words=words)
    room = max(LONGEST_TITLE - len(before) - len(behind), 1)
    return before + text.one_line(named, limit=room) + behind


def _before_name(revision: Revision) -> str:
    if revision.status == StatementKind.CANCELLED:
        return "Cancelled: "
    is_deadline = revision.mode == Mode.BY and revision.qualifier == Qualifier.CERTAIN
    return "" if is_exact(revision) or is_deadline else "~ "


def _behind_name(revision: Revision, *, words: str) -> str:
    if revision.overdue:
        return f" (overdue, was {words})"
    if is_exact(revision):
        return ""
    was = "was " if revision.status == StatementKind.CANCELLED else ""
    return f" ({was}{words})"


def _timed(starts_at: datetime, ends_at: datetime | None) -> Marker:
    start = starts_at.astimezone(UTC)
    end = ends_at.astimezone(UTC) if ends_at and ends_at > starts_at else start + _USUAL_LENGTH
    return Marker(start, end)


def _marked_day(revision: Revision) -> date:
    first_or_only = revision.earliest or revision.latest
    at_the_end = revision.overdue and revision.latest is not None
    day = revision.latest if at_the_end else first_or_only
    if day is None:
        raise ValueError("What has no date has no place in a calendar.")
    return day
