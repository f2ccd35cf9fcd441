"""A tag that says what happens is a kind; editors say so, and no entry of a calendar shows it."""

import pytest
from django.urls import reverse

from tests.admin.screen import sent_back
from tests.factories import MilestoneFactory, TagFactory, state
from timeline.models import Tag

pytestmark = pytest.mark.django_db


def opened(client, tag):
    address = reverse("admin:timeline_tag_change", args=[tag.pk])
    return address, sent_back(client.get(address).context["adminform"].form)


def test_an_editor_adds_a_kind(editor_client):
    sent = {"name": "flyby", "slug": "flyby", "is_kind": "on"}

    editor_client.post(reverse("admin:timeline_tag_add"), sent)

    assert Tag.objects.get(is_kind=True).slug == "flyby"


def test_a_published_tag_becomes_a_kind_and_no_tag_again_without_a_revision(editor_client):
    tag = TagFactory()
    milestone = MilestoneFactory()
    milestone.tags.add(tag)
    state(milestone, "2027")

    for is_kind in (True, False):
        address, sent = opened(editor_client, tag)
        editor_client.post(address, sent | {"is_kind": is_kind})

        tag.refresh_from_db()
        assert tag.is_kind is is_kind
    assert milestone.revisions.count() == 1


def test_of_two_editors_the_second_reads_that_it_is_a_kind_by_now(editor_client):
    tag = TagFactory(name="flyby")
    address, sent = opened(editor_client, tag)
    Tag.objects.update(is_kind=True)

    answer = editor_client.post(address, sent | {"name": "fly-by"})

    said = answer.context["adminform"].form.non_field_errors()
    assert said[-1] == "Is a kind: you saw “no”; now it is “yes”."


def test_the_list_shows_the_kinds_alone(editor_client):
    TagFactory(slug="moon")
    TagFactory(slug="launch", is_kind=True)

    answer = editor_client.get(reverse("admin:timeline_tag_changelist"), {"is_kind__exact": "1"})

    assert [one.slug for one in answer.context["cl"].result_list] == ["launch"]
