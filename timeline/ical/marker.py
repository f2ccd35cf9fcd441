"""What a revision becomes in a calendar: from when to when, how firm, under which title.

One rule per kind of date, in the order of docs/feeds.md. A vague date is a marker of one day: at
the start of its window, or where the reader wants it; a deadline and what is overdue at the end.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from timeline.changes import StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Qualifier
from timeline.ical import text
from timeline.ical.options import DEFAULT, Options
from timeline.models import Revision
from timeline.wording.entries import ALL, ENGLISH, FIRST, LAST, EntryWords

LONGEST_TITLE = 120
LONGEST_BAR = timedelta(days=31)
CLOSE = "-close"
_DAY = timedelta(days=1)
_USUAL_LENGTH = timedelta(minutes=30)
_DOUBTS = frozenset({"tbd", "tbc"})


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Marker:
    """Where an entry stands. Days or moments in UTC; `end` is exclusive and always later.

    `shows` says which of the possible days it marks. `suffix` tells a further entry of the same
    revision from the first by its UID.
    """

    start: date
    end: date
    shows: str = FIRST
    suffix: str = ""

    @property
    def is_timed(self) -> bool:
        return isinstance(self.start, datetime)


def places(revision: Revision, options: Options = DEFAULT) -> list[Marker]:
    """Where the entries of a dated revision stand. Raises ValueError for one without a date."""
    if revision.instant is not None:
        return [_timed(revision.instant, revision.window_end_at, home=_any_day(revision, options))]
    first, last = revision.earliest, revision.latest
    if first is None or last is None:
        return [_one_sided(first, last)]
    if is_exact(revision):
        return _named_days(first, last, options)
    if revision.overdue:
        return [_day(last, shows=LAST)]
    if first == last:
        return [_day(first)]
    return _window(first, last, options)


def is_exact(revision: Revision) -> bool:
    """Whether the days, or the moment, are named: the window leaves no choice, and no doubt."""
    if revision.precision not in DAY_OR_FINER or revision.qualifier != Qualifier.CERTAIN:
        return False
    one_day = revision.mode == Mode.WITHIN and revision.earliest == revision.latest
    return one_day or revision.mode == Mode.SPAN


def is_vague(revision: Revision) -> bool:
    """Whether a ~ stands before its name: it has no day, and no deadline that is beyond doubt."""
    is_deadline = revision.mode == Mode.BY and revision.qualifier == Qualifier.CERTAIN
    return not is_exact(revision) and not is_deadline


def status(revision: Revision) -> Status:
    """CONFIRMED is what happened, and a day that is named without any doubt beside it."""
    if revision.status == StatementKind.CANCELLED:
        return Status.CANCELLED
    if revision.status == StatementKind.OCCURRED:
        return Status.CONFIRMED
    doubted = revision.overdue or revision.statement.certainty in _DOUBTS
    return Status.CONFIRMED if is_exact(revision) and not doubted else Status.TENTATIVE


def is_busy(revision: Revision, marker: Marker, options: Options) -> bool:
    """Only something with a time takes time, and only if it is on."""
    is_on = status(revision) is not Status.CANCELLED
    return options.busy == "1" and marker.is_timed and is_on


def rings(revision: Revision) -> bool:
    """Nobody is woken for a day that is not firm, or over."""
    return revision.status == StatementKind.PLAN and status(revision) is Status.CONFIRMED


def title(
    revision: Revision,
    *,
    named: str,
    words: str,
    has_sign: bool = True,
    say: EntryWords = ENGLISH,
) -> str:
    """The name first, then the words for a date that is no day; the name gives way, not they."""
    sign = "~ " if has_sign and is_vague(revision) else ""
    before = say.cancelled if revision.status == StatementKind.CANCELLED else sign
    behind = _behind_name(revision, say).format(words=words)
    room = max(LONGEST_TITLE - len(before) - len(behind), 1)
    return before + text.one_line(named, limit=room) + behind


def _behind_name(revision: Revision, say: EntryWords) -> str:
    if revision.overdue:
        return say.overdue_was
    if is_exact(revision):
        return ""
    return say.was if revision.status == StatementKind.CANCELLED else say.bracketed


# ---- where -------------------------------------------------------------------------------------


def _day(day: date, *, shows: str = FIRST, suffix: str = "") -> Marker:
    return Marker(day, day + _DAY, shows, suffix)


def _timed(starts_at: datetime, ends_at: datetime | None, *, home: date | None) -> Marker:
    if home is not None:
        return _day(home)
    start = starts_at.astimezone(UTC)
    end = ends_at.astimezone(UTC) if ends_at and ends_at > starts_at else start + _USUAL_LENGTH
    return Marker(start, end)


def _any_day(revision: Revision, options: Options) -> date | None:
    return revision.earliest if options.allday == "1" else None


def _one_sided(first: date | None, last: date | None) -> Marker:
    """A "not before" stands on its first day, a deadline on its last."""
    if first is not None:
        return _day(first)
    if last is not None:
        return _day(last, shows=LAST)
    raise ValueError("What has no date has no place in a calendar.")


def _named_days(first: date, last: date, options: Options) -> list[Marker]:
    """One bar over all of them, or an entry on each; of very many only the bar is of use."""
    bar = Marker(first, last + _DAY)
    count = (bar.end - first).days
    if options.days == "span" or bar.end - first > LONGEST_BAR:
        return [bar]
    later = [_day(first + number * _DAY, suffix=f"-day{number + 1}") for number in range(1, count)]
    return [_day(first), *later]


def _window(first: date, last: date, options: Options) -> list[Marker]:
    bar = Marker(first, last + _DAY, ALL)
    match options.vague:
        case "end":
            return [_day(last, shows=LAST)]
        case "both":
            return [_day(first), _day(last, shows=LAST, suffix=CLOSE)]
        case "span" if options.long == "1" or bar.end - first <= LONGEST_BAR:
            return [bar]
    return [_day(first)]
