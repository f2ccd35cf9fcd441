"""jCal (RFC 7265) says, member for member, what the text of the same calendar says."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from tests.calendars.rows import NOVEMBER, a_milestone, cancel, say
from tests.clock import NOON
from tests.factories import TagFactory
from timeline.ical import calendar, jcal
from timeline.ical.calendar import Feed, FeedBrokenError, Settings
from timeline.ical.current import Current
from timeline.ical.options import Options
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)
NASTY = 'Quotes "dtstamp",{},"date-time","1970-01-01T00:00:00Z" \\ 100 % ; , 月 🚀 \u2028 </script>'


def another(title: str, edtf: str, *more: str, **fields: object) -> Milestone:
    milestone = a_milestone(title, uid=uuid4(), slug=f"s-{uuid4()}", **fields)
    say(milestone, edtf, *more)
    return milestone


def feed(**changed: object) -> Feed:
    given = {
        "name": "Milepost",
        "path": "/calendar/all.ics",
        "page": "/",
        "current": Current(Milestone.objects.published()),
        "list_id": "all",
    }
    return Feed(**{**given, **changed})  # type: ignore[arg-type]


@pytest.fixture
def milestones():
    TagFactory(name="Moon, Mars; both")
    launch = another(NASTY[:120], "2027-25", summary=NASTY * 3, place="Kyōto; Japan")
    launch.tags.set([TagFactory(name="a"), TagFactory(name="b, c")])
    another("Instant", "2026-12-30T12:10:00Z", "minute")
    another("Days", "2026-11-21/2026-11-23", "day")
    another("Year", "2027")
    cancel(another("Cancelled", "2027-05"), at=LATER)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"settings": Settings(7, LATER + timedelta(days=1))},
        {"options": Options(vague="both", year="digest", days="each", alarms=("1d", "1h"))},
        {"options": Options(allday="1"), "is_public": False},
    ],
)
def test_it_is_what_the_library_reads_in_the_text(milestones, changed):
    text = calendar.write(feed(**changed), month=NOVEMBER)
    written = jcal.write_jcal(feed(**changed), month=NOVEMBER)

    told = json.loads(json.dumps(Calendar.from_ical(text.body).to_jcal()))
    assert json.loads(written.body) == told
    assert written.last_modified == text.last_modified


def test_a_calendar_without_dates_says_so_here_too():
    written = jcal.write_jcal(feed(), month=NOVEMBER)

    name, _, ((event, properties, parts),) = json.loads(written.body)
    assert (name, event, parts) == ("vcalendar", "vevent", [])
    assert ["summary", {}, "text", "Nothing to show now: Milepost"] in properties


def test_values_stand_as_rfc_7265_writes_them(milestones):
    written = json.loads(jcal.write_jcal(feed(), month=NOVEMBER).body)

    _, properties, events = written
    entry = {name: (kind, *values) for name, _, kind, *values in events[1][1]}
    assert ["refresh-interval", {}, "duration", "PT4H"] in properties
    assert ["last-modified", {}, "date-time", "2026-11-23T12:00:00Z"] in properties
    assert entry["dtstart"] == ("date-time", "2026-12-30T12:10:00Z")
    assert entry["sequence"] == ("integer", 0)


def test_more_is_written_of_settings_than_of_fragments(milestones):
    """One fragment serves feeds with other settings."""
    one, other = (
        json.loads(jcal.write_jcal(feed(settings=Settings(number, at)), month=NOVEMBER).body)
        for number, at in [(1, LATER), (2, LATER + timedelta(days=1))]
    )

    def sequences(written: list) -> list[int]:
        return [
            value
            for _, rows, _ in written[2]
            for name, _, _, value, *_ in rows
            if name == "sequence"
        ]

    assert [number + 1 for number in sequences(one)] == sequences(other)


def test_where_no_entry_can_be_written_there_is_no_jcal_either():
    say(a_milestone(), "9999-12-31")

    with pytest.raises(FeedBrokenError):
        jcal.write_jcal(feed(), month=NOVEMBER)
