from datetime import date

import pytest
from django.test import Client

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from tests.pages.seen import get, sections, texts
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def moon():
    isro = OrganisationFactory(slug="isro", name="ISRO", country="India")
    programme = ProgrammeFactory(slug="moon", title="Moon", aliases="Luna", summary="To the pole.")
    programme.organisations.add(isro)
    launch = MilestoneFactory(title="Launch", programme=programme)
    state(launch, "2028")
    launch.tags.add(TagFactory(slug="rocket", name="rocket"))
    landed = MilestoneFactory(title="Landing", programme=programme)
    state(landed, "3 March 2026", kind=StatementKind.OCCURRED)
    state(MilestoneFactory(title="Elsewhere"), "2027")
    return programme


def test_a_programme_shows_its_milestones_and_what_has_happened(moon):
    page = get("/programmes/moon/")

    assert texts(page, "h1") == ["Moon"]
    assert texts(page, ".kicker") == ["Programme of ISRO"]
    assert sections(page) == [("2028", ["Launch"]), ("What has happened", ["Landing"])]


def test_an_organisation_shows_the_milestones_of_its_programmes(moon):
    page = get("/organisations/isro/")

    assert texts(page, ".kicker") == ["Organisation · India"]
    assert sections(page) == [("2028", ["Launch"]), ("What has happened", ["Landing"])]


def test_what_was_cancelled_has_a_place_of_its_own(moon):
    dropped = MilestoneFactory(title="Return", programme=moon)
    state(dropped, "2029", on=date(2026, 1, 1))
    state(dropped, "cancelled")

    assert sections(get("/programmes/moon/")) == [
        ("2028", ["Launch"]),
        ("What has happened", ["Landing"]),
        ("Cancelled", ["Return"]),
    ]


def test_a_tag_shows_its_milestones(moon):
    assert sections(get("/tags/rocket/")) == [("2028", ["Launch"])]


def test_a_kind_leads_to_its_box_in_the_builder():
    TagFactory(slug="launch", is_kind=True)

    assert 'href="/calendar/?kind=launch"' in get("/tags/launch/")


@pytest.mark.parametrize(
    ("path", "calendar", "follow"),
    [
        ("/programmes/moon/", "/calendar/programme/moon.ics", "programme=moon"),
        ("/organisations/isro/", "/calendar/organisation/isro.ics", "organisation=isro"),
        ("/tags/rocket/", "/calendar/tag/rocket.ics", "tag=rocket"),
    ],
)
def test_each_can_be_followed(moon, path, calendar, follow):
    page = get(path)

    assert f'<link rel="alternate" type="text/calendar" href="{calendar}"' in page
    assert f'href="webcal://testserver{calendar}"' in page
    assert f'href="/calendar/?{follow}"' in page
    assert f'href="/subscribe/?{follow}"' in page
    assert f'href="/api/v1{path}"' in page


def test_all_of_them_are_listed_on_one_page(moon):
    page = get("/programmes/")

    assert [texts(part, "a")[0] for part in page.split("<section")[1:]] != []
    assert 'href="/programmes/moon/"' in page
    assert 'href="/organisations/isro/"' in page
    assert 'href="/tags/rocket/"' in page


def test_a_kind_says_so_on_its_page_its_chips_and_in_the_list_of_all(moon):
    launch = MilestoneFactory(slug="take-off")
    state(launch, "2028")
    launch.tags.add(TagFactory(slug="launch", name="launch", is_kind=True))
    chip = (
        '<a class="tag tag--kind" href="/tags/launch/">'
        '<span class="visually-hidden">Kind: </span>launch</a>'
    )

    assert texts(get("/tags/launch/"), ".kicker") == ["Kind"]
    assert texts(get("/tags/rocket/"), ".kicker") == ["Tag"]
    assert chip in get("/")
    assert chip in get("/milestones/take-off/")
    lists = get("/programmes/").split("<section")
    assert [(texts(part, "h2")[0], texts(part, ".tag")) for part in lists[3:]] == [
        ("Kinds of milestones", ["Kind: launch"]),
        ("Tags", ["rocket"]),
    ]


def test_a_programme_without_a_date_says_so():
    ProgrammeFactory(slug="new")

    assert texts(get("/programmes/new/"), ".empty") == [
        (
            "No date has been published here yet. Subscribe to be told of the first one, or see "
            "everything that is planned."
        )
    ]


@pytest.mark.parametrize("path", ["/programmes/x/", "/organisations/x/", "/tags/x/"])
def test_what_is_not_there_is_not_found(path):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "there"),
    [("/milestones/", "/"), ("/organisations/", "/programmes/"), ("/tags/", "/programmes/")],
)
def test_an_address_cut_at_a_slash_leads_to_the_list(path, there):
    response = Client().get(path)

    assert (response.status_code, response.headers["Location"]) == (302, there)
