"""A name that calendars show: changing it is a revision of whatever shows it, and moves nothing."""

import pytest
from django.urls import reverse

from tests.admin.screen import sent_back
from tests.factories import MilestoneFactory, TagFactory, state

pytestmark = pytest.mark.django_db


def rename(client, row, **changed):
    url = reverse(f"admin:timeline_{row._meta.model_name}_change", args=[row.pk])
    sent = sent_back(client.get(url).context["adminform"].form) | changed
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.context["errors"]


@pytest.fixture
def launch():
    milestone = MilestoneFactory()
    milestone.tags.add(TagFactory())
    state(milestone, "2027", announce=False)
    milestone.refresh_from_db()
    return milestone


def of_launch(launch):
    return {
        "programme": (launch.programme, {"title": "Another name"}),
        "tag": (launch.tags.get(), {"name": "another name"}),
        "source": (launch.current_revision.statement.source, {"publisher": "Another name"}),
    }


@pytest.mark.parametrize("what", ["programme", "tag", "source"])
def test_another_name_is_published_of_each_milestone_that_shows_it(editor_client, launch, what):
    row, changed = of_launch(launch)[what]

    rename(editor_client, row, **changed)

    launch.refresh_from_db()
    revision = launch.current_revision
    assert (revision.number, revision.sequence) == (2, 0)
    assert (revision.change_kind, revision.change_sub) == ("edited", what)
    assert revision.recorded_by.username == "anna"


@pytest.mark.parametrize("what", ["programme", "tag", "source"])
def test_saving_without_a_change_publishes_nothing(editor_client, launch, what):
    row, _ = of_launch(launch)[what]

    rename(editor_client, row)

    assert launch.revisions.count() == 1


def test_other_tags_of_a_milestone_are_one_revision(editor_client, launch):
    tag = TagFactory()

    rename(editor_client, launch, tags=[tag.pk])

    launch.refresh_from_db()
    assert list(launch.tags.all()) == [tag]
    assert launch.current_revision.number == 2
