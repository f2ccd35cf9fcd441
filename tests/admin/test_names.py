"""A name that calendars show: changing it is a revision of whatever shows it, and moves nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.admin.screen import sent_back
from tests.calendars.feeds import of_group
from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, state
from timeline.feeds.news import NewsFeed, changed_at
from timeline.ical import calendar, selection
from timeline.models import Edition, Organisation

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


def regrouped():
    return Edition.objects.filter(regrouped_at__isnull=False).exists()


def feed_of(organisation):
    feed = of_group(organisation)
    return calendar.write(feed, month=selection.month_of(timezone.now()))


def test_a_feed_that_a_programme_has_left_is_modified_by_that(editor_client, launch):
    isro, jaxa = OrganisationFactory(), OrganisationFactory()
    launch.programme.organisations.set([isro, jaxa])
    before = feed_of(isro)

    rename(editor_client, launch.programme, organisations=[jaxa.pk])

    assert feed_of(isro).last_modified > before.last_modified
    assert launch.revisions.count() == 1


def test_saving_the_same_organisations_modifies_no_feed(editor_client, launch):
    isro = OrganisationFactory()
    launch.programme.organisations.set([isro])

    rename(editor_client, launch.programme, title="Another name", organisations=[isro.pk])

    assert not regrouped()


def test_another_name_of_an_organisation_modifies_its_feed(editor_client):
    isro = OrganisationFactory()
    before = feed_of(isro)

    rename(editor_client, isro, name="Another name")

    isro.refresh_from_db()
    after = feed_of(isro)
    assert b"Another name" in after.body
    assert after.last_modified > before.last_modified


@pytest.mark.parametrize("changed", [{"title": "Other words"}, {"grade": "C"}], ids=str)
def test_another_text_of_a_source_modifies_feeds_of_what_it_once_told(
    editor_client, launch, changed
):
    source = launch.current_revision.statement.source
    state(launch, "2028", announce=False)
    before = changed_at(NewsFeed())

    rename(editor_client, source, **changed)

    assert changed_at(NewsFeed()) > before


def test_what_feeds_do_not_tell_of_an_organisation_modifies_none(editor_client):
    rename(editor_client, OrganisationFactory(), country="JP")

    assert not regrouped()


def test_a_tag_that_is_deleted_is_published_of_whatever_showed_it(admin_client, launch):
    tag = launch.tags.get()

    admin_client.post(reverse("admin:timeline_tag_delete", args=[tag.pk]), {"post": "yes"})

    launch.refresh_from_db()
    assert [*launch.tags.all()] == []
    assert (launch.current_revision.number, launch.current_revision.change_sub) == (2, "tag")
    assert regrouped()


def test_deleting_an_organisation_modifies_feeds_and_publishes_nothing(admin_client, launch):
    isro = OrganisationFactory()
    launch.programme.organisations.set([isro])
    address = reverse("admin:timeline_organisation_delete", args=[isro.pk])

    admin_client.post(address, {"post": "yes"})

    assert not Organisation.objects.exists()
    assert regrouped()
    assert launch.revisions.count() == 1
