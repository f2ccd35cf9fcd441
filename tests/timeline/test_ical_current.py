"""Which revision is current is asked in one query, however often, and is never remembered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.calendars.rows import a_milestone, current, say
from timeline.ical.current import Current
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


def test_what_is_current_is_read_anew_each_time():
    milestone = a_milestone()
    asked = Current(Milestone.objects.published())
    before = asked.read()
    say(milestone, "2027-25")
    first = asked.read()
    say(milestone, "2027-26")

    assert before == []
    assert first == [(milestone.pk, current(milestone).previous_id)]
    assert asked.read() == [(milestone.pk, current(milestone).pk)]


def test_it_costs_one_query_and_what_cannot_be_none():
    everything, nothing = Current(Milestone.objects.all()), Current(Milestone.objects.none())

    with CaptureQueriesContext(connection) as queries:
        everything.read()
        nothing.read()

    assert len(queries) == 1
