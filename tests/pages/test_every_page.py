"""Promises that hold for all public pages."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    state,
)
from timeline import publishing
from timeline.changes import StatementKind
from timeline.models import Milestone, Organisation, Tag

pytestmark = pytest.mark.django_db

EVIL = "<script>alert('x')</script>\"&<b>"
LISTS = ["/", "/past/", "/changes/", "/programmes/p/", "/organisations/o/", "/tags/t/"]
PAGES = [*LISTS, "/programmes/", "/milestones/m/"]


@pytest.fixture
def group() -> tuple[Organisation, Tag]:
    return OrganisationFactory(slug="o"), TagFactory(slug="t")


def add(group: tuple[Organisation, Tag], *, slug: str = "", programme: str = "") -> Milestone:
    """A milestone of its own programme and sources, which has slipped and was contradicted."""
    organisation, tag = group
    milestone = MilestoneFactory(**({"slug": slug} if slug else {}))
    if programme:
        milestone.programme = ProgrammeFactory(slug=programme)
        milestone.save()
    milestone.programme.organisations.add(organisation, OrganisationFactory())
    milestone.tags.add(tag, TagFactory())
    state(milestone, "2026", on=date(2025, 1, 1))
    state(milestone, "2029", on=date(2025, 2, 1), standing="dissent")
    state(milestone, "autumn 2027", on=date(2026, 1, 1))
    return milestone


def happen(milestone: Milestone) -> None:
    state(milestone, "3 November 2026", kind=StatementKind.OCCURRED)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_queries_for_thirty_as_for_three(group, path):
    first = add(group, programme="p")
    few = [*(add(group) for _ in range(2)), first]
    happen(add(group))
    counts = [count_queries(path)]

    for _ in range(27):
        more = add(group)
        more.programme = few[0].programme if path == "/past/" else first.programme
        more.save()
        if path == "/past/":
            happen(more)
    counts.append(count_queries(path))

    assert counts[0] == counts[1]


def test_a_milestone_costs_the_same_queries_for_thirty_statements_as_for_three(group):
    milestone = add(group, slug="m")
    few = count_queries("/milestones/m/")

    for day in range(1, 28):
        state(milestone, f"{2030 + day}", on=date(2026, 5, day))

    assert count_queries("/milestones/m/") == few


def count_queries(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


def test_what_people_typed_is_never_markup():
    organisation = OrganisationFactory(slug="o", name=EVIL, country=EVIL)
    tag = TagFactory(slug="t", name=EVIL)
    programme = ProgrammeFactory(slug="p", title=EVIL, aliases=EVIL, summary=EVIL)
    programme.organisations.add(organisation)
    milestone = MilestoneFactory(
        slug="m", title=EVIL, summary=EVIL, place=EVIL, programme=programme
    )
    milestone.tags.add(tag)
    source = SourceFactory(publisher=EVIL, title=EVIL, url='https://x.example/"><script>')
    first = publishing.Claim(
        text=EVIL,
        date=state(milestone, "2027", on=date(2025, 1, 1)).statement.date,
        source=source,
        stated_on=date(2026, 1, 1),
        reason=EVIL,
        certainty="<b>",
    )
    publishing.state(milestone, first, at=NOON)
    state(milestone, "2028", source=source, reason=EVIL)

    for path in PAGES:
        page = without_data(Client().get(path).content.decode().lower())

        assert "<script" not in page
        assert "<b>" not in page


def without_data(page: str) -> str:
    """Without the beginning of the one block that browsers do not run."""
    return page.replace('<script type="application/ld+json">', "", 1)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_inside(group, path):
    happen(add(group, programme="p"))
    add(group, slug="m")

    page = without_data(Client().get(path).content.decode())

    assert "<script" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_offers_the_calendar_of_everything(group, path):
    add(group, slug="m", programme="p")

    page = Client().get(path).content.decode()

    link = '<link rel="alternate" type="text/calendar" href="/calendar/all.ics"'
    assert page.count(link) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sets_no_cookie_on_a_reader(group, path):
    add(group, slug="m", programme="p")

    assert not Client().get(path).cookies


def test_an_address_where_nothing_is_gets_a_friendly_page(settings):
    settings.DEBUG = False

    response = Client().get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_a_broken_page_tells_the_reader_nothing_of_how(settings, monkeypatch):
    settings.DEBUG = False
    monkeypatch.setattr("timeline.pages.timeline.looks", lambda *args, **kwargs: 1 / 0)

    response = Client(raise_request_exception=False).get("/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side" in page
    assert "ZeroDivisionError" not in page


def test_a_form_from_elsewhere_is_asked_again():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert response.status_code == 403
    assert "Please send that again" in response.content.decode()
