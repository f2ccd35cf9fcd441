"""What there is, from a JSON file: written whole or not at all, and never over the editors."""

import json

import pytest

from tests.clock import NOON
from tests.factories import MilestoneFactory, OrganisationFactory, ProgrammeFactory, TagFactory
from timeline.importing import ImportRefused, import_files
from timeline.models import Milestone, Organisation, Programme, Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path):
    def write_and_import(document):
        path = tmp_path / "new.json"
        path.write_text(json.dumps(document))
        return import_files([path], at=NOON)

    return write_and_import


def a_milestone(**values):
    return {"slug": "issa-j1-launch", "title": "ISSA-J1 launch"} | values


def a_programme(*milestones, **values):
    return {"slug": "issa-j1", "title": "ISSA-J1", "milestones": list(milestones)} | values


def test_a_programme_comes_with_its_organisations_milestones_and_tags(imported):
    done = imported(
        {
            "organisations": [{"slug": "nsil", "name": "NSIL", "country": "India"}],
            "tags": [{"slug": "debris", "name": "space debris"}],
            "programmes": [
                a_programme(
                    a_milestone(home_zone="Asia/Kolkata", tags=["debris"]), organisations=["nsil"]
                )
            ],
        }
    )

    milestone = Milestone.objects.get()
    assert done.created == 4
    assert [one.name for one in milestone.programme.organisations.all()] == ["NSIL"]
    assert [one.name for one in milestone.tags.all()] == ["space debris"]
    assert (milestone.home_zone, milestone.created_at) == ("Asia/Kolkata", NOON)


def test_a_tag_that_is_marked_is_a_kind(imported):
    marked = {"slug": "launch", "name": "launch", "kind": True}
    other = {"slug": "moon", "name": "Moon", "kind": False}

    imported({"tags": [marked, other, {"slug": "debris", "name": "space debris"}]})

    assert [one.slug for one in Tag.objects.kinds()] == ["launch"]


def test_a_tag_that_exists_stays_what_the_editors_say(imported):
    TagFactory(slug="launch", is_kind=False)
    TagFactory(slug="moon", is_kind=True)

    imported(
        {
            "tags": [
                {"slug": "launch", "name": "launch", "kind": True},
                {"slug": "moon", "name": "Moon"},
            ]
        }
    )

    assert [one.slug for one in Tag.objects.kinds()] == ["moon"]


def test_a_milestone_without_a_statement_is_a_draft(imported):
    imported({"programmes": [a_programme(a_milestone())]})

    assert not Milestone.objects.published().exists()


def test_what_exists_stays_as_the_editors_have_made_it(imported):
    programme = ProgrammeFactory(slug="issa-j1", title="Our title")
    milestone = MilestoneFactory(slug="issa-j1-launch", title="Our launch", programme=programme)
    milestone.tags.set([TagFactory(slug="ours")])
    OrganisationFactory(slug="nsil", name="Our NSIL")

    done = imported(
        {
            "organisations": [{"slug": "nsil", "name": "NSIL"}],
            "tags": [{"slug": "debris", "name": "space debris"}],
            "programmes": [a_programme(a_milestone(tags=["debris"]), organisations=["nsil"])],
        }
    )

    assert done.created == 1  # the tag
    assert Programme.objects.get().title == "Our title"
    assert not Programme.objects.get().organisations.exists()
    assert Milestone.objects.get().title == "Our launch"
    assert [tag.slug for tag in Milestone.objects.get().tags.all()] == ["ours"]
    assert Organisation.objects.get().name == "Our NSIL"


def test_a_programme_that_exists_takes_new_milestones(imported):
    programme = ProgrammeFactory(slug="issa-j1")

    imported({"programmes": [a_programme(a_milestone())]})

    assert Milestone.objects.get().programme == programme


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"programs": []}, "programs: is not known; known are organisations, tags, programmes"),
        ({"tags": {}}, "tags: is no list"),
        ({"tags": ["moon"]}, "tags[0]: is no object with named values"),
        ({"tags": [{"slug": "moon"}]}, "tags[0].name: This field cannot be blank."),
        ({"tags": [{"slug": "m", "name": 7}]}, "tags[0].name: is 7; write it as text, in quotes"),
        (
            {"tags": [{"slug": "m", "name": "a\nb"}]},
            "tags[0].name: holds the character U+000A; take it out",
        ),
        (
            {"tags": [{"slug": "to the moon", "name": "Moon"}]},
            (
                "tags[0].slug: Enter a valid “slug” consisting of letters, numbers, underscores or "
                "hyphens."
            ),
        ),
        (
            {"tags": [{"slug": "m", "name": "x" * 61}]},
            "tags[0].name: Ensure this value has at most 60 characters (it has 61).",
        ),
        (
            {"tags": [{"slug": "m", "name": "M"}, {"slug": "m", "name": "N"}]},
            "tags[1].slug: “m” is there twice",
        ),
        (
            {"tags": [{"slug": "m", "name": "M", "color": "red"}]},
            "tags[0].color: is not known; known are slug, name, kind",
        ),
        (
            {"tags": [{"slug": "m", "name": "M", "kind": "yes"}]},
            "tags[0].kind: is 'yes'; write true or false",
        ),
        (
            {"tags": [{"slug": "m", "name": "M", "kind": 1}]},
            "tags[0].kind: is 1; write true or false",
        ),
        (
            {"organisations": [{"slug": "m", "name": "M", "kind": True}]},
            "organisations[0].kind: is not known; known are slug, name, country",
        ),
        (
            {"programmes": [a_programme(organisations=["esa"])]},
            "programmes[0].organisations: 'esa' is the slug of none",
        ),
        (
            {"programmes": [a_programme(a_milestone(tags=[{}]))]},
            "programmes[0].milestones[0].tags: {} is the slug of none",
        ),
        (
            {"programmes": [a_programme(a_milestone(home_zone="Mars/Gale"))]},
            (
                "programmes[0].milestones[0].home_zone: “Mars/Gale” is not a time zone of the IANA "
                "list."
            ),
        ),
        (
            {"programmes": [a_programme(a_milestone(fiscal="uk"))]},
            "programmes[0].milestones[0].fiscal: Value 'uk' is not a valid choice.",
        ),
    ],
)
def test_a_bad_entry_is_reported_with_its_place_and_the_reason(document, problem, imported):
    with pytest.raises(ImportRefused) as refused:
        imported(document)

    assert [str(one) for one in refused.value.problems] == [f"new.json: {problem}"]
    assert not Programme.objects.exists()


def test_the_milestones_of_a_bad_programme_are_checked_too(imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"programmes": [a_programme(a_milestone(title=""), title="")]})

    assert [str(one) for one in refused.value.problems] == [
        "new.json: programmes[0].title: This field cannot be blank.",
        "new.json: programmes[0].milestones[0].title: This field cannot be blank.",
    ]
