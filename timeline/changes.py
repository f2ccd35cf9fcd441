"""What changed between two statements of one milestone: the kind, and by how much.

Windows are compared in days of the home zone: the unit that was named, both ends closed. The
figure in the headline is the movement of its centre; between deadlines, that of the deadline.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from timeline.comparing import Pair, days_between, minutes_between, pair_of, tolerance
from timeline.dates import DAY_OR_FINER, Mode, Qualifier, VagueDate


class StatementKind(StrEnum):
    PLAN = "plan"
    OCCURRED = "occurred"
    CANCELLED = "cancelled"


class ChangeKind(StrEnum):
    FIRST_DATED = "first_dated"
    SLIP = "slip"
    PULL_IN = "pull_in"
    FIRMED = "firmed"
    LOOSENED = "loosened"
    UNDATED = "undated"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    OCCURRED = "occurred"
    UNCHANGED = "unchanged"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as said on a day (of the source) about a milestone whose home is `home_zone`."""

    date: VagueDate
    said_on: dt.date
    home_zone: str
    kind: StatementKind = StatementKind.PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A kind of change and its figures; positive is later, None where there is no such figure.

    `d_early` and `d_late` are the movement of the first and the last day in whole days, `days`
    that of the headline; `at_least` and `at_most` bound all movements that agree with both
    statements. `minutes` only between exact times. `promise_broken`: the last day that was
    allowed lies before the new window. `after_gap`: compared with the date from before a time
    without one. What was cancelled, or had happened, and is planned again is reinstated; its
    `sub` is the kind of change of the date.
    """

    kind: ChangeKind
    sub: str = ""
    d_early: int | None = None
    d_late: int | None = None
    days: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    minutes: int | None = None
    promise_broken: bool = False
    after_gap: bool = False


NO_NEW_DATE = "no date"
AS_BEFORE_THE_GAP = "as before the gap"
AS_STATED = "as stated"
_GRADES = "ABC"
_DOUBTS = {doubt: set(doubt.value.replace("%", "~?")) for doubt in Qualifier}
_MOVES = frozenset({ChangeKind.SLIP, ChangeKind.PULL_IN})


def classify(before: Stated | None, after: Stated, *, last_dated: Stated | None = None) -> Change:
    """The change from one statement to the next.

    `last_dated` is the last plan with a date before a gap; it counts only if `before` has no
    date or cancelled. Without a `before`, the first word on a milestone.
    """
    base = _compared_with(before, last_dated)
    after_gap = base is not None and base is not before
    if after.kind is StatementKind.CANCELLED:
        again = before is not None and before.kind is StatementKind.CANCELLED
        return Change(kind=ChangeKind.UNCHANGED if again else ChangeKind.CANCELLED)
    if after.kind is StatementKind.OCCURRED:
        return replace(_occurred(base, after), after_gap=after_gap)
    if before is not None and before.kind is not StatementKind.PLAN:
        return replace(_planned_again(base, after), after_gap=after_gap)
    if not after.date.is_dated:
        was_dated = before is not None and before.date.is_dated
        kind, sub = (ChangeKind.UNDATED, "") if was_dated else (ChangeKind.UNCHANGED, NO_NEW_DATE)
        return Change(kind=kind, sub=sub)
    if before is None or base is None:
        return Change(kind=ChangeKind.FIRST_DATED)
    return _dated_again(_moved(base, after)) if after_gap else _moved(base, after)


def classify_chain(chain: Sequence[Stated]) -> list[Change]:
    """The change at each statement of a milestone, in the order in which they were said."""
    changes: list[Change] = []
    before: Stated | None = None
    last_dated: Stated | None = None
    for stated in chain:
        changes.append(classify(before, stated, last_dated=last_dated))
        before = stated
        last_dated = stated if stated.date.is_dated else last_dated
    return changes


def is_news(change: Change, *, after: VagueDate, threshold_days: int = 0) -> bool:
    """Whether readers are told at once who want to hear of movements from `threshold_days`.

    Narrowing is news when it reaches a day, or cuts off the early part; widening when it may
    be later. A date after a time without one always is.
    """
    match change.kind:
        case ChangeKind.UNCHANGED | ChangeKind.EDITED:
            return False
        case _ if change.after_gap:
            return True
        case ChangeKind.SLIP | ChangeKind.PULL_IN:
            return abs(change.days or 0) >= threshold_days
        case ChangeKind.LOOSENED:
            return change.sub == "later" and (change.d_late or 0) >= threshold_days
        case ChangeKind.FIRMED:
            is_late = change.sub == "late" and (change.d_early or 0) >= threshold_days
            return is_late or _names_the_day(after)
    return True


def supersedes(
    current: Stated, new: Stated, *, same_source: bool, current_grade: str, new_grade: str
) -> bool:
    """Whether a new statement replaces the current one without an editor's word.

    It does not if it comes from another source and is vaguer, or of a lower grade (A is best;
    what is not A, B or C is below C): then it is dissent. Nor does a plan replace an event.
    """
    if current.kind is StatementKind.OCCURRED and new.kind is not StatementKind.OCCURRED:
        return False
    if same_source:
        return True
    is_weaker = _rank(new_grade) > _rank(current_grade)
    return not is_weaker and classify(current, new).kind is not ChangeKind.LOOSENED


# ---- how ---------------------------------------------------------------------------------------


def _rank(grade: str) -> int:
    return _GRADES.find(grade) % (len(_GRADES) + 1)


def _names_the_day(value: VagueDate) -> bool:
    return value.precision in DAY_OR_FINER and value.mode not in (Mode.NET, Mode.BY)


def _planned_again(base: Stated | None, after: Stated) -> Change:
    if base is None or not after.date.is_dated:
        return Change(kind=ChangeKind.REINSTATED)
    moved = _moved(base, after)
    return replace(moved, kind=ChangeKind.REINSTATED, sub=moved.kind.value)


def _dated_again(moved: Change) -> Change:
    """Across a gap even the old date is news: readers were told that there is none."""
    if moved.kind is ChangeKind.UNCHANGED:
        moved = replace(moved, kind=ChangeKind.FIRST_DATED, sub=AS_BEFORE_THE_GAP)
    return replace(moved, after_gap=True)


def _occurred(base: Stated | None, after: Stated) -> Change:
    if base is None or not after.date.is_dated:
        return Change(kind=ChangeKind.OCCURRED)
    if base.kind is StatementKind.OCCURRED:
        # Of what is over no window passes: a vaguer echo loosens it, however late it is said.
        told_again = _moved(base, replace(after, said_on=dt.date.min))
        if told_again.kind not in _MOVES:
            return told_again
    if base.date.instant and after.date.instant:
        minutes, days = _moved_time(base.date.instant, after.date.instant, after.home_zone)
        sub = "late" if minutes > 0 else "early" if minutes < 0 else AS_STATED
        return _change_of_time(ChangeKind.OCCURRED, sub, minutes, days)
    pair = pair_of(base.date, base.said_on, after.date, after.said_on, home_zone=after.home_zone)
    allowed = tolerance(base.date)
    too_late, too_early = pair.b1 - pair.a2, pair.b2 - pair.a1
    if too_late > allowed:
        broken = base.date.mode is not Mode.NET
        return Change(kind=ChangeKind.OCCURRED, sub="late", days=too_late, promise_broken=broken)
    if too_early < -allowed and base.date.mode is not Mode.BY:
        return Change(kind=ChangeKind.OCCURRED, sub="early", days=too_early)
    return Change(kind=ChangeKind.OCCURRED, sub=AS_STATED, days=0)


def _moved(before: Stated, after: Stated) -> Change:
    """Both have a date: the first that fits, in this order."""
    if before.date.instant and after.date.instant:
        moved = _moved_time(before.date.instant, after.date.instant, after.home_zone)
        return _moved_by_minutes(before.date, after.date, *moved)
    pair = pair_of(
        before.date, before.said_on, after.date, after.said_on, home_zone=after.home_zone
    )
    if pair.is_same:
        return _change(pair, *_same_window(before.date, after.date))
    if pair.both_by:
        kind = ChangeKind.SLIP if pair.d_late > 0 else ChangeKind.PULL_IN
        return _change(pair, kind, "deadline")
    if pair.is_rounding(max(tolerance(before.date), tolerance(after.date))):
        return _change(pair, ChangeKind.UNCHANGED, "rounded")
    return _moved_window(pair, before, after)


def _moved_window(pair: Pair, before: Stated, after: Stated) -> Change:
    is_net = before.date.mode is Mode.NET
    if pair.b1 > pair.a2:
        return _change(pair, ChangeKind.SLIP, promise_broken=not is_net)
    if pair.b2 < pair.a1:
        return _change(pair, ChangeKind.PULL_IN)
    if pair.a2 < after.said_on.toordinal() and pair.d_late > 0:
        shifted = pair.not_before(after.said_on, old_is_by=before.date.mode is Mode.BY)
        return _change(shifted, ChangeKind.SLIP, "old window had passed", promise_broken=not is_net)
    if pair.new_lies_inside:
        lean = pair.lean(early="late", late="early", neither="middle")
        return _change(pair, ChangeKind.FIRMED, lean)
    if pair.old_lies_inside:
        lean = pair.lean(early="earlier", late="later", neither="both")
        return _change(pair, ChangeKind.LOOSENED, lean)
    return _change(pair, ChangeKind.SLIP if pair.d_late > 0 else ChangeKind.PULL_IN, "overlap")


def _same_window(old: VagueDate, new: VagueDate) -> tuple[ChangeKind, str]:
    for sub, had, has in (
        ("time", bool(old.instant), bool(new.instant)),
        ("upper bound", old.mode is not Mode.NET, new.mode is not Mode.NET),
        ("lower bound", old.mode is not Mode.BY, new.mode is not Mode.BY),
    ):
        if had != has:
            kind = ChangeKind.FIRMED if has else ChangeKind.LOOSENED
            added = " added" if has else " dropped"
            return kind, sub + added if sub == "time" else sub
    return _same_bounds(old, new)


def _same_bounds(old: VagueDate, new: VagueDate) -> tuple[ChangeKind, str]:
    if old == new:
        return ChangeKind.UNCHANGED, "identical"
    doubts, doubts_now = _DOUBTS[old.qualifier], _DOUBTS[new.qualifier]
    if doubts_now < doubts:
        return ChangeKind.FIRMED, "qualifier"
    if doubts < doubts_now:
        return ChangeKind.LOOSENED, "qualifier"
    return ChangeKind.UNCHANGED, "zone" if old.instant else "relabelled"


def _moved_by_minutes(before: VagueDate, after: VagueDate, minutes: int, days: int) -> Change:
    if minutes == 0:
        return _change_of_time(*_same_bounds(before, after), minutes, days)
    kind = ChangeKind.SLIP if minutes > 0 else ChangeKind.PULL_IN
    return _change_of_time(kind, "" if days else "same day", minutes, days)


def _moved_time(then: dt.datetime, now: dt.datetime, home_zone: str) -> tuple[int, int]:
    return minutes_between(then, now), days_between(then, now, home_zone=home_zone)


def _change_of_time(kind: ChangeKind, sub: str, minutes: int, days: int) -> Change:
    broken = minutes > 0 and days > 0
    return Change(kind=kind, sub=sub, days=days, minutes=minutes, promise_broken=broken)


def _change(pair: Pair, kind: ChangeKind, sub: str = "", *, promise_broken: bool = False) -> Change:
    at_least, at_most = pair.range
    return Change(
        kind=kind,
        sub=sub,
        d_early=pair.d_early,
        d_late=pair.d_late,
        days=pair.days,
        at_least=at_least,
        at_most=at_most,
        promise_broken=promise_broken,
    )


def _compared_with(before: Stated | None, last_dated: Stated | None) -> Stated | None:
    if before is None:
        return None
    if before.date.is_dated and before.kind is not StatementKind.CANCELLED:
        return before
    return last_dated if last_dated is not None and last_dated.date.is_dated else None
