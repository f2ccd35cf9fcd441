"""The only ways a milestone changes. One transaction each: statement, revision, announcement."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

from timeline import chain, phases, recording
from timeline.changes import Change, ChangeKind
from timeline.claims import (
    Claim,
    Preview,
    PublishingError,
    check_claim,
    check_correction,
    check_demotion,
    check_promotion,
    check_withdrawal,
    claim_of,
    is_old_news,
    preview,
    standing_of,
)
from timeline.correcting import correct, hold_true, keep_beside, withdraw
from timeline.models import Edition, Milestone, Revision, Statement, Tag
from timeline.models.revision import Editor
from timeline.recording import Conflict, Published
from timeline.revising import publish_current, write_revision

__all__ = [
    "Claim",
    "Conflict",
    "Preview",
    "Published",
    "PublishingError",
    "check",
    "check_claim",
    "check_correction",
    "check_demotion",
    "check_promotion",
    "check_withdrawal",
    "claim_of",
    "correct",
    "edit",
    "hold_true",
    "keep_beside",
    "mark_overdue",
    "preview",
    "publish_again",
    "rebuild",
    "state",
    "withdraw",
]


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
    locked = recording.lock(milestone, seen_number=seen_number)
    check_claim(claim, at=at)
    chosen = standing or standing_of(locked, claim)
    if chosen == Statement.Standing.DISSENT and not locked.statements.chain().exists():
        raise PublishingError("There is nothing to dissent from yet: nobody has said a date.")
    statement = recording.write_statement(locked, claim, standing=chosen, editor=editor, at=at)
    revision = publish_current(locked, editor=editor, at=at)
    milestone.refresh_from_db()
    news = announce and not is_old_news(claim, at=at)
    return recording.published(statement, revision, news=news, editor=editor, at=at)


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
    locked = recording.lock(milestone, seen_number=seen_number)
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
        locked = recording.lock(milestone)
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
    locked = recording.lock(milestone)
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


@transaction.atomic
def rebuild(milestone: Milestone) -> int:
    """Derive again all that is derived of the statements; returns how many rows were wrong."""
    locked = Milestone.objects.locked(milestone.pk)
    return chain.derive_windows(locked) + chain.rechain(locked)


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
