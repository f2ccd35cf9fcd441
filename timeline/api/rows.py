"""What the API says of a milestone, gathered in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from timeline import wording
from timeline.asof import Step, steps
from timeline.changes import Change, Stated, StatementKind
from timeline.models import Milestone, Revision, Statement
from timeline.models.dated import NEVER, Dated
from timeline.models.milestone import MilestoneQuerySet


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date with the milestone that says whose days, seasons and fiscal years are meant."""

    dated: Dated
    milestone: Milestone

    @property
    def words(self) -> str:
        there = self.milestone
        return wording.date_words(
            self.dated.date,
            home_zone=there.home_zone,
            hemisphere=there.hemisphere,
            fiscal=there.fiscal,
        )

    @property
    def zone(self) -> str:
        return self.dated.zone or self.milestone.home_zone

    @property
    def nominal_latest(self) -> object:
        return None if self.dated.nominal_latest == NEVER else self.dated.nominal_latest


@dataclass(frozen=True, slots=True)
class ChangeRow:
    change: Change
    before: Stated | None
    after: Stated

    @property
    def words(self) -> str:
        return wording.change_words(self.change, self.before, self.after)

    @property
    def amount(self) -> str:
        return wording.amount_words(self.change, self.before, self.after)


@dataclass(frozen=True, slots=True)
class StatementRow:
    milestone: Milestone
    step: Step
    correction: Statement | None

    @property
    def statement(self) -> Statement:
        return self.step.statement

    @property
    def corrected_by(self) -> int | None:
        return self.correction.pk if self.correction else None

    @property
    def date(self) -> DateRow:
        return DateRow(self.statement, self.milestone)

    @property
    def change(self) -> ChangeRow:
        return ChangeRow(self.step.change, self.step.before, self.statement.stated)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    milestone: Milestone
    revision: Revision
    previous: Revision | None

    @property
    def date(self) -> DateRow:
        return DateRow(self.revision, self.milestone)

    @property
    def change(self) -> ChangeRow:
        before = _shown(self.previous, self.milestone) if self.previous else None
        return ChangeRow(self.revision.change, before, _shown(self.revision, self.milestone))


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A public milestone, all that was said of it and all that was published, oldest first."""

    milestone: Milestone
    statements: Sequence[StatementRow]
    revisions: Sequence[RevisionRow]

    @property
    def published(self) -> RevisionRow:
        return self.revisions[-1]


def with_history(milestones: MilestoneQuerySet) -> MilestoneQuerySet:
    said = Statement.objects.in_order_said().select_related("source")
    published = Revision.objects.order_by("number").select_related("statement__source")
    return milestones.with_what_is_shown().prefetch_related(
        Prefetch("statements", said), Prefetch("revisions", published)
    )


def milestone_row(milestone: Milestone) -> MilestoneRow:
    """The row of a milestone that was selected `with_history`."""
    said = list(milestone.statements.all())
    chain = [one for one in said if one.standing in Statement.IN_CHAIN]
    revisions = list(milestone.revisions.all())
    corrections = {one.corrects_id: one for one in said}
    by_key: dict[int | None, Revision] = {one.pk: one for one in revisions}
    return MilestoneRow(
        milestone,
        [
            StatementRow(milestone, step, corrections.get(step.statement.pk))
            for step in steps(said, chain)
        ],
        [RevisionRow(milestone, one, by_key.get(one.previous_id)) for one in revisions],
    )


def _shown(revision: Revision, milestone: Milestone) -> Stated:
    """The date as published, which for a cancelled milestone is the one that it had."""
    return Stated(
        date=revision.date,
        said_on=revision.statement.stated_on,
        home_zone=milestone.home_zone,
        kind=StatementKind(revision.status),
    )
