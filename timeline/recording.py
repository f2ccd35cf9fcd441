"""The rows that a verb writes: a milestone locked, a statement, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from timeline import chain, outbox
from timeline.changes import Change, ChangeKind
from timeline.claims import Claim, PublishingError
from timeline.models import Announcement, Milestone, Revision, Statement
from timeline.models.revision import Editor


class Conflict(PublishingError):
    """Somebody published in between: `theirs` is what stands now, `seen` what was edited."""

    def __init__(self, *, theirs: Revision, seen: Revision | None) -> None:
        self.theirs, self.seen = theirs, seen
        super().__init__(
            "Somebody changed this milestone while you were editing it. Nothing of yours is "
            "saved and nothing of theirs is lost: look at both and state it again."
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What was written. No revision: the statement did not become current."""

    statement: Statement
    revision: Revision | None
    announcement: Announcement | None


def lock(milestone: Milestone, *, seen_number: int | None = None) -> Milestone:
    """The milestone as it is now, locked until the transaction ends. Raises Conflict."""
    locked = Milestone.objects.locked(milestone.pk)
    published = locked.current_revision
    if seen_number is not None and published is not None and published.number != seen_number:
        seen = locked.revisions.filter(number=seen_number).first()
        raise Conflict(theirs=published, seen=seen)
    return locked


def published(
    statement: Statement, revision: Revision | None, *, news: bool, editor: Editor, at: datetime
) -> Published:
    """What was written, and the announcement that it made."""
    statement.refresh_from_db()
    if revision is None:
        return Published(statement, None, None)
    announcement = outbox.announce(revision, news=news, editor=editor, at=at)
    return Published(statement, revision, announcement)


def write_statement(
    milestone: Milestone,
    claim: Claim,
    *,
    standing: str,
    editor: Editor,
    at: datetime,
    corrects: Statement | None = None,
) -> Statement:
    """A statement in its place of the chain, which is derived again."""
    statement = Statement(
        milestone=milestone,
        source=claim.source,
        text=claim.text,
        stated_on=claim.stated_on,
        stated_precision=claim.stated_precision,
        kind=claim.kind,
        # Which one is current is decided by the whole chain, just below.
        standing=Statement.Standing.SUPERSEDED if standing in Statement.IN_CHAIN else standing,
        certainty=claim.certainty,
        reason=claim.reason,
        window_end_at=claim.window_end_at,
        corrects=corrects,
        entered_at=at,
        placed_at=(corrects.placed_at or corrects.entered_at) if corrects else None,
        entered_by=editor,
    )
    statement.set_date(claim.date, home_zone=milestone.home_zone, said_on=claim.stated_on)
    statement.set_change(Change(kind=ChangeKind.UNCHANGED))
    statement.save()
    chain.rechain(milestone)
    return statement


def strike(statement: Statement, *, at: datetime, reason: str = "") -> None:
    """Withdraw it: it stays where it was said, with the day and the reason."""
    statement.withdrawn_at, statement.withdrawn_because = at, reason
    statement.save(update_fields=["withdrawn_at", "withdrawn_because"])
    set_standing(statement, Statement.Standing.WITHDRAWN)


def set_standing(statement: Statement, standing: str) -> None:
    """Change it, and derive the chain again."""
    statement.standing = standing
    statement.save(update_fields=["standing"])
    chain.rechain(statement.milestone)
