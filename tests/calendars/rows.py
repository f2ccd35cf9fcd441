"""Milestones whose entries are the same in each run: fixed ids, names and moments."""

from datetime import UTC, date, datetime
from uuid import UUID

from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, mark_overdue
from timeline import publishing
from timeline.changes import StatementKind
from timeline.dates import NO_DATE, make
from timeline.models import Milestone, Programme, Revision, Source
from timeline.publishing import Claim, Published

NOVEMBER = date(2026, 11, 1)
CREATED_AT = datetime(2025, 8, 1, 9, 30, tzinfo=UTC)


def a_milestone(title: str = "LUPEX launch", **fields: object) -> Milestone:
    """A draft. Only one per test, or give it a `uid` and a `slug`."""
    given = {
        "uid": UUID("3f0c5e0a-0000-4000-8000-000000000001"),
        "slug": "lupex-launch",
        "summary": "Lands a rover near the south pole of the Moon.",
        "home_zone": "Asia/Tokyo",
        "created_at": CREATED_AT,
        **fields,
    }
    given["programme"] = fields.get("programme") or lupex()
    return MilestoneFactory.create(title=title, **given)


def lupex() -> Programme:
    found = Programme.objects.filter(slug="lupex").first()
    return found or ProgrammeFactory.create(slug="lupex", title="LUPEX")


def jaxa() -> Source:
    found = Source.objects.filter(publisher="JAXA").first()
    return found or SourceFactory.create(publisher="JAXA", title="Plans", grade="A")


def say(
    milestone: Milestone,
    edtf: str | None,
    precision: str = "",
    qualifier: str = "",
    *,
    zone: str = "",
    at: datetime = NOON,
    on: date | None = None,
    **fields: object,
) -> Published:
    """State a date already read, and publish it."""
    claim = Claim(
        text="in their own words",
        date=make(edtf, precision, qualifier, zone),
        **{"source": jaxa(), "stated_on": on or at.date(), **fields},  # type: ignore[arg-type]
    )
    return publishing.state(milestone, claim, at=at, standing="current")


def cancel(milestone: Milestone, *, at: datetime = NOON) -> Published:
    claim = Claim(
        text="is cancelled",
        date=NO_DATE,
        source=jaxa(),
        stated_on=at.date(),
        kind=StatementKind.CANCELLED,
    )
    return publishing.state(milestone, claim, at=at, standing="current")


def happen(milestone: Milestone, edtf: str, **options: object) -> Published:
    return say(milestone, edtf, kind=StatementKind.OCCURRED, **options)  # type: ignore[arg-type]


def overdue(*, at: datetime) -> None:
    assert mark_overdue(at=at) == 1


def current(milestone: Milestone) -> Revision:
    milestone.refresh_from_db()
    assert milestone.current_revision is not None
    return milestone.current_revision
