"""The admin's front page: what waits for an editor, the most urgent first."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from notifications.readers import readers_of
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    mark_overdue,
    state,
)
from tests.notifications.factories import DeliveryFactory, SubscriptionFactory
from timeline.models import Milestone

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


def said(title, words, *, ago, **milestone):
    """A milestone of which that was said so many days ago, and nothing since."""
    at = timezone.now() - timedelta(days=ago)
    one = MilestoneFactory(title=title, home_zone="UTC", **milestone)
    state(one, words, on=at.date(), at=at, source=SourceFactory(), announce=False)
    return one


def sections(client):
    return {one.name: one for one in client.get(DESK).context["sections"]}


def titles(section):
    return [row.title for row in section.rows]


def in_days(days):
    return f"{timezone.now() + timedelta(days=days):%-d %B %Y}"


def test_an_idle_desk_says_so(editor_client):
    page = editor_client.get(DESK).text

    assert "Nothing is held: all news has left." in page
    assert "No window has passed without news." in page
    assert "Everything was looked at lately." in page


def test_what_passed_without_news_and_what_nobody_looked_for_are_told_apart(editor_client):
    said("Passed", in_days(-40), ago=400)
    mark_overdue(at=timezone.now())
    said("Stale", in_days(60), ago=200)
    said("Fresh", in_days(60), ago=1)

    found = sections(editor_client)

    assert (titles(found["overdue"]), titles(found["stale"])) == (["Passed"], ["Stale"])


def test_what_many_follow_and_what_is_near_comes_first(editor_client):
    said("Far", in_days(400), ago=390)
    said("Near", in_days(20), ago=200)
    followed = said("Far, and followed", in_days(400), ago=390)
    SubscriptionFactory.create_batch(40, scope="milestone", milestone=followed)

    assert titles(sections(editor_client)["stale"]) == ["Far, and followed", "Near", "Far"]


def test_checked_no_news_is_one_button_and_on_record(editor, editor_client):
    stale = said("Stale", in_days(60), ago=200)

    answer = editor_client.post(
        reverse("admin:timeline_milestone_check", args=[stale.pk]), follow=True
    )

    stale.refresh_from_db()
    assert stale.last_checked_on == timezone.now().date()
    assert titles(answer.context["sections"][2]) == []
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (editor, "Checked: no news.")


def test_to_look_at_the_page_of_the_button_checks_nothing(editor_client):
    stale = said("Stale", in_days(60), ago=200)
    button = reverse("admin:timeline_milestone_check", args=[stale.pk])

    assert editor_client.get(button).status_code == 405
    assert LogEntry.objects.count() == 0


def test_held_news_stands_there_with_the_time_left(editor_client):
    now = timezone.now()
    held = state(MilestoneFactory(title="Launch"), "2027", on=now.date(), at=now).announcement

    (row,) = sections(editor_client)["held"].rows

    assert (row.title, row.line) == ("Launch", "First dated: 2027")
    assert row.more.endswith("left")
    assert row.address == reverse("admin:notifications_outbox_one", args=[held.pk])


def test_what_could_not_be_delivered_is_told_to_who_may_see_it(editor, editor_client):
    now = timezone.now()
    for _ in range(2):
        DeliveryFactory(
            state=Delivery.State.FAILED, owed_at=now, reply_code=550, reply_text="No such user"
        )
    assert "failed" not in sections(editor_client)
    editor.user_permissions.add(Permission.objects.get(codename="view_delivery"))

    (row,) = sections(editor_client)["failed"].rows

    assert (row.title, row.line) == ("2 × 550", "No such user")


def test_who_has_no_right_sees_no_section(powerless_client):
    said("Stale", in_days(60), ago=200)

    page = powerless_client.get(DESK)

    assert page.context["sections"] == []
    assert "Stale" not in page.text


def test_who_may_only_look_checks_nothing(client, editor):
    stale = said("Stale", in_days(60), ago=200)
    editor.groups.clear()
    editor.user_permissions.set(Permission.objects.filter(codename="view_milestone"))
    client.force_login(editor)

    answer = client.post(reverse("admin:timeline_milestone_check", args=[stale.pk]))

    assert answer.status_code == 403
    assert "Checked, no news" not in client.get(DESK).text


def test_the_desk_asks_no_more_for_many_milestones(editor_client):
    said("One", in_days(60), ago=200)
    with CaptureQueriesContext(connection) as for_one:
        editor_client.get(DESK)
    for number in range(8):
        said(f"Another {number}", in_days(60), ago=200)

    with CaptureQueriesContext(connection) as for_many:
        editor_client.get(DESK)

    assert len(for_many) == len(for_one)


def test_readers_are_counted_by_each_way_to_follow():
    programme, tag = ProgrammeFactory(), TagFactory()
    programme.organisations.add(OrganisationFactory())
    launch = MilestoneFactory(programme=programme)
    launch.tags.add(tag)
    other = MilestoneFactory()
    SubscriptionFactory.create_batch(2)
    SubscriptionFactory(scope="programme", programme=programme)
    SubscriptionFactory(scope="tag", tag=tag)
    SubscriptionFactory(scope="organisation", organisation=programme.organisations.get())
    SubscriptionFactory(scope="milestone", milestone=launch)
    SubscriptionFactory(scope="milestone", milestone=launch, cadence="muted")
    SubscriptionFactory(ended_at=timezone.now())
    rows = Milestone.objects.prefetch_related("tags", "programme__organisations")

    assert readers_of(rows) == {launch.pk: 6, other.pk: 2}
