"""What a page offers to programs that are given its address: calendars and feeds of its own."""

import re
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
from tests.pages.seen import get

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<link rel="alternate" type="([^"]+)" href="([^"]+)" title="([^"]+)">')
EVERYTHING = [
    ("text/calendar", "/calendar/all.ics", "Milepost: everything"),
    ("application/atom+xml", "/changes/all.atom", "Milepost: changes"),
    ("application/feed+json", "/changes/all.json", "Milepost: changes"),
]


@pytest.fixture(autouse=True)
def _content():
    programme = ProgrammeFactory(slug="lupex", title="LUPEX & more")
    programme.organisations.add(OrganisationFactory(slug="jaxa", name="JAXA"))
    milestone = MilestoneFactory(slug="launch", programme=programme)
    milestone.tags.add(TagFactory(slug="moon", name="Moon"))
    state(milestone, "2027", on=date(2026, 1, 1))


def offered(path: str) -> list[tuple[str, str, str]]:
    return LINK.findall(get(path))


@pytest.mark.parametrize("path", ["/", "/past/", "/changes/", "/programmes/"])
def test_a_page_about_everything_offers_everything(path):
    assert offered(path) == EVERYTHING


@pytest.mark.parametrize(
    ("path", "group", "name"),
    [
        ("/programmes/lupex/", "programme/lupex", "LUPEX &amp; more"),
        ("/milestones/launch/", "programme/lupex", "LUPEX &amp; more"),
        ("/organisations/jaxa/", "organisation/jaxa", "JAXA"),
        ("/tags/moon/", "tag/moon", "Moon"),
    ],
)
def test_a_page_about_a_group_offers_also_what_is_of_the_group(path, group, name):
    assert offered(path) == [
        *EVERYTHING,
        ("text/calendar", f"/calendar/{group}.ics", f"Milepost: {name}"),
        ("application/atom+xml", f"/changes/{group}.atom", f"{name}: changes – Milepost"),
        ("application/feed+json", f"/changes/{group}.json", f"{name}: changes – Milepost"),
    ]


@pytest.mark.parametrize("path", ["/", "/past/", "/changes/"])
def test_a_list_that_is_narrowed_offers_also_what_is_chosen(path):
    query = "programme=lupex&amp;tag=moon"

    assert offered(f"{path}?programme=lupex&tag=moon")[3:] == [
        ("text/calendar", f"/calendar/chosen.ics?{query}", "Milepost: what is chosen"),
        (
            "application/atom+xml",
            f"/changes/chosen.atom?{query}",
            "Milepost: changes of what is chosen",
        ),
        (
            "application/feed+json",
            f"/changes/chosen.json?{query}",
            "Milepost: changes of what is chosen",
        ),
    ]


@pytest.mark.parametrize(
    "path", ["/", "/?tag=moon", "/programmes/lupex/", "/organisations/jaxa/", "/tags/moon/"]
)
def test_whatever_is_offered_is_there(path):
    for media_type, address, _ in offered(path):
        response = Client().get(address.replace("&amp;", "&"))

        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(media_type)


def test_the_ledger_links_to_its_feeds_for_people_too():
    assert '<a href="/changes/all.atom">Atom</a>' in get("/changes/")
    assert '<a href="/changes/chosen.json?tag=moon">JSON Feed</a>' in get("/changes/?tag=moon")
    assert '<a href="/changes/tag/moon.atom">Atom</a>' in get("/tags/moon/")
