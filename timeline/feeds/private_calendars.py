"""Calendars at a secret address: what stands there is kept with us, and can be changed."""

import re
from datetime import UTC, datetime
from functools import partial

from timeline import private_feeds
from timeline.addresses import ICAL, JCAL
from timeline.asked import read_all
from timeline.feeds.calendars import FORMS, NONE, plan_of
from timeline.feeds.document import Closed, Document, Moved, NoDocument
from timeline.feeds.fetches import NOTED
from timeline.feeds.plans import Plan, given
from timeline.ical.feed import Feed
from timeline.ical.selection import LONG_AGO
from timeline.models import FeedAddress
from timeline.private_feeds import Version

GONE = "This calendar feed was closed. Remove it from your calendar."
# What stands behind the token is for people: an app shows it as the name of the calendar.
_STEM = r"(?P<stem>/f/(?P<token>[-\w]{20,100})/[-\w]{1,80})"
_PATH = re.compile(rf"{_STEM}(?P<ending>\.ics|\.jcal\.json)", re.ASCII)
_UNENDED = re.compile(rf"{_STEM}(?P<ending>\.ics|\.jcal\.json)?/?", re.ASCII)


class PrivateCalendar:
    """An address below /f/."""

    def __init__(self, path: str, query: str) -> None:
        found = _PATH.fullmatch(path)
        if found is None:
            raise _written_otherwise(path, query)
        self._path, self._query, self._token = path, query, found["token"]
        self._hash = private_feeds.hashed(found["token"])
        self._last: tuple[int, Feed] | None = None
        self._feed_id: int | None = None

    def version(self) -> Version:
        version = private_feeds.version_of(self._hash)
        if version is None:
            raise NoDocument(NONE)
        # Who still comes by where it was closed does not read it.
        self._feed_id = version.feed_id if version.closed_at is None else None
        return version

    def plan(self, version: Version, *, at: datetime) -> Plan:
        read_all(given(self._query), [])  # its options are kept with us, and nowhere else
        if version.closed_at is None:
            feed = self._feed_at(version.number)
            regrouped_at = version.regrouped_at or LONG_AGO
            return plan_of(feed, path=self._path, at=at, regrouped_at=regrouped_at)
        address = self._address()
        # The last entry is for apps; whatever reads jCal understands 410.
        if address.is_gone(at=at) or self._path.endswith(JCAL):
            raise Closed(GONE)
        until = version.closed_at + FeedAddress.SAYS_CLOSED_FOR
        return Plan(("closed", address.pk), until, partial(_closing, address, path=self._path))

    def fetched(self, *, by: str, at: float) -> None:
        if self._feed_id is not None:
            NOTED.note(self._feed_id, by, at=at)

    def _feed_at(self, number: int) -> Feed:
        """What the feed shows; asked for again only when its owner has changed it."""
        last = self._last
        if last is None or last[0] != number:
            feed = self._address().feed
            last = self._last = feed.number, private_feeds.calendar_of(feed)
        return last[1]

    def _address(self) -> FeedAddress:
        address = private_feeds.find_address(self._token)
        if address is None:
            raise NoDocument(NONE)
        return address


def _written_otherwise(path: str, query: str) -> NoDocument:
    """That the calendar has another address, if there is one for whoever knows the token."""
    found = _UNENDED.fullmatch(path)
    if found is None or private_feeds.version_of(private_feeds.hashed(found["token"])) is None:
        return NoDocument(NONE)
    to = found["stem"] + (found["ending"] or ICAL)
    return Moved(to=f"{to}?{query}" if query else to)


def _closing(address: FeedAddress, *, path: str) -> Document:
    closed_at = address.closed_at or address.made_at
    return Document(
        body=private_feeds.closing_calendar(address),
        media_type=FORMS[ICAL].media_type,
        filename=path.rpartition("/")[2],
        last_modified=closed_at.astimezone(UTC).replace(microsecond=0),
        is_public=False,
    )
