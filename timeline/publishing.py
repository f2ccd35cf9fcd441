"""The only ways a milestone changes. One transaction each: statement, revision, announcement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from timeline import chain, outbox, phases
from timeline.changes import (
    Change,
    ChangeKind,
    Stated,
    StatementKind,
    classify,
    supersedes,
)
from timeline.dates import VagueDate
from timeline.models import Announcement, Milestone, Revision, Source, Statement
from timeline.models.revision import Editor
from timeline.revising import publish_current, write_revision

NEWS_AGE = timedelta(days=14)


class PublishingError(Exception):
    """What was asked cannot be published; the message says what to do, for the editor."""


class Conflict(PublishingError):
    """Somebody published in between: `theirs` is what stands now, `seen` what was edited."""

    def __init__(self, *, theirs: Revision, seen: Revision | None) -> None:
        self.theirs, self.seen = theirs, seen
        super().__init__(
            "Somebody changed this milestone while you were editing it. Nothing of yours is "
            "saved and nothing of theirs is lost: look at both and state it again."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source said of a milestone: its words, and how we read them.

    `stated_on` is the source's day, the first of the month if `stated_precision` is "month".
    `reason` is why it moved, for readers. `window_end_at` closes an exact launch window.
    """

    text: str
    date: VagueDate
    source: Source
    stated_on: date
    stated_precision: str = Source.Known.DAY
    kind: StatementKind = StatementKind.PLAN
    reason: str = ""
    certainty: str = ""
    window_end_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What stating a claim would do: against what is published, and against what was announced."""

    standing: str
    change: Change
    net: Change
    back_filled: bool
    old_news: bool


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
    statement = _write_statement(locked, claim, standing=chosen, editor=editor, at=at)
    revision = publish_current(locked, editor=editor, at=at)
    milestone.refresh_from_db()
    statement.refresh_from_db()
    if revision is None:
        return Published(statement, None, None)
    news = announce and not is_old_news(claim, at=at)
    return Published(
        statement, revision, outbox.announce(revision, news=news, editor=editor, at=at)
    )


@transaction.atomic
def withdraw(
    statement: Statement, *, at: datetime, reason: str, editor: Editor = None
) -> Published:
    """Take a statement out of the chain: it was not said, or not of this milestone.

    It stays in the history, marked. If it was current, what was said before it is published
    again. Raises PublishingError for the only statement of a milestone.
    """
    milestone = _lock(statement.milestone)
    if not milestone.statements.chain().exclude(pk=statement.pk).exists():
        raise PublishingError(
            "This is the only statement of its milestone. State what holds instead (“TBD” if "
            "no date is known), then withdraw this one."
        )
    _set_standing(statement, Statement.Standing.WITHDRAWN)
    revision = publish_current(milestone, editor=editor, at=at, reason=reason)
    announcement = revision and outbox.announce(revision, news=True, editor=editor, at=at)
    return Published(statement, revision, announcement)


@transaction.atomic
def correct(
    statement: Statement, claim: Claim, *, at: datetime, editor: Editor = None
) -> Published:
    """Replace our reading or copy of a statement where we mistook it; the old one stays, struck.

    Neighbours are re-computed. What is still held merges the correction; nothing new is told.
    """
    milestone = _lock(statement.milestone)
    check_claim(claim, at=at)
    standing = statement.standing
    _set_standing(statement, Statement.Standing.WITHDRAWN)
    replacement = _write_statement(
        milestone, claim, standing=standing, editor=editor, at=at, corrects=statement
    )
    revision = publish_current(milestone, editor=editor, at=at)
    announcement = revision and outbox.announce(revision, news=False, editor=editor, at=at)
    return Published(replacement, revision, announcement)


def preview(milestone: Milestone, claim: Claim, *, at: datetime) -> Preview:
    """What `state` would do with the claim. Writes nothing. Raises PublishingError."""
    check_claim(claim, at=at)
    said = list(milestone.statements.chain().select_related("milestone"))
    claimed = _stated(milestone, claim)
    published = milestone.current_revision
    before = published.stated if published else None
    last_dated = chain.last_dated(said)
    held = Announcement.objects.held().filter(milestone=milestone).first()
    base = outbox.baseline(milestone, held=held, previous=published)
    return Preview(
        standing=standing_of(milestone, claim),
        change=classify(before, claimed, last_dated=last_dated),
        net=classify(base.stated if base else None, claimed, last_dated=last_dated),
        back_filled=bool(said) and claim.stated_on < said[-1].stated_on,
        old_news=is_old_news(claim, at=at),
    )


# ---- other changes -----------------------------------------------------------------------------


@transaction.atomic
def edit(
    milestone: Milestone,
    fields: dict[str, object],
    *,
    at: datetime,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Revision | None:
    """Change the text of a milestone, or its zone, and publish that; tells nobody.

    A new home zone moves the windows of all statements. Returns None if nothing is public yet
    or nothing changed. Raises Conflict as `state` does.
    """
    locked = _lock(milestone, seen_number=seen_number)
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    for name in changed:
        setattr(locked, name, fields[name])
    locked.save(update_fields=sorted(changed)) if changed else None
    milestone.refresh_from_db()
    if not changed or locked.current_revision is None:
        return None
    if "home_zone" in changed:
        chain.derive_windows(locked)
        chain.rechain(locked)
    # In another zone the window may be open still; the job looks again.
    still_overdue = locked.current_revision.overdue and "home_zone" not in changed
    return write_revision(
        locked, Change(kind=ChangeKind.EDITED), editor=editor, at=at, overdue=still_overdue
    )


@transaction.atomic
def edit_programme(milestones: Iterable[Milestone], *, at: datetime, editor: Editor = None) -> None:
    """Publish that the programme of these milestones has another name."""
    for milestone in milestones:
        locked = _lock(milestone)
        if locked.current_revision is not None:
            write_revision(
                locked,
                Change(kind=ChangeKind.EDITED, sub="programme"),
                editor=editor,
                at=at,
                overdue=locked.current_revision.overdue,
            )


@transaction.atomic
def check(milestone: Milestone, *, today: date) -> None:
    """Note that somebody looked for news today and found none."""
    Milestone.objects.filter(pk=milestone.pk).update(last_checked_on=today)


def mark_overdue(*, at: datetime) -> int:
    """Publish, for each planned milestone whose window has passed without word, that it is
    overdue. Returns how many. A job's task: a feed never computes it at request time.
    """
    passed = Milestone.objects.planned().filter(
        current_revision__overdue=False,
        current_revision__latest__lt=(at + timedelta(days=1)).date(),
    )
    return sum(_mark_overdue(milestone, at=at) for milestone in passed)


@transaction.atomic
def _mark_overdue(milestone: Milestone, *, at: datetime) -> bool:
    locked = _lock(milestone)
    revision = locked.current_revision
    if (
        revision is None
        or revision.overdue
        or phases.phase_of(revision.stated, now=at) is not (phases.Phase.OVERDUE)
    ):
        return False
    write_revision(
        locked, Change(kind=ChangeKind.EDITED, sub="overdue"), editor=None, at=at, overdue=True
    )
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


def check_claim(claim: Claim, *, at: datetime) -> None:
    """Raises PublishingError for a claim that no source can make."""
    if claim.kind is StatementKind.OCCURRED and not claim.date.is_dated:
        raise PublishingError("Something that happened has a date: say when, at least the year.")
    if claim.kind is StatementKind.CANCELLED and claim.date.is_dated:
        raise PublishingError("A cancelled milestone has no date; its old one stays shown.")
    if claim.stated_on > (at + timedelta(hours=14)).date():
        raise PublishingError("The source's day is in the future.")
    if not claim.text.strip():
        raise PublishingError("Give the source's own words.")


def standing_of(milestone: Milestone, claim: Claim) -> str:
    """What a statement would be if the editor leaves it to us: superseded, current or dissent."""
    earlier = milestone.statements.chain().filter(stated_on__lte=claim.stated_on)
    before = earlier.select_related("source", "milestone").last()
    if before is None or supersedes(
        before.stated,
        _stated(milestone, claim),
        same_source=before.source.publisher == claim.source.publisher,
        current_grade=before.source.grade,
        new_grade=claim.source.grade,
    ):
        return Statement.Standing.CURRENT
    return Statement.Standing.DISSENT


def is_old_news(claim: Claim, *, at: datetime) -> bool:
    return claim.stated_on < (at - NEWS_AGE).date()


@transaction.atomic
def rebuild(milestone: Milestone) -> int:
    """Derive again all that is derived of the statements; returns how many rows were wrong."""
    locked = Milestone.objects.locked(milestone.pk)
    return chain.derive_windows(locked) + chain.rechain(locked)


def _stated(milestone: Milestone, claim: Claim) -> Stated:
    return Stated(
        date=claim.date, said_on=claim.stated_on, home_zone=milestone.home_zone, kind=claim.kind
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
