"""Whatever stands in a text of ours, a feed parses and holds no line that we did not write."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.calendars.rows import NOVEMBER, a_milestone, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from tests.factories import ProgrammeFactory, TagFactory
from timeline.ical import calendar, fragments, jcal, selection
from timeline.ical.current import Current
from timeline.ical.entry import entries as of_milestone
from timeline.ical.folding import to_bytes
from timeline.ical.options import DEFAULT
from timeline.ical.rendering import Raised
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

NASTY = [
    "\r\nBEGIN:VALARM",
    "\nATTENDEE:mailto:x@example.com",
    "\rX:y",
    "\u2028URL:https://evil.example/",
    "\x85END:VEVENT",
    "\\",
    "\\\\n",
    "\\,",
    "\\N",
    "\\n",
    ";",
    ",",
    ":",
    '"',
    "^n",
    "\x00",
    "\x1b[2J",
    "\ufeff",
    "\u202e",
    "=?utf-8?q?x?=",
    " ",
    "\t",
    "月",
    "🚀",
    "e\u0301",
    "x" * 76,
    "%b",
    "%",
    '"sequence",{},"integer",0',
]
# Lone surrogates are no text: no database gives them.
texts = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=20), max_size=30
).map("".join)
names = texts.map(lambda text: text[:120])


@pytest.fixture
def shown():
    milestone = a_milestone(programme=ProgrammeFactory.create())
    milestone.tags.add(TagFactory.create())
    say(milestone, "2027-25")
    say(milestone, "2027-26", reason="Late.")
    return selection.with_what_an_entry_says(Milestone.objects.all()).get()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=names, place=names, summary=texts, publisher=names, reason=texts, group=names)
def test_no_text_breaks_out_of_its_line(shown, *, title, place, summary, publisher, reason, group):
    shown.title, shown.place, shown.summary = title, place, summary
    shown.programme.title = shown.tags.all()[0].name = group
    shown.current_revision.statement.source.publisher = publisher
    shown.latest_news[0].reason = reason

    feed = calendar.Feed(
        name=group,
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.all()),
        list_id="all",
    )
    head = to_bytes(calendar.heading(feed, changed_at=selection.begins(NOVEMBER)))
    ready = fragments.fragment(shown, DEFAULT)
    written = ready.filled(Raised(0, NOON))
    body = head.removesuffix(b"END:VCALENDAR\r\n") + written + b"END:VCALENDAR\r\n"

    assert written == b"".join(map(to_bytes, of_milestone(shown)))
    (only,) = entries(body)
    assert [part.name for part in read(body).parts] == ["VEVENT"]
    assert [name for name in only.names if name != "LOCATION"] == WRITTEN
    assert len(only["SUMMARY"]) <= 120
    assert only["DESCRIPTION"].endswith("\n\nhttp://localhost:8000/milestones/lupex-launch/")
    assert same(only, body)
    told = json.loads(f"[{jcal.filled(ready, Raised(0, NOON))}]")
    assert told == Calendar.from_ical(body).to_jcal()[2]


WRITTEN = [
    "UID",
    "DTSTAMP",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART;VALUE=DATE",
    "DTEND;VALUE=DATE",
    "SUMMARY",
    "DESCRIPTION",
    "URL",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "CATEGORIES",
]


def same(only, body: bytes) -> bool:
    """Whether the library reads in it what our own reader reads."""
    (theirs,) = Calendar.from_ical(body).walk("VEVENT")
    texts = ["SUMMARY", "DESCRIPTION", *(["LOCATION"] if "LOCATION" in only else [])]
    return [str(theirs[name]) for name in texts] == [only[name] for name in texts]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names)
def test_no_name_of_a_calendar_needs_an_escape(name):
    feed = calendar.Feed(name=name, path="/calendar/all.ics", page="/", current=None, list_id="all")

    head = to_bytes(calendar.heading(feed, changed_at=selection.begins(NOVEMBER)))

    (written,) = [line for line in unfolded(head) if line.startswith("X-WR-CALNAME:")]
    assert not set(written.removeprefix("X-WR-CALNAME:")) & set(",;\\")


def unfolded(body: bytes) -> list[str]:
    return body.replace(b"\r\n ", b"").decode().split("\r\n")
