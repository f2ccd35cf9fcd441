"""The ledger: what we published about dates, from what to what, and who said so."""

from dataclasses import dataclass

from timeline import wording
from timeline.changes import Stated, StatementKind
from timeline.models import Milestone, Revision, Statement
from timeline.worded import amount_words, said_on_words, stated_words, struck_words


@dataclass(frozen=True, slots=True)
class Line:
    """One revision of a date: from what to what, and who said so."""

    revision: Revision

    @property
    def old(self) -> str:
        before = self.before
        return stated_words(before, self.revision.milestone) if before else ""

    @property
    def new(self) -> str:
        return stated_words(self.after, self.revision.milestone)

    @property
    def kind(self) -> str:
        return wording.kind_words(self.revision.change.kind)

    @property
    def amount(self) -> str:
        return amount_words(self.revision.change, self.before, self.after)

    @property
    def bounds(self) -> str:
        if not self.amount:
            return ""
        return wording.range_words(self.revision.change, self.before, self.after)

    @property
    def correction(self) -> Statement | None:
        """What took the place of the statement that it rests on, if we had mistaken that."""
        return next(iter(self.revision.statement.corrections.all()), None)

    @property
    def struck(self) -> str:
        """That it rests on what was withdrawn since, and why; '' if it does not."""
        return struck_words(self.revision.statement, correction=self.correction)

    @property
    def said_on(self) -> str:
        return said_on_words(self.revision.statement)

    @property
    def before(self) -> Stated | None:
        previous = self.revision.previous
        return _shown(previous, self.revision.milestone) if previous else None

    @property
    def after(self) -> Stated:
        return _shown(self.revision, self.revision.milestone)


def _shown(revision: Revision, milestone: Milestone) -> Stated:
    """The date as published, which for a cancelled milestone is the one that it had."""
    return Stated(
        date=revision.date,
        said_on=revision.statement.stated_on,
        home_zone=milestone.home_zone,
        kind=StatementKind(revision.status),
    )
