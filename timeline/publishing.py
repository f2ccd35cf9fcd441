"""The only ways a milestone changes. One transaction each: statement, revision, announcement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from timeline import chain, outbox, phases
from timeline.changes import Change, ChangeKind
from timeline.claims import (
    Claim,
    Preview,
    PublishingError,
    check_claim,
    check_withdrawal,
    is_old_news,
    preview,
    standing_of,
)
from timeline.models import Announcement, Edition, Milestone, Revision, Statement, Tag
from timeline.models.revision import Editor
from timeline.revising import publish_current, write_revision

__all__ = [
    "Claim",
    "Conflict",
    "Preview",
    "Published",
    "PublishingError",
    "check",
    "check_claim",
    "check_withdrawal",
    "correct",
    "edit",
    "mark_overdue",
    "preview",
    "publish_again",
    "rebuild",
    "state",
    "withdraw",
]


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


# ---- stating -----------------------------------------------------------------------------------


@transaction.atomic
def state(
    milestone: Milestone,
    claim: Claim,
    *,
    at: datetime,
    editor: Editor = None,
    announce: bool = True,
    standing: str = "",
    seen_number: int | None = None,
) -> Published:
    """Record what a source said; publish and announce it if it becomes what we hold true.

    Without `standing`, a vaguer or weaker source is saved as dissent. Of an older statement
    the neighbours are re-computed and nobody is told; nor of news over 14 days old. With
    `seen_number`, the number of the revision the editor looked at, raises Conflict if another
    was published since. Raises PublishingError for a claim that cannot be.
    """
    locked = _lock(milestone, seen_number=seen_number)
    check_claim(claim, at=at)
    chosen = standing or standing_of(locked, claim)
    if chosen == Statement.Standing.DISSENT and not locked.statements.chain().exists():
        raise PublishingError("There is nothing to dissent from yet: nobody has said a date.")
    statement = _write_statement(locked, claim, standing=chosen, editor=editor, at=at)
    revision = publish_current(locked, editor=editor, at=at)
    milestone.refresh_from_db()
    news = announce and not is_old_news(claim, at=at)
    return _published(statement, revision, news=news, editor=editor, at=at)


@transaction.atomic
def withdraw(
    statement: Statement,
    *,
    at: datetime,
    reason: str,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Published:
    """Take a statement out of the chain: it was not said, or not of this milestone.

    It stays in the history, marked. If it was current, what was said before it is published
    again. Raises PublishingError for the only statement of a milestone and for one that is
    withdrawn already, and Conflict as `state` does.
    """
    milestone = _lock(statement.milestone, seen_number=seen_number)
    statement.refresh_from_db()
    check_withdrawal(statement)
    _set_standing(statement, Statement.Standing.WITHDRAWN)
    revision = publish_current(milestone, editor=editor, at=at, reason=reason)
    return _published(statement, revision, news=True, editor=editor, at=at)


@transaction.atomic
def correct(
    statement: Statement, claim: Claim, *, at: datetime, editor: Editor = None
) -> Published:
    """Replace our reading or copy of a statement where we mistook it; the old one stays, struck.

    Neighbours are re-computed. What is held merges it; what was announced wrong is corrected.
    """
    milestone = _lock(statement.milestone)
    told = milestone.announced_revision
    news = told is not None and told.statement_id == statement.pk
    check_claim(claim, at=at)
    standing = statement.standing
    _set_standing(statement, Statement.Standing.WITHDRAWN)
    replacement = _write_statement(
        milestone, claim, standing=standing, editor=editor, at=at, corrects=statement
    )
    revision = publish_current(milestone, editor=editor, at=at)
    return _published(replacement, revision, news=news, editor=editor, at=at)


# ---- other changes -----------------------------------------------------------------------------


@transaction.atomic
def edit(
    milestone: Milestone,
    fields: dict[str, object],
    *,
    at: datetime,
    editor: Editor = None,
    seen_number: int | None = None,
    tags: Collection[Tag] | None = None,
) -> Revision | None:
    """Change the text of a milestone, its tags or its zone, and publish that; tells nobody.

    A new home zone moves the windows of all statements. Returns None if nothing is public yet
    or nothing changed. Raises Conflict as `state` does.
    """
    locked = _lock(milestone, seen_number=seen_number)
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save(update_fields=sorted(changed))
    if tags is not None and set(tags) != set(locked.tags.all()):
        locked.tags.set(tags)
        changed.add("tags")
    milestone.refresh_from_db()
    if not changed or locked.current_revision is None:
        return None
    if changed & {"programme", "tags"}:
        Edition.objects.regrouped(at=at)
    if "home_zone" in changed:
        chain.derive_windows(locked)
        chain.rechain(locked)
    # In another zone the window may be open still; the job looks again.
    still_overdue = locked.current_revision.overdue and "home_zone" not in changed
    return _republish(locked, overdue=still_overdue, editor=editor, at=at)


@transaction.atomic
def publish_again(
    milestones: Iterable[Milestone], *, because: str, at: datetime, editor: Editor = None
) -> None:
    """Publish that something which these milestones show has another text: a "tag", a "source".

    Calendars take up a text only with a newer revision. Drafts stay drafts.
    """
    for milestone in milestones:
        locked = _lock(milestone)
        published = locked.current_revision
        if published is not None:
            _republish(locked, because, overdue=published.overdue, editor=editor, at=at)


@transaction.atomic
def check(milestone: Milestone, *, today: date) -> None:
    """Note that somebody looked for news today and found none."""
    Milestone.objects.filter(pk=milestone.pk).update(last_checked_on=today)


@transaction.atomic
def mark_overdue(milestone: Milestone, *, at: datetime) -> bool:
    """Publish of a planned milestone that its window, and some grace, passed without word.

    False if that is not so. A job's task: a feed never computes it at request time.
    """
    locked = _lock(milestone)
    revision = locked.current_revision
    if (
        revision is None
        or revision.overdue
        or phases.phase_of(revision.stated, now=at) is not phases.Phase.OVERDUE
    ):
        return False
    _republish(locked, "overdue", overdue=True, editor=None, at=at)
    return True


# ---- how ---------------------------------------------------------------------------------------


def _lock(milestone: Milestone, *, seen_number: int | None = None) -> Milestone:
    """The milestone as it is now, locked until the transaction ends. Raises Conflict."""
    locked = Milestone.objects.locked(milestone.pk)
    published = locked.current_revision
    if seen_number is not None and published is not None and published.number != seen_number:
        seen = locked.revisions.filter(number=seen_number).first()
        raise Conflict(theirs=published, seen=seen)
    return locked


@transaction.atomic
def rebuild(milestone: Milestone) -> int:
    """Derive again all that is derived of the statements; returns how many rows were wrong."""
    locked = Milestone.objects.locked(milestone.pk)
    return chain.derive_windows(locked) + chain.rechain(locked)


def _published(
    statement: Statement, revision: Revision | None, *, news: bool, editor: Editor, at: datetime
) -> Published:
    statement.refresh_from_db()
    if revision is None:
        return Published(statement, None, None)
    announcement = outbox.announce(revision, news=news, editor=editor, at=at)
    return Published(statement, revision, announcement)


def _republish(
    milestone: Milestone, sub: str = "", *, overdue: bool, editor: Editor, at: datetime
) -> Revision:
    """Publish the same statement once more: its text, or whether it is overdue, has changed."""
    return write_revision(
        milestone,
        Change(kind=ChangeKind.EDITED, sub=sub),
        said=milestone.statements.get(standing=Statement.Standing.CURRENT),
        editor=editor,
        at=at,
        overdue=overdue,
    )


def _write_statement(
    milestone: Milestone,
    claim: Claim,
    *,
    standing: str,
    editor: Editor,
    at: datetime,
    corrects: Statement | None = None,
) -> Statement:
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
        entered_by=editor,
    )
    statement.set_date(claim.date, home_zone=milestone.home_zone, said_on=claim.stated_on)
    statement.set_change(Change(kind=ChangeKind.UNCHANGED))
    statement.save()
    chain.rechain(milestone)
    return statement


def _set_standing(statement: Statement, standing: str) -> None:
    statement.standing = standing
    statement.save(update_fields=["standing"])
    chain.rechain(statement.milestone)
