"""Lists of milestones: their order, their pages, their filters, their cost."""

import pytest

from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    TagFactory,
    state,
)
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


def walk(get, limit: int) -> list[str]:
    """Follow `next` to the end, and gather the slugs."""
    page = get("milestones/", limit=limit)
    slugs = [one["slug"] for one in page["results"]]
    while page["next"]:
        page = get(page["next"].partition("/api/v1/")[2])
        assert 1 <= len(page["results"]) <= limit
        slugs += [one["slug"] for one in page["results"]]
    return slugs


@pytest.mark.parametrize("limit", [1, 7, 32])
def test_pages_of_any_size_show_everything_once_in_our_order(limit, get):
    import_files(FIRST_CONTENT, at=NOON)
    for words in ("TBD", "TBD", "2027", "2027", "31 December 2027", "around 2027"):
        state(MilestoneFactory(), words)
    state(MilestoneFactory(), "31 Dec 2027 17:40 IST")

    slugs = walk(get, limit)

    in_order = Milestone.objects.published().in_order().values_list("slug", flat=True)
    assert slugs == list(in_order)
    assert len(slugs) == 39


def test_a_milestone_that_moves_ahead_between_pages_hides_no_other(get):
    for slug, words in (("a", "2026"), ("b", "2027"), ("c", "2028")):
        state(MilestoneFactory(slug=slug), words)
    first = get("milestones/", limit=1)

    state(Milestone.objects.get(slug="a"), "2029")

    second = get(first["next"].partition("/api/v1/")[2])
    assert [one["slug"] for one in second["results"]] == ["b"]


def test_a_page_holds_fifty_unless_asked_otherwise(get):
    for _ in range(51):
        state(MilestoneFactory(), "2027")

    assert len(get("milestones/")["results"]) == 50
    assert get("milestones/", limit=51)["next"] is None


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("milestones/", 5),
        ("milestones/?status=plan", 5),
        ("milestones/?kind=launch", 6),
        ("milestones/?tag=moon,launch&kind=launch", 7),
    ],
)
def test_a_list_costs_the_same_number_of_queries_for_3_and_for_30(
    address, queries, get, django_assert_num_queries
):
    kinds = [TagFactory(slug="moon"), TagFactory(slug="launch", is_kind=True)]
    for count in (3, 27):
        for _ in range(count):
            milestone = MilestoneFactory()
            milestone.tags.set([TagFactory(), *kinds])
            milestone.programme.organisations.set([OrganisationFactory()])
            state(milestone, "2027", announce=False)
            state(milestone, "2028", announce=False)
            state(milestone, "2030", announce=False, standing="dissent")
        with django_assert_num_queries(queries):
            get(address)


def test_one_milestone_costs_five_queries(issa, get, django_assert_num_queries):
    with django_assert_num_queries(5):
        get("milestones/issa-j1-launch/")


# ---- filters -----------------------------------------------------------------------------------


@pytest.fixture
def others(issa):
    """Beside ISSA-J1, a launch that has been and one that is cancelled, of other programmes."""
    launch = TagFactory(slug="launch", is_kind=True)
    for slug, words in (("been", "2020"), ("gone", "cancelled")):
        milestone = MilestoneFactory(slug=slug, programme__slug=f"of-{slug}")
        milestone.tags.set([launch])
        state(milestone, "2020")
        state(milestone, words, kind="occurred" if slug == "been" else "cancelled")


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ({"programme": "issa-j1"}, ["issa-j1-launch"]),
        ({"programme": "of-been"}, ["been"]),
        ({"organisation": "nsil"}, ["issa-j1-launch"]),
        ({"tag": "debris"}, ["issa-j1-launch"]),
        ({"status": "plan"}, ["issa-j1-launch"]),
        ({"status": "occurred"}, ["been"]),
        ({"status": "cancelled"}, ["gone"]),
        ({"tag": "debris", "status": "occurred"}, []),
        ({"programme": "issa-j1,of-gone"}, ["gone", "issa-j1-launch"]),
        ({"programme": ["issa-j1", "of-gone"]}, ["gone", "issa-j1-launch"]),
        ({"organisation": "nsil,isro"}, ["issa-j1-launch"]),
        ({"tag": "debris,launch"}, ["been", "gone", "issa-j1-launch"]),
        ({"kind": "launch"}, ["been", "gone"]),
        ({"kind": "launch", "tag": "debris"}, []),
        ({"programme": "issa-j1,of-gone", "kind": "launch"}, ["gone"]),
    ],
)
def test_a_list_can_be_narrowed(asked, slugs, others, get):
    assert [one["slug"] for one in get("milestones/", **asked)["results"]] == slugs


def test_the_next_page_keeps_what_was_asked(others, get):
    state(MilestoneFactory(slug="more"), "2031")

    page = get("milestones/", status="plan", limit=1)
    page = get(page["next"].partition("/api/v1/")[2])

    assert [one["slug"] for one in page["results"]] == ["more"]
    assert page["next"] is None


def test_the_next_page_keeps_each_of_several_values(others, get):
    page = get("milestones/", programme=["of-gone", "issa-j1"], kind="launch", limit=1)
    assert page["next"] is None

    page = get("milestones/", programme="of-gone,issa-j1", limit=1)
    page = get(page["next"].partition("/api/v1/")[2])

    assert [one["slug"] for one in page["results"]] == ["issa-j1-launch"]
    assert page["next"] is None
