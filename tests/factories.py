"""Real rows for tests. A date comes into the world as it does for editors: somebody states it."""

from datetime import date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.clock import NOON, TODAY
from timeline import publishing
from timeline.changes import StatementKind
from timeline.dates import NO_DATE, VagueDate, make
from timeline.models import Milestone, Organisation, Programme, Source, Tag
from timeline.publishing import Claim, Published


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


SIMPLE = {  # until timeline.reading has landed
    "spring 2027": ("2027-25", "season"),
    "spring 2026": ("2026-25", "season"),
    "autumn 2027": ("2027-27", "season"),
    "summer 2027": ("2027-26", "season"),
    "around 2024": ("2024", "year", "~"),
    "2027–2028": ("[2027,2028]", "range"),
    "by 2028": ("[..2028]", "year"),
    "not before March 2027": ("[2027-03..]", "month"),
    "2024-01-19T15:20:00Z": ("2024-01-19T15:20:00Z", "minute"),
    "18 November 2026": ("2026-11-18", "day"),
    "19 November 2026": ("2026-11-19", "day"),
    "30 December 2026": ("2026-12-30", "day"),
    "March 2027": ("2027-03", "month"),
}


def date_of(words: str, *, on: date, home_zone: str) -> VagueDate:
    if words in SIMPLE:
        return make(*SIMPLE[words])
    if words.isdecimal():
        return make(words)
    if words in {"TBD", "cancelled"}:
        return NO_DATE
    from timeline.reading import Context, Understood, read  # noqa: PLC0415

    understood = read(words, Context(said_on=on, home_zone=home_zone))
    return understood.date if isinstance(understood, Understood) else NO_DATE


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
