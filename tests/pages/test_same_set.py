"""Page, API and calendar show the same milestones with the same dates."""

from datetime import date

import icalendar
import pytest
from django.test import Client

from tests.factories import MilestoneFactory, state
from tests.pages.seen import get, texts
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _content() -> None:
    MilestoneFactory(title="draft")
    for words in ["spring 2027", "NET March 2027", "by 2028", "around 2029", "15 March 2027"]:
        milestone = MilestoneFactory(title=words)
        state(milestone, "2026", on=date(2025, 1, 1))
        state(milestone, words, on=date(2026, 1, 1))
        state(milestone, "2031", on=date(2026, 2, 1), standing="dissent")
    landed = MilestoneFactory(title="landed")
    state(landed, "3 March 2026", on=date(2026, 3, 3), kind=StatementKind.OCCURRED)
    dropped = MilestoneFactory(title="dropped")
    state(dropped, "2028", on=date(2026, 1, 1))
    state(dropped, "cancelled")
    state(MilestoneFactory(title="undated"), "TBD")


def on_pages() -> dict[str, str]:
    page = get("/") + get("/past/")
    return dict(zip(texts(page, "h3"), texts(page, ".chip"), strict=True))


def test_pages_and_api_say_the_same():
    rows = Client().get("/api/v1/milestones/").json()["results"]

    assert {row["title"]: row["date"]["words"] for row in rows} == on_pages()


def test_the_calendar_has_all_that_have_a_date():
    feed = icalendar.Calendar.from_ical(Client().get("/calendar/all.ics").content)

    slugs = {str(event["URL"]).rstrip("/").rsplit("/", 1)[-1] for event in feed.walk("VEVENT")}
    page = get("/") + get("/past/")
    dated = [title for title, words in on_pages().items() if words != "no date"]
    assert len(slugs) == len(dated)
    assert all(f"/milestones/{slug}/" in page for slug in slugs)
