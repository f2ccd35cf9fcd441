"""Real rows for tests. A date comes into the world as it does for editors: somebody states it."""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.clock import NOON, TODAY
from timeline import outbox, publishing
from timeline.changes import StatementKind
from timeline.dates import NO_DATE, VagueDate
from timeline.models import Announcement, Milestone, Organisation, Programme, Source, Tag
from timeline.publishing import Claim, Published
from timeline.reading import Context, NoDate, Understood, read


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"Programme {n}")


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    slug = factory.Sequence(lambda n: f"tag-{n}")
    name = factory.Sequence(lambda n: f"Tag {n}")


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    publisher = factory.Sequence(lambda n: f"Publisher {n}")
    title = "A report"
    url = factory.Sequence(lambda n: f"https://news.example/{n}")
    grade = Source.Grade.B


class MilestoneFactory(DjangoModelFactory[Milestone]):
    """A draft: public only once something is stated of it."""

    class Meta:
        model = Milestone

    slug = factory.Sequence(lambda n: f"milestone-{n}")
    title = factory.Sequence(lambda n: f"Milestone {n}")
    programme = factory.SubFactory(ProgrammeFactory)
    home_zone = "Asia/Kolkata"
    created_at = NOON


def date_of(words: str, *, on: date, home_zone: str) -> VagueDate:
    """The one meaning of the words; a test that means something else says it another way."""
    understood = read(words, Context(said_on=on, home_zone=home_zone))
    if isinstance(understood, NoDate):
        return NO_DATE
    assert isinstance(understood, Understood), f"{words}: {understood}"
    return understood.date


def claim(
    words: str,
    *,
    on: date = TODAY,
    source: Source | None = None,
    kind: StatementKind = StatementKind.PLAN,
    home_zone: str = "Asia/Kolkata",
    reason: str = "",
) -> Claim:
    """The claim that an editor makes by typing `words`; "TBD" and "cancelled" have no date."""
    if words == "cancelled":
        kind = StatementKind.CANCELLED
    return Claim(
        text=words,
        date=date_of(words, on=on, home_zone=home_zone),
        source=source or SourceFactory(),
        stated_on=on,
        kind=kind,
        reason=reason,
    )


def state(
    milestone: Milestone,
    words: str,
    *,
    on: date = TODAY,
    at: datetime = NOON,
    source: Source | None = None,
    kind: StatementKind = StatementKind.PLAN,
    announce: bool = True,
    standing: str = "current",
    reason: str = "",
) -> Published:
    """State a date of a milestone in an editor's words, taken as true unless `standing` is ''."""
    said = claim(
        words, on=on, source=source, kind=kind, home_zone=milestone.home_zone, reason=reason
    )
    return publishing.state(milestone, said, at=at, announce=announce, standing=standing)


def release_due(*, at: datetime) -> int:
    """Release what has settled, as each tick does; returns how many announcements."""
    return sum(outbox.release(held, at=at) for held in Announcement.objects.due(at=at))


def mark_overdue(*, at: datetime) -> int:
    """Publish what is overdue, as each tick does; returns how many milestones."""
    waiting = Milestone.objects.not_yet_overdue(at=at)
    return sum(publishing.mark_overdue(milestone, at=at) for milestone in waiting)
