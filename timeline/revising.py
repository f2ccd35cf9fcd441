"""A revision: what is published of a milestone, written once and numbered."""

from datetime import datetime, timedelta

from timeline import chain
from timeline.changes import Change, StatementKind, classify
from timeline.models import Milestone, Revision, Statement
from timeline.models.revision import Editor


def publish_current(
    milestone: Milestone, *, editor: Editor, at: datetime, reason: str = ""
) -> Revision | None:
    """Publish the current statement; None if it is what is published already."""
    current = milestone.statements.get(standing=Statement.Standing.CURRENT)
    published = milestone.current_revision
    if published is not None and published.statement_id == current.pk:
        return None
    before = milestone.statements.chain().exclude(pk=current.pk).select_related("milestone")
    change = classify(
        published.stated if published else None,
        current.stated,
        last_dated=chain.last_dated(list(before)),
    )
    return write_revision(
        milestone, change, said=current, editor=editor, at=at, reason=reason or current.reason
    )


def write_revision(
    milestone: Milestone,
    change: Change,
    *,
    editor: Editor,
    at: datetime,
    said: Statement,
    reason: str = "",
    overdue: bool = False,
) -> Revision:
    """Publish the milestone as it now stands, with the change from what was published before.

    `said` is the statement that it rests on. The caller holds the milestone's lock.
    """
    previous = milestone.current_revision
    revision = Revision(
        milestone=milestone,
        number=previous.number + 1 if previous else 1,
        previous=previous,
        statement=said,
        status=said.kind,
        overdue=overdue,
        title=milestone.title,
        reason=reason,
        recorded_at=_moment_after(previous, at=at),
        recorded_by=editor,
    )
    revision.set_change(change)
    # A cancelled milestone goes on showing the date that it had.
    keeps_date = said.kind == StatementKind.CANCELLED and previous is not None
    revision.copy_date(previous if keeps_date and previous else said)
    revision.sequence = _next_sequence(previous, revision)
    revision.save()
    milestone.current_revision = revision
    looked_on = max(said.stated_on, milestone.last_checked_on or said.stated_on)
    milestone.last_checked_on = looked_on
    milestone.save(update_fields=["current_revision", "last_checked_on"])
    return revision


def _moment_after(previous: Revision | None, *, at: datetime) -> datetime:
    # Calendars compare LAST-MODIFIED in whole seconds and rewrite only what is newer.
    moment = at.replace(microsecond=0)
    if previous is None:
        return moment
    return max(moment, previous.recorded_at + timedelta(seconds=1))


def _next_sequence(previous: Revision | None, revision: Revision) -> int:
    if previous is None:
        return 0
    return previous.sequence + (previous.schedule != revision.schedule)
