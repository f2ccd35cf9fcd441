"""A set of milestones → the bytes of a calendar. The same rows and month give the same bytes."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from icalendar import Calendar, Event, vDuration, vText, vUri

from timeline.ical import selection, text
from timeline.ical.entry import entry, never_busy, page_url, uid
from timeline.ical.folding import to_bytes
from timeline.models import Milestone, Organisation, Programme, Tag
from timeline.models.milestone import MilestoneQuerySet

logger = logging.getLogger(__name__)

DESCRIPTION = (
    "When things are to happen and who says so. A name with ~ before it has no day yet: "
    "the entry marks the first day that is possible."
)
_END = b"END:VCALENDAR\r\n"


class FeedBrokenError(Exception):
    """No entry at all could be written: better no answer than an emptied calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a calendar is of. `path` ends in the readable name that apps show, `page` tells more."""

    name: str
    path: str
    page: str
    milestones: MilestoneQuerySet

    @property
    def filename(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Written:
    body: bytes
    last_modified: datetime


def of_everything() -> Feed:
    return Feed(
        name="Milepost",
        path=reverse("timeline:calendar"),
        page=reverse("timeline:timeline"),
        milestones=Milestone.objects.published(),
    )


def of_programme(programme: Programme) -> Feed:
    return Feed(
        name=f"{programme.title} – Milepost",
        path=reverse("timeline:calendar-programme", args=[programme.slug]),
        page=reverse("timeline:programme", args=[programme.slug]),
        milestones=Milestone.objects.published().in_programme(programme),
    )


def of_organisation(organisation: Organisation) -> Feed:
    return Feed(
        name=f"{organisation.name} – Milepost",
        path=reverse("timeline:calendar-organisation", args=[organisation.slug]),
        page=reverse("timeline:organisation", args=[organisation.slug]),
        milestones=Milestone.objects.published().of_organisation(organisation),
    )


def of_tag(tag: Tag) -> Feed:
    return Feed(
        name=f"{tag.name} – Milepost",
        path=reverse("timeline:calendar-tag", args=[tag.slug]),
        page=reverse("timeline:tag", args=[tag.slug]),
        milestones=Milestone.objects.published().tagged(tag),
    )


def write(feed: Feed, *, month: date) -> Written:
    """The calendar as it is in that month. Raises FeedBrokenError if no entry can be written.

    One that cannot is left out and logged; the others are not held back by it.
    """
    changed_at = last_modified(feed, month=month)
    milestones = selection.with_what_an_entry_says(
        selection.shown(feed.milestones, month=month)
    ).in_order()
    rows = list(milestones)
    entries = list(_entries(rows))
    if rows and not entries:
        raise FeedBrokenError(f"None of {len(rows)} entries of {feed.path} could be written.")
    head = to_bytes(heading(feed, changed_at=changed_at)).removesuffix(_END)
    body = b"".join(entries) or to_bytes(nothing_dated(feed, changed_at=changed_at))
    return Written(head + body + _END, changed_at)


def last_modified(feed: Feed, *, month: date) -> datetime:
    """The newest revision, also of what is not shown, or the month's beginning if that is later."""
    newest = feed.milestones.aggregate(newest=Max("current_revision__recorded_at"))["newest"]
    beginning = selection.begins(month)
    return max(newest.astimezone(UTC).replace(microsecond=0), beginning) if newest else beginning


def heading(feed: Feed, *, changed_at: datetime) -> Calendar:
    """The calendar without its entries.

    No METHOD: it would want an organizer on each entry. No UID: vdirsyncer would keep a single
    entry of all.
    """
    named, source = text.name(feed.name), vUri(page_url(feed.path))
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Milepost//Feed 1//EN")
    made.add("calscale", "GREGORIAN")
    # X-… and NAME are written as they stand unless they are said to be text.
    made.add("name", vText(named))
    made.add("x-wr-calname", vText(named))
    made.add("description", vText(DESCRIPTION))
    made.add("x-wr-caldesc", vText(DESCRIPTION))
    made.add("url", vUri(page_url(feed.page)))
    made.add("source", source, parameters={"VALUE": "URI"})
    made.add("last-modified", changed_at)
    refresh = vDuration(timedelta(hours=4))
    made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vText("PT4H"))
    made.add("color", vText("steelblue"))
    made.add("x-apple-calendar-color", vText("#4682B4"))
    return made


def nothing_dated(feed: Feed, *, changed_at: datetime) -> Event:
    """What stands in a calendar that has no entry, on the day of the last news or the first.

    RFC 5545 wants an entry, and apps that see none take the feed for broken.
    """
    day = changed_at.date()
    told = Event()
    told.add("uid", uid(f"nothing-dated{feed.path.replace('/', '-')}"))
    told.add("dtstamp", changed_at)
    told.add("last-modified", changed_at)
    # It moves with the months; their days never fall.
    told.add("sequence", day.toordinal())
    told.add("dtstart", day)
    told.add("dtend", day + timedelta(days=1))
    told.add("summary", text.one_line(f"No dates yet: {feed.name}", limit=120))
    told.add("description", f"Entries appear here when a date is stated.\n\n{page_url(feed.page)}")
    told.add("url", page_url(feed.page))
    told.add("status", "TENTATIVE")
    never_busy(told)
    return told


def _entries(milestones: list[Milestone]) -> Iterator[bytes]:
    for milestone in milestones:
        try:
            yield to_bytes(entry(milestone))
        except Exception:
            logger.exception("Milestone %s is left out of a calendar", milestone.pk)
