"""A calendar holds what apps can take, and says how much did not fit."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.calendars.feeds import everything
from tests.calendars.rows import NOVEMBER, a_milestone, happen, say
from tests.calendars.strict import entries
from tests.clock import NOON
from timeline.ical import calendar, jcal, limit
from timeline.ical.calendar import Feed, Written
from timeline.ical.current import Current
from timeline.ical.fragments import Fragment
from timeline.ical.options import Options
from timeline.ical.selection import Member
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 10, 6, 0, tzinfo=UTC)


@pytest.fixture
def milestones():
    """Three that are past, one that is open without an end, three that are ahead."""
    happened = [("P1", "2026-08-01"), ("P2", "2026-09-01"), ("P3", "2026-10-31")]
    for title, day in happened:
        happen(another(title), day)
    say(another("Open"), "[2019..]", "year", at=LONG_AGO)
    for title, day in [("A1", "2026-11-02"), ("A2", "2027-06-01"), ("A3", "2028-01-01")]:
        say(another(title), day)


def another(title: str) -> Milestone:
    return a_milestone(title, uid=uuid4(), slug=title.lower(), summary="")


def written(**options: object) -> Written:
    feed = Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        options=Options(**options),  # type: ignore[arg-type]
    )
    found = calendar.write(feed, month=NOVEMBER)
    assert jcal.write_jcal(feed, month=NOVEMBER).left_over == found.left_over
    return found


def held(one: Written) -> list[str]:
    return [entry["SUMMARY"].removeprefix("~ ")[:4].strip() for entry in entries(one.body)]


def test_the_limits_are_what_google_takes():
    assert (limit.MOST_ENTRIES, limit.MOST_BYTES) == (1_000, 900_000)


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (7, ["Open", "P1", "P2", "P3", "A1", "A2", "A3"]),
        (6, ["Open", "P2", "P3", "A1", "A2", "A3"]),
        (5, ["Open", "P3", "A1", "A2", "A3"]),
        (4, ["Open", "A1", "A2", "A3"]),
        (3, ["Open", "A1", "A2"]),
        (1, ["Open"]),
    ],
)
def test_the_oldest_past_goes_first_and_then_what_is_farthest_ahead(
    milestones, monkeypatch, most, kept
):
    monkeypatch.setattr(limit, "MOST_ENTRIES", most)

    found = written()

    assert held(found) == kept
    assert found.left_over == 7 - most


def test_bytes_are_counted_too(milestones, monkeypatch):
    whole = len(written().body)
    sizes = {}
    for room in range(whole, whole - 4000, -100):
        monkeypatch.setattr(limit, "MOST_BYTES", room + limit.BESIDES)
        found = written()
        sizes[found.left_over] = len(found.body) - len(
            b"".join(found.body.partition(b"BEGIN:VEVENT")[:1])
        )
        assert sizes[found.left_over] <= room

    assert set(sizes) == set(range(max(sizes) + 1))
    assert max(sizes) >= 3


def test_several_entries_of_a_milestone_count_each_and_stay_together(monkeypatch):
    for number in range(3):
        say(another(f"M{number}"), f"2027-0{number + 1}", "month")
    monkeypatch.setattr(limit, "MOST_ENTRIES", 5)

    found = written(vague="both")

    assert held(found) == ["M0 (", "M0 (", "M1 (", "M1 ("]
    assert found.left_over == 1


def test_no_more_are_rendered_than_there_can_be_entries(milestones, monkeypatch):
    monkeypatch.setattr(limit, "MOST_ENTRIES", 2)
    members = calendar.basis(everything(), month=NOVEMBER).members

    assert len(limit.first_of(members)) == 2


def test_a_thousand_entries_fit_and_one_more_does_not():
    ready = Fragment(template=b"x" * 700, count=1, stamp=b"", sequence=0, line="")
    rows = [(Member(n, n, is_past=n == 500, year=None), ready) for n in range(1001)]

    assert len(limit.fitting(rows[:1000], digests={})) == 1000
    assert len(limit.fitting(rows, digests={})) == 1000


def test_a_large_calendar_with_everything_around_it_stays_below_the_limit():
    ready = Fragment(template=b"x" * 1500, count=1, stamp=b"", sequence=0, line="")
    rows = [(Member(n, n, is_past=False, year=None), ready) for n in range(1000)]

    kept = limit.fitting(rows, digests={})

    assert sum(one.size for one in kept) <= 880_000 < sum(one.size for one in kept) + 1_600


def test_what_a_digest_says_does_not_hang_on_how_much_else_there_is(monkeypatch):
    monkeypatch.setattr(limit, "MOST_ENTRIES", 2)
    say(another("Near"), "2026-12-01")
    say(another("Y1"), "2030")
    say(another("Y2"), "2030")
    (before,) = (one for one in entries(written(year="digest").body) if "digest" in one["UID"])

    say(Milestone.objects.get(slug="near"), None, at=NOON + timedelta(days=1))
    (after,) = entries(written(year="digest").body)

    assert after == before
    assert "2 milestones" in after["SUMMARY"]


def test_lines_that_a_digest_does_not_show_take_no_room():
    ready = Fragment(template=b"x" * 700, count=1, stamp=b"", sequence=0, line="")
    rows = [(Member(1, 1, is_past=False, year=None), ready)]

    assert limit.fitting(rows, digests={2030: ["x" * 90] * 10_000}) == [ready]


def test_digests_take_their_room_before_other_entries(monkeypatch):
    for number in range(3):
        say(another(f"Y{number}"), f"202{number + 7}")
        say(another(f"M{number}"), f"2027-0{number + 1}")
    monkeypatch.setattr(limit, "MOST_ENTRIES", 6)
    monkeypatch.setattr(limit, "MOST_BYTES", limit.BESIDES + 3 * 15 + 2_000)

    found = written(year="digest")

    assert held(found) == ["Some", "Some", "Some", "M0 (", "M1 ("]
    assert found.left_over == 1
    monkeypatch.setattr(limit, "MOST_BYTES", 900_000)
    assert written(year="digest").left_over == 0
