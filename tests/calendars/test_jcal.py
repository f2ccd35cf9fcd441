"""The same calendar as jCal is what two other libraries read in its text."""

import json

import pytest

from tests.calendars.parsers import levelled
from tests.calendars.rows import a_milestone, cancel, happen, say
from tests.clock import NOON
from tests.factories import ProgrammeFactory, TagFactory
from tests.timeline.private import a_feed
from timeline.models import Milestone

pytestmark = [pytest.mark.django_db, pytest.mark.ical_js, pytest.mark.libical]

QUERIES = [
    "",
    "alarms=1w,1d&busy=1",
    "vague=both",
    "vague=span&long=1",
    "year=digest",
    "days=each&allday=1",
    "programme=mars",
]


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture(autouse=True)
def milestones() -> None:
    """One of each kind, with texts that need escaping."""
    ProgrammeFactory(slug="mars", title="Nothing yet")
    another("Moon, Mars; or \\n “both”", "2027-25")
    another("Timed", "2026-12-30T12:10:00Z", "minute")
    another("Several days", "2026-11-21/2026-11-23", "day")
    another("Year 🚀", "2027")
    cancel(another("Cancelled", "2027-02-10"))
    happen(another("Happened", "2026-11"), "2026-11-19")


def another(title: str, edtf: str, precision: str = "") -> Milestone:
    number = Milestone.objects.count() + 1
    uid = f"3f0c5e0a-0000-4000-8000-{number:012}"
    milestone = a_milestone(title, uid=uid, slug=f"number-{number}", place="Tanegashima, Japan")
    milestone.tags.add(TagFactory.create(name=f"Moon; {number}"))
    say(milestone, edtf, precision)
    return milestone


@pytest.mark.parametrize("query", QUERIES)
def test_whatever_is_asked_for_both_forms_hold_the_same(client, read_by_all, query):
    text = client.get(f"/calendar/all.ics?{query}")
    jcal = client.get(f"/calendar/all.jcal.json?{query}")

    assert (text.status_code, jcal.status_code) == (200, 200)
    assert read_by_all(text.content) == levelled(json.loads(jcal.content))


def test_a_private_calendar_too(client, read_by_all):
    token = a_feed().token

    text, jcal = (client.get(f"/f/{token}/mine{ending}") for ending in (".ics", ".jcal.json"))

    assert read_by_all(text.content) == levelled(json.loads(jcal.content))
