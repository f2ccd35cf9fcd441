"""Which milestones are chosen: any of one name, all of several names, each milestone once."""

import pytest

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from timeline.asked import WrongParameters, read_all
from timeline.choosing import Choice, choice_of, parameters, stored_choice
from timeline.models import Milestone, Organisation, Programme, Tag

pytestmark = pytest.mark.django_db

MILESTONES = {
    # slug: programme, tags
    "lupex-launch": ("lupex", ["moon", "launch"]),
    "lupex-landing": ("lupex", ["moon", "landing"]),
    "nisar-launch": ("nisar", ["earth", "launch"]),
    "nisar-end": ("nisar", ["earth"]),
    "treaty-signing": ("treaty", []),
}
PROGRAMMES = {"lupex": ["jaxa", "isro"], "nisar": ["isro", "nasa"], "treaty": []}


@pytest.fixture(autouse=True)
def _rows():
    tags = {
        slug: TagFactory(slug=slug, name=slug, is_kind=slug in {"launch", "landing"})
        for slug in ("moon", "earth", "launch", "landing", "unused")
    }
    organisations = {
        slug: OrganisationFactory(slug=slug, name=slug.upper()) for slug in ("jaxa", "isro", "nasa")
    }
    programmes = {slug: ProgrammeFactory(slug=slug, title=slug) for slug in PROGRAMMES}
    for slug, members in PROGRAMMES.items():
        programmes[slug].organisations.set([organisations[one] for one in members])
    for slug, (programme, given) in MILESTONES.items():
        milestone = MilestoneFactory(slug=slug, programme=programmes[programme])
        milestone.tags.set([tags[one] for one in given])
        state(milestone, "2027", announce=False)
    draft = MilestoneFactory(slug="draft", programme=programmes["lupex"])
    draft.tags.set(tags.values())


def asked(**given: str | list[str]) -> Choice:
    lists = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return choice_of(read_all(lists, parameters()))


def slugs(choice: Choice) -> list[str]:
    return sorted(choice.milestones().values_list("slug", flat=True))


def test_nothing_chosen_is_everything_that_is_published():
    choice = asked()

    assert not choice
    assert slugs(choice) == sorted(MILESTONES)
    assert choice.groups() == []
    assert choice.query == ""


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"programme": "lupex"}, ["lupex-landing", "lupex-launch"]),
        (
            {"programme": "lupex,treaty"},
            ["lupex-landing", "lupex-launch", "treaty-signing"],
        ),
        ({"organisation": "nasa"}, ["nisar-end", "nisar-launch"]),
        (
            {"organisation": "isro,jaxa"},
            ["lupex-landing", "lupex-launch", "nisar-end", "nisar-launch"],
        ),
        ({"tag": "moon"}, ["lupex-landing", "lupex-launch"]),
        ({"tag": "launch"}, ["lupex-launch", "nisar-launch"]),
        ({"tag": "unused"}, []),
        ({"kind": "launch"}, ["lupex-launch", "nisar-launch"]),
        (
            {"kind": "launch,landing"},
            ["lupex-landing", "lupex-launch", "nisar-launch"],
        ),
        (
            {"tag": "moon,earth,launch,landing"},
            ["lupex-landing", "lupex-launch", "nisar-end", "nisar-launch"],
        ),
        ({"tag": "moon", "kind": "launch"}, ["lupex-launch"]),
        ({"programme": "lupex", "kind": "launch"}, ["lupex-launch"]),
        ({"programme": "lupex,nisar", "organisation": "nasa"}, ["nisar-end", "nisar-launch"]),
        ({"programme": "treaty", "organisation": "isro"}, []),
        (
            {"programme": "lupex", "organisation": "isro", "tag": "moon", "kind": "landing"},
            ["lupex-landing"],
        ),
    ],
)
def test_any_of_one_name_and_all_of_several(given, found):
    assert slugs(asked(**given)) == found


def test_each_milestone_is_there_once_however_many_of_its_groups_are_chosen():
    every = asked(organisation="isro,jaxa,nasa", tag="moon,earth,launch,landing")

    assert [one.slug for one in every.milestones().in_order()] == [
        "lupex-launch",
        "lupex-landing",
        "nisar-launch",
        "nisar-end",
    ]


def test_the_chosen_among_others_are_among_them():
    others = Milestone.objects.filter(slug__in=["draft", "nisar-launch", "nisar-end"])

    assert {one.slug for one in asked(kind="launch").among(others)} == {"draft", "nisar-launch"}
    assert asked().among(others).count() == 3


@pytest.mark.parametrize(
    "given", ["nisar,lupex", "lupex,nisar,lupex", ["nisar", "lupex"], ["nisar,nisar", "lupex"]]
)
def test_the_same_choice_is_written_in_one_way(given):
    choice = asked(kind="launch", programme=given)

    assert choice == Choice({"programme": ("lupex", "nisar"), "kind": ("launch",)})
    assert choice.query == "programme=lupex,nisar&kind=launch"
    assert list(choice.slugs) == ["programme", "kind"]


def test_the_groups_of_a_choice_stand_in_its_order():
    choice = asked(tag="moon", organisation="jaxa,isro", programme="nisar,lupex")

    assert [str(one) for one in choice.groups()] == ["lupex", "nisar", "ISRO", "JAXA", "moon"]


@pytest.mark.parametrize(
    "value",
    ["mars", "", "lupex,", "lupex mars", "LUPEX", "lupex\0", "lu\r\npex", "x" * 9000, "火星"],
)
@pytest.mark.parametrize("name", ["programme", "organisation", "tag", "kind"])
def test_what_there_is_not_is_refused_with_what_there_is(name, value):
    with pytest.raises(WrongParameters) as error:
        asked(**{name: value})

    (wrong,) = error.value.wrong
    assert wrong.name == name
    assert (
        wrong.allowed
        == {
            "programme": ["lupex", "nisar", "treaty"],
            "organisation": ["isro", "jaxa", "nasa"],
            "tag": ["earth", "landing", "launch", "moon", "unused"],
            "kind": ["landing", "launch"],
        }[name]
    )
    assert len(wrong.why) < 70
    assert wrong.why.isprintable()


def test_a_tag_that_is_no_kind_cannot_be_chosen_as_one():
    with pytest.raises(WrongParameters) as error:
        asked(kind="moon")

    assert str(error.value) == "kind: there is none “moon”. Allowed: landing, launch."


def test_every_wrong_value_is_named_with_the_parameters_that_are_read():
    with pytest.raises(WrongParameters) as error:
        asked(programme="mars", colour="red", kind="launch", tag="sun")

    assert [one.name for one in error.value.wrong] == ["programme", "colour", "tag"]
    assert error.value.wrong[1].allowed == ["programme", "organisation", "tag", "kind"]


def test_the_groups_are_ordered_by_title_without_regard_to_case():
    for name in ("Venus", "astronomy", "Mars"):
        TagFactory(name=name)

    tags = next(one for one in parameters() if one.name == "tag")

    titles = ["astronomy", "earth", "landing", "launch", "Mars", "moon", "unused", "Venus"]
    assert [*tags.values.values()] == titles


def test_titles_stand_beside_the_values():
    organisations = parameters()[1]

    assert dict(organisations.values) == {"isro": "ISRO", "jaxa": "JAXA", "nasa": "NASA"}
    assert len(organisations.values) == 3


def test_only_what_is_asked_for_costs_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        asked()
    with django_assert_num_queries(1):
        asked(tag=["moon", "earth"])
    with django_assert_num_queries(2):
        asked(tag="moon", kind="launch")


def test_other_names_that_were_read_are_passed_over():
    assert choice_of({"vague": "end", "tag": ("moon",), "kind": ()}) == Choice({"tag": ("moon",)})


@pytest.mark.parametrize("given", [{}, {"kind": "launch"}, {"tag": "moon,earth", "kind": "launch"}])
def test_what_a_database_keeps_is_the_same_choice(given):
    choice = asked(**given)
    kept = {name: list(slugs) for name, slugs in choice.slugs.items()}

    assert stored_choice(kept) == choice


def test_a_group_that_is_gone_takes_nothing_else_with_it():
    choice = stored_choice({"programme": ["lupex", "nisar"], "tag": ["unused", "moon"]})
    Tag.objects.get(slug="unused").delete()

    assert slugs(choice) == ["lupex-landing", "lupex-launch"]
    assert [str(one) for one in choice.groups()] == ["lupex", "nisar", "moon"]


def test_if_all_that_was_chosen_is_gone_nothing_is_shown_rather_than_everything():
    choice = stored_choice({"tag": ["unused"]})
    Tag.objects.get(slug="unused").delete()

    assert choice
    assert slugs(choice) == []
    assert choice.groups() == []


def test_a_kind_that_is_no_kind_any_more_still_chooses_what_it_chose():
    choice = stored_choice({"kind": ["launch"]})
    Tag.objects.update(is_kind=False)

    assert slugs(choice) == ["lupex-launch", "nisar-launch"]
    assert choice.groups() == [Tag.objects.get(slug="launch")]


def test_one_slug_may_name_a_group_of_each_name():
    ProgrammeFactory(slug="moon")
    OrganisationFactory(slug="moon")

    groups = asked(programme="moon", organisation="moon", tag="moon").groups()

    assert groups == [
        Programme.objects.get(slug="moon"),
        Organisation.objects.get(slug="moon"),
        Tag.objects.get(slug="moon"),
    ]
