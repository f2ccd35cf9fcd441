"""What the clock alone changes in a feed: at the first of a month one thing, and else nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.calendars.rows import a_milestone, cancel, happen, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from tests.timeline.private import a_feed
from timeline import publishing
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

ALL = "/calendar/all.ics"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
UNTIL_DECEMBER = (DECEMBER - NOON) // HOUR
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


# Each with what could be counted from today and must not be.
ADDRESSES = [
    f"{ALL}?past=0",
    f"{ALL}?past=3m&cancelled=drop",
    f"{ALL}?year=digest&vague=both&alarms=1d",
    f"{ALL}?vague=span&allday=1&busy=1",
    "/changes/all.atom",
    "/changes/all.json",
    "private",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_is_asked_for_there_is_nothing_new_until_the_month_ends(
    client, milestones, clock, address
):
    path = f"/f/{a_feed(at=NOON - DAY).token}/mine.ics" if address == "private" else address
    first = client.get(path)
    answers = []
    for hours in range(1, UNTIL_DECEMBER, 13):
        clock(NOON + hours * HOUR)
        again = client.get(path)
        unchanged = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        answers.append((again.status_code, again.content, unchanged.status_code))

    assert first.status_code == 200
    assert [answer for answer in answers if answer != (200, first.content, 304)] == []


def test_what_has_changed_is_told_alike_for_a_year(client, milestones, clock):
    bodies = set()
    for path in ("/changes/all.atom", "/changes/all.json"):
        for days in range(0, 365, 30):
            clock(NOON + days * DAY)
            bodies.add(client.get(path).content)

    assert len(bodies) == 2


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


@pytest.mark.parametrize("query", ["", "past=0", "past=3m", "year=digest", "cancelled=drop"])
def test_around_the_first_of_a_month_it_changes_once(client, milestones, clock, query):
    tags = []
    for hours in range(-24, 24):
        clock(DECEMBER + hours * HOUR)
        tags.append(client.get(f"{ALL}?{query}").headers["ETag"])

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
        first = datetime(2027, month, 1, tzinfo=UTC)

        response = client.get(ALL)

        assert response.headers["Last-Modified"] == first.strftime("%a, %d %b %Y %H:%M:%S GMT")
        assert read(response.content)["LAST-MODIFIED"] == first.strftime("%Y%m%dT%H%M%SZ")


def test_both_say_alike_when_something_was_published(client, milestones, clock):
    publishing.edit(Milestone.objects.get(slug="vague"), {"title": "Vaguer"}, at=NOON + HOUR)
    clock(NOON + DAY)

    response = client.get(ALL)

    assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 13:00:00 GMT"
    assert read(response.content)["LAST-MODIFIED"] == "20261120T130000Z"
