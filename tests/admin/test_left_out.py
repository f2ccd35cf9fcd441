"""Editors see what no calendar can show, where they look for milestones."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.calendars.rows import a_milestone, say
from tests.factories import MilestoneFactory, TagFactory, state
from timeline.ical.missing import left_out

pytestmark = pytest.mark.django_db

WHY = "The date is the last that computers can count; an entry ends a day later."

END_OF_TIME = "9999-12-31"  # has no day after it, so no DTEND


@pytest.fixture
def bad():
    milestone = a_milestone("Heat <b>death</b>")
    say(milestone, END_OF_TIME)
    return milestone


def test_what_has_no_entry_is_named_with_the_reason(bad):
    state(MilestoneFactory(), "2027")
    MilestoneFactory()

    assert left_out() == [(bad, WHY)]


def test_editors_see_how_many_are_left_out_and_come_to_each(editor_client, bad):
    page = editor_client.get(reverse("admin:timeline_milestone_changelist"))
    change = reverse("admin:timeline_milestone_change", args=[bad.pk])

    assert page.context["left_out"] == [(bad, WHY)]
    text = page.content.decode()
    assert "1 milestone is left out of calendars" in text
    assert f'<a href="{change}">Heat &lt;b&gt;death&lt;/b&gt;</a>' in text


def test_where_nothing_is_left_out_nothing_is_said(editor_client):
    state(MilestoneFactory(), "2027")

    page = editor_client.get(reverse("admin:timeline_milestone_changelist"))

    assert "left out" not in page.content.decode()


def test_once_the_date_is_another_it_is_left_out_no_more(bad):
    assert len(left_out()) == 1

    say(bad, "2027-05-01")

    assert left_out() == []


def test_looking_costs_one_query_when_all_entries_are_ready():
    for _ in range(5):
        milestone = MilestoneFactory()
        milestone.tags.add(TagFactory())
        state(milestone, "2027")
    left_out()

    with CaptureQueriesContext(connection) as queries:
        left_out()

    assert len(queries) == 1
