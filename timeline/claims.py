"""A claim: what a source said of a milestone, weighed before it is written down."""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  (a claim has a date by that name)
from datetime import datetime, timedelta

from timeline import chain, outbox
from timeline.changes import Change, Stated, StatementKind, classify, supersedes
from timeline.dates import VagueDate
from timeline.models import Announcement, Milestone, Source, Statement

NEWS_AGE = timedelta(days=14)


class PublishingError(Exception):
    """What was asked cannot be published; the message says what to do, for the editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source said of a milestone: its words, and how we read them.

    `stated_on` is the source's day, the first of the month if `stated_precision` is "month".
    `reason` is why it moved, for readers. `window_end_at` closes an exact launch window.
    """

    text: str
    date: VagueDate
    source: Source
    stated_on: Day
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


def preview(
    milestone: Milestone, claim: Claim, *, at: datetime, corrects: Statement | None = None
) -> Preview:
    """What `state` would do with the claim, or `correct` with that statement.

    Writes nothing. Raises PublishingError.
    """
    check_claim(claim, at=at)
    if corrects is not None:
        check_correction(corrects, claim)
    said = list(milestone.statements.chain().select_related("milestone"))
    said = [one for one in said if one != corrects]
    claimed = stated(milestone, claim)
    published = milestone.current_revision
    before = published.stated if published else None
    last_dated = chain.last_dated(said)
    held = Announcement.objects.held().filter(milestone=milestone).first()
    base = outbox.baseline(milestone, held=held, previous=published)
    return Preview(
        standing=corrects.standing if corrects else standing_of(milestone, claim),
        change=classify(before, claimed, last_dated=last_dated),
        net=classify(base.stated if base else None, claimed, last_dated=last_dated),
        back_filled=bool(said) and claim.stated_on < said[-1].stated_on,
        old_news=is_old_news(claim, at=at),
    )


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


def check_withdrawal(statement: Statement) -> None:
    """Raises PublishingError for a statement that cannot be withdrawn."""
    if statement.standing == Statement.Standing.WITHDRAWN:
        raise PublishingError("This is withdrawn already.")
    if not statement.milestone.statements.chain().exclude(pk=statement.pk).exists():
        raise PublishingError(
            "This is the only statement of its milestone. State what holds instead (“TBD” if "
            "no date is known), then withdraw this one."
        )


def check_correction(statement: Statement, claim: Claim) -> None:
    """Raises PublishingError for a statement that cannot be corrected to this claim."""
    if statement.standing == Statement.Standing.WITHDRAWN:
        raise PublishingError("This is withdrawn: it cannot be corrected. State it again.")
    if claim_of(statement) == claim:
        raise PublishingError("This is what we have already: nothing would be corrected.")


def claim_of(statement: Statement) -> Claim:
    """A statement as the claim that it was written down from."""
    return Claim(
        text=statement.text,
        date=statement.date,
        source=statement.source,
        stated_on=statement.stated_on,
        stated_precision=statement.stated_precision,
        kind=StatementKind(statement.kind),
        reason=statement.reason,
        certainty=statement.certainty,
        window_end_at=statement.window_end_at,
    )


def check_promotion(statement: Statement) -> None:
    """Raises PublishingError for a statement that cannot be taken as what holds now."""
    if statement.standing != Statement.Standing.DISSENT:
        raise PublishingError("Only what stands beside as dissent can be taken as what holds.")


def check_demotion(statement: Statement) -> None:
    """Raises PublishingError for a statement that cannot be kept beside as dissent."""
    if statement.standing != Statement.Standing.CURRENT:
        raise PublishingError("Only what holds now can be kept beside as dissent.")
    if not statement.milestone.statements.chain().exclude(pk=statement.pk).exists():
        raise PublishingError("Nothing else was said: state what holds instead, then do this.")


def standing_of(milestone: Milestone, claim: Claim) -> str:
    """What a statement would be if the editor leaves it to us: superseded, current or dissent."""
    earlier = milestone.statements.chain().filter(stated_on__lte=claim.stated_on)
    before = earlier.select_related("source", "milestone").last()
    if before is None or supersedes(
        before.stated,
        stated(milestone, claim),
        same_source=before.source.publisher == claim.source.publisher,
        current_grade=before.source.grade,
        new_grade=claim.source.grade,
    ):
        return Statement.Standing.CURRENT
    return Statement.Standing.DISSENT


def is_old_news(claim: Claim, *, at: datetime) -> bool:
    return claim.stated_on < (at - NEWS_AGE).date()


def stated(milestone: Milestone, claim: Claim) -> Stated:
    return Stated(
        date=claim.date, said_on=claim.stated_on, home_zone=milestone.home_zone, kind=claim.kind
    )
