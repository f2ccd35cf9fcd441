"""Programmes, organisations and tags over the API."""

import pytest

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)

pytestmark = pytest.mark.django_db


def test_a_programme_names_its_milestones_in_the_order_of_time(get):
    programme = ProgrammeFactory(
        slug="lupex", title="LUPEX", aliases="Chandrayaan-5, LuPEX", summary="To the Moon."
    )
    programme.organisations.set([OrganisationFactory(slug="jaxa")])
    for slug, words in (("landing", "2029"), ("launch", "2028")):
        state(MilestoneFactory(slug=slug, programme=programme), words)

    assert get("programmes/lupex/") == {
        "slug": "lupex",
        "title": "LUPEX",
        "aliases": ["Chandrayaan-5", "LuPEX"],
        "summary": "To the Moon.",
        "organisations": ["jaxa"],
        "milestones": ["launch", "landing"],
        "page": "http://testserver/programmes/lupex/",
    }
    assert get("programmes/") == {"next": None, "results": [get("programmes/lupex/")]}


def test_an_organisation_names_its_programmes(get):
    jaxa = OrganisationFactory(slug="jaxa", name="JAXA", country="Japan")
    ProgrammeFactory(slug="lupex").organisations.set([jaxa])

    assert get("organisations/jaxa/") == {
        "slug": "jaxa",
        "name": "JAXA",
        "country": "Japan",
        "programmes": ["lupex"],
        "page": "http://testserver/organisations/jaxa/",
    }
    assert get("organisations/")["results"] == [get("organisations/jaxa/")]


def test_a_tag_is_a_name(get):
    TagFactory(slug="moon", name="Moon")

    shown = {
        "slug": "moon",
        "name": "Moon",
        "is_kind": False,
        "page": "http://testserver/tags/moon/",
    }
    assert get("tags/moon/") == shown
    assert get("tags/")["results"] == [shown]


def test_a_tag_that_says_what_happens_is_a_kind(get):
    TagFactory(slug="launch", is_kind=True)

    assert get("tags/launch/")["is_kind"] is True


@pytest.mark.parametrize(
    ("address", "factory", "naming"),
    [
        ("programmes/", ProgrammeFactory, "title"),
        ("organisations/", OrganisationFactory, "name"),
        ("tags/", TagFactory, "name"),
    ],
)
def test_lists_go_by_name_and_pages_show_everything_once(address, factory, naming, get):
    for name in ("b", "a", "a", "Ü", "c"):
        factory(**{naming: name})

    whole = get(address)["results"]
    page = get(address, limit=2)
    walked = page["results"]
    while page["next"]:
        page = get(page["next"].partition("/api/v1/")[2])
        walked += page["results"]

    assert walked == whole
    assert [one[naming] for one in whole][:3] == ["a", "a", "b"]
    assert len(whole) == 5


@pytest.mark.parametrize(
    ("address", "queries"), [("programmes/", 3), ("organisations/", 2), ("tags/", 1)]
)
def test_a_list_costs_the_same_number_of_queries_for_3_and_for_30(
    address, queries, get, django_assert_num_queries
):
    for count in (3, 27):
        for _ in range(count):
            milestone = MilestoneFactory()
            milestone.tags.set([TagFactory()])
            milestone.programme.organisations.set([OrganisationFactory()])
            state(milestone, "2027", announce=False)
        with django_assert_num_queries(queries):
            get(address)
