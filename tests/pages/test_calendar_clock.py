"""What the clock alone changes in a feed: at the first of a month one thing, and else nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.calendars.rows import a_milestone, cancel, happen, say
from tests.calendars.strict import entries
from tests.clock import NOON
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

ALL = "/calendar/all.ics"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
Show = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Show:
    def show(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    show(NOON)
    return show


def another(title: str) -> Milestone:
    return a_milestone(title, uid=uuid4(), slug=title.lower())


@pytest.fixture
def milestones() -> None:
    """One of each kind that comes, stays, or goes with the months."""
    say(another("Vague"), "2027-25", at=NOON - 4 * DAY)
    say(another("Timed"), "2026-12-30T12:10:00Z", "minute", at=NOON - 4 * DAY)
    say(another("Past"), "2026-11-22", at=NOON - 4 * DAY)
    happen(another("Happened"), "2026-05-20", at=NOON - 4 * DAY)
    cancelled = another("Cancelled")
    say(cancelled, "2027-02-10", at=NOON - 4 * DAY)
    cancel(cancelled, at=NOON - 3 * DAY)


@pytest.mark.parametrize(
    ("theirs", "ours"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
def test_hour_after_hour_there_is_nothing_new(client, milestones, clock, theirs, ours):
    first = client.get(ALL)
    answers = []
    for hours in range(1, 3 * 24):
        clock(NOON + hours * HOUR)
        again = client.get(ALL, headers={theirs: first.headers[ours]})
        answers.append((again.status_code, again.content, again.headers["ETag"]))

    assert set(answers) == {(304, b"", first.headers["ETag"])}


def test_day_after_day_the_bytes_are_the_same_until_the_month_ends(client, milestones, clock):
    bodies = set()
    for days in range(10):
        clock(NOON + days * DAY)
        bodies.add(client.get(ALL).content)
    clock(DECEMBER - timedelta(microseconds=1))
    bodies.add(client.get(ALL).content)

    assert len(bodies) == 1


def test_around_the_first_of_a_month_it_changes_once(client, milestones, clock):
    tags = []
    for hours in range(-24, 24):
        clock(DECEMBER + hours * HOUR)
        tags.append(client.get(ALL).headers["ETag"])

    assert len(set(tags[:24])) == len(set(tags[24:])) == 1
    assert len(set(tags)) == 2


def test_a_year_of_days_has_twelve_calendars_each_from_the_first_of_a_month(
    client, milestones, clock
):
    days = [DECEMBER + number * DAY for number in range(365)]
    seen = {}
    for day in days:
        clock(day + 9 * HOUR)
        seen[day] = client.get(ALL).content
    changes = [day for before, day in pairwise(days) if seen[before] != seen[day]]

    assert changes == [datetime(2027, month, 1, tzinfo=UTC) for month in range(1, 12)]
    assert len(set(seen.values())) == 12
    titles = [{entry["SUMMARY"] for entry in entries(seen[day])} for day in (days[0], days[-1])]
    assert titles == [
        {
            "Happened",
            "Past",
            "Timed",
            "Cancelled: Cancelled",
            "~ Vague (spring 2027)",
        },
        {"Past", "Timed", "~ Vague (spring 2027)"},
    ]


def test_without_news_last_modified_is_always_the_first_of_the_month(client, milestones, clock):
    for month in range(1, 13):
        clock(datetime(2027, month, 28, 23, 59, 59, tzinfo=UTC))

        said = client.get(ALL).headers["Last-Modified"]

        assert said == datetime(2027, month, 1, tzinfo=UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
