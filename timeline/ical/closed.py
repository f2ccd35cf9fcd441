"""The last that a private feed says at an address that was closed: apps drop the rest then."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from icalendar import Event

from timeline.ical.current import Current
from timeline.ical.entry import never_busy, page_url, uid
from timeline.ical.feed import Feed
from timeline.ical.folding import to_bytes
from timeline.ical.heading import heading
from timeline.models import Milestone

# Whoever was not to read on learns nothing from it: not the name that the feed has now.
NAME = "Closed feed – Milepost"
_END = b"END:VCALENDAR\r\n"


def closed_calendar(list_id: str, *, closed_at: datetime) -> bytes:
    """One entry, on the day of the closing; the same whenever it is asked for."""
    closed_at = closed_at.astimezone(UTC)
    feed = Feed(
        name=NAME,
        path="",
        page=reverse("timeline:builder"),
        current=Current(Milestone.objects.none()),
        list_id=list_id,
        is_public=False,
    )
    head = to_bytes(heading(feed, changed_at=closed_at)).removesuffix(_END)
    return head + to_bytes(_entry(feed, closed_at)) + _END


def _entry(feed: Feed, closed_at: datetime) -> Event:
    day = closed_at.date()
    link = page_url(feed.page)
    told = Event()
    told.add("uid", uid(f"closed-{feed.list_id}"))
    told.add("dtstamp", closed_at)
    told.add("created", closed_at)
    told.add("last-modified", closed_at)
    told.add("sequence", 0)
    told.add("dtstart", day)
    told.add("dtend", day + timedelta(days=1))
    told.add("summary", "This feed was closed")
    told.add(
        "description",
        "Its owner closed this address, or gave the calendar another one. Nothing will appear "
        "here any more: remove this calendar from your app.\n\n"
        "Ask whoever gave you the address for the new one, or make a calendar of your own:\n"
        f"{link}",
    )
    told.add("url", link)
    told.add("status", "CONFIRMED")
    never_busy(told)
    return told
