"""What a milestone looks like: as published now, or as it was believed on a past day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from timeline.changes import Change, ChangeKind, Stated, StatementKind
from timeline.dates import VagueDate, order_key, zone_named
from timeline.models import Milestone, Statement
from timeline.models.dated import Dated
from timeline.models.milestone import MilestoneQuerySet

_NO_STEP = {ChangeKind.UNCHANGED, ChangeKind.EDITED}


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, the change it made, and what it is compared with (nothing, if the first)."""

    statement: Statement
    before: Stated | None

    @property
    def change(self) -> Change:
        return self.statement.change


@dataclass(frozen=True, slots=True)
class Look:
    """One milestone as of a day. `said` is the chain until then, oldest first, never empty.

    `dated` holds the date that is shown: a cancelled milestone keeps the one that it had.
    """

    milestone: Milestone
    said: tuple[Statement, ...]
    dated: Dated

    @property
    def statement(self) -> Statement:
        return self.said[-1]

    @property
    def kind(self) -> StatementKind:
        return StatementKind(self.statement.kind)

    @property
    def when(self) -> VagueDate:
        return self.dated.date

    @property
    def stated(self) -> Stated:
        """The shown date as a value, said when the statement was that stands now."""
        zone = self.milestone.home_zone
        return Stated(self.when, self.statement.stated_on, zone, self.kind)

    @property
    def order(self) -> tuple[date, int, float, int]:
        stated = self.stated
        key = order_key(stated.date, home_zone=stated.home_zone, said_on=stated.said_on)
        return *key, self.milestone.pk

    @property
    def steps(self) -> list[Step]:
        return steps(self.said, self.said)

    @property
    def last_step(self) -> Step | None:
        """The last change that was one: not a repetition of what had been said before."""
        return next((one for one in reversed(self.steps) if one.change.kind not in _NO_STEP), None)

    def today(self, now: datetime) -> date:
        """The day at the milestone's home."""
        return now.astimezone(zone_named(self.milestone.home_zone)).date()


def steps(statements: Sequence[Statement], chain: Sequence[Statement]) -> list[Step]:
    """Each statement beside what it is compared with: the date in the chain before it."""
    return [Step(one, _compared_with(one, chain)) for one in statements]


def looks(milestones: MilestoneQuerySet, *, as_of: date | None = None) -> list[Look]:
    """How each of these milestones looks, in the order of what is to come.

    Drafts are left out, and milestones of which nothing had been said until `as_of`. The
    number of queries does not depend on that of the milestones.
    """
    chain = Prefetch(
        "statements", Statement.objects.chain().select_related("source"), to_attr="told"
    )
    rows = milestones.published().with_what_is_shown().prefetch_related(chain)
    return sorted(_existing(rows, as_of), key=lambda look: look.order)


def look(milestone: Milestone, told: Sequence[Statement], *, as_of: date | None) -> Look | None:
    """How a milestone looks whose chain is `told`; None if nothing had been said until then."""
    said = tuple(one for one in told if as_of is None or one.stated_on <= as_of)
    if not said or milestone.current_revision is None:
        return None
    return Look(milestone, said, _dated(said) if as_of else milestone.current_revision)


def _existing(rows: MilestoneQuerySet, as_of: date | None) -> Iterator[Look]:
    for milestone in rows:
        seen = look(milestone, milestone.told, as_of=as_of)  # type: ignore[attr-defined]
        if seen is not None:
            yield seen


def _dated(said: Sequence[Statement]) -> Statement:
    held = [one for one in said if one.kind != StatementKind.CANCELLED]
    return held[-1] if held else said[-1]


def _compared_with(statement: Statement, chain: Sequence[Statement]) -> Stated | None:
    earlier = [one for one in chain if one.order_said < statement.order_said]
    dated = [one for one in earlier if one.edtf]
    if not earlier:
        return None
    if statement.change.after_gap or not statement.edtf:
        return (dated or earlier)[-1].stated
    return earlier[-1].stated
