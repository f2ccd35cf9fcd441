"""The outbox: news settles here, merges with later edits, and is released or discarded."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from timeline.chain import last_dated
from timeline.changes import Change, ChangeKind, classify
from timeline.models import Announcement, Milestone, Revision
from timeline.models.revision import Editor


@transaction.atomic
def announce(
    revision: Revision, *, news: bool, editor: Editor, at: datetime
) -> Announcement | None:
    """Hold the news of a revision, merged into what is held already, and let it settle.

    Its change is the net one from what was last announced. If nothing is left of it, the held
    announcement is discarded by itself. `news` False opens none, but still merges into one.
    """
    milestone = revision.milestone
    held = Announcement.objects.held().filter(milestone=milestone).first()
    if held is None and not news:
        return None
    base = baseline(milestone, held=held, previous=revision.previous)
    change = net_change(base, revision)
    if change.kind is ChangeKind.UNCHANGED:
        if held is not None:
            close(held, Announcement.State.DISCARDED, reason="nothing was left of it", at=at)
        return None
    return _hold(held, base=base, revision=revision, change=change, editor=editor, at=at)


def baseline(
    milestone: Milestone, *, held: Announcement | None, previous: Revision | None
) -> Revision | None:
    """What readers know: the revision last announced, else what was public before the news."""
    if held is not None:
        return held.from_revision
    return milestone.announced_revision or previous


def net_change(base: Revision | None, revision: Revision) -> Change:
    """The change from what readers know to what is published now."""
    chain = list(revision.milestone.statements.chain().select_related("milestone"))
    before = [one for one in chain if one.order_said < revision.statement.order_said]
    known = base.stated if base else None
    return classify(known, revision.stated, last_dated=last_dated(before))


class NotAsSeen(Exception):
    """An edit merged into what is held since an editor looked at it."""


@transaction.atomic
def release(announcement: Announcement, *, at: datetime, seen: int | None = None) -> bool:
    """Let a held announcement go to whoever wants to know. False if it is held no longer.

    With `seen`, the number of the revision that the editor saw it lead to, raises NotAsSeen if
    it leads to another one now. So do `discard` and `hold`.
    """
    milestone = Milestone.objects.locked(announcement.milestone_id)
    fresh = _still_held(announcement, seen=seen)
    if fresh is None:
        return False
    close(fresh, Announcement.State.RELEASED, reason="", at=at)
    milestone.announced_revision = fresh.to_revision
    milestone.save(update_fields=["announced_revision"])
    return True


@transaction.atomic
def discard(
    announcement: Announcement, *, at: datetime, reason: str, seen: int | None = None
) -> bool:
    """Tell nobody; what is published stays published. False if it is held no longer."""
    Milestone.objects.locked(announcement.milestone_id)
    fresh = _still_held(announcement, seen=seen)
    if fresh is None:
        return False
    close(fresh, Announcement.State.DISCARDED, reason=reason, at=at)
    return True


@transaction.atomic
def hold(announcement: Announcement, *, until: datetime | None, seen: int | None = None) -> bool:
    """Hold it longer: until then, or with None until an editor sends it.

    False if it is held no longer. Never shortens the wait, and later edits go on merging.
    """
    Milestone.objects.locked(announcement.milestone_id)
    fresh = _still_held(announcement, seen=seen)
    if fresh is None:
        return False
    fresh.kept_back = until is None
    if until is not None:
        fresh.settle_at = max(fresh.settle_at, until)
        fresh.deadline_at = max(fresh.deadline_at, until)
    fresh.save(update_fields=["kept_back", "settle_at", "deadline_at"])
    return True


def _still_held(announcement: Announcement, *, seen: int | None) -> Announcement | None:
    """As it is now; None if it is held no longer. The caller holds the milestone's lock."""
    held = Announcement.objects.held().select_related("to_revision")
    fresh = held.filter(pk=announcement.pk).first()
    if fresh is not None and seen is not None and fresh.to_revision.number != seen:
        raise NotAsSeen
    return fresh


def take_as_told(milestone: Milestone) -> None:
    """Count what is published now as known to readers: later news is measured from here."""
    milestone.announced_revision = milestone.current_revision
    milestone.save(update_fields=["announced_revision"])


def close(announcement: Announcement, state: str, *, reason: str, at: datetime) -> None:
    announcement.state, announcement.closed_at = state, at
    announcement.closed_reason = reason
    announcement.save(update_fields=["state", "closed_at", "closed_reason"])


def _hold(
    held: Announcement | None,
    *,
    base: Revision | None,
    revision: Revision,
    change: Change,
    editor: Editor,
    at: datetime,
) -> Announcement:
    longest = timedelta(seconds=settings.MILEPOST_SETTLE_MAX_SECONDS)
    announcement = held or Announcement(
        milestone=revision.milestone, from_revision=base, opened_at=at, deadline_at=at + longest
    )
    settled = at + timedelta(seconds=settings.MILEPOST_SETTLE_SECONDS)
    settles = min(settled, announcement.deadline_at)
    # Whoever asked to hold it longer is not overruled by an edit.
    announcement.settle_at = max(settles, held.settle_at) if held else settles
    announcement.to_revision, announcement.reason = revision, revision.reason
    announcement.editor = editor
    announcement.set_change(change)
    announcement.save()
    return announcement
