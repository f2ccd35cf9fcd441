"""Calendars at a secret address: what stands there is kept with us, and can be changed."""

import re
from collections.abc import Hashable
from datetime import UTC, datetime
from functools import partial

from timeline import private_feeds
from timeline.addresses import ICAL
from timeline.asked import read_all
from timeline.feeds.calendars import FORMS, plan_of
from timeline.feeds.document import Closed, Document, NoDocument
from timeline.feeds.fetches import NOTED
from timeline.feeds.plans import Plan, given
from timeline.models import FeedAddress

NONE = "There is no such calendar feed."
GONE = "This calendar feed was closed. Remove it from your calendar."
# What stands behind the token is for people: an app shows it as the name of the calendar.
_PATH = re.compile(r"/f/(?P<token>[-\w]{20,100})/[-\w]{1,80}(?:\.ics|\.jcal\.json)", re.ASCII)


class PrivateCalendar:
    """An address below /f/."""

    def __init__(self, path: str, query: str) -> None:
        found = _PATH.fullmatch(path)
        if found is None:
            raise NoDocument(NONE)
        self._path, self._query, self._token = path, query, found["token"]
        self._feed_id: int | None = None

    def version(self) -> Hashable:
        version = private_feeds.version_of(private_feeds.hashed(self._token))
        if version is None:
            raise NoDocument(NONE)
        # Who still comes by where it was closed does not read it.
        self._feed_id = version.feed_id if version.closed_at is None else None
        return version

    def plan(self, *, at: datetime) -> Plan:
        read_all(given(self._query), [])  # its options are kept with us, and nowhere else
        address = private_feeds.find_address(self._token)
        if address is None:
            raise NoDocument(NONE)
        if address.closed_at is None:
            return plan_of(private_feeds.calendar_of(address.feed), path=self._path, at=at)
        if address.is_gone(at=at):
            raise Closed(GONE)
        until = address.closed_at + FeedAddress.SAYS_CLOSED_FOR
        return Plan(("closed", address.pk), until, partial(_closing, address, path=self._path))

    def fetched(self, *, by: str, at: float) -> None:
        if self._feed_id is not None:
            NOTED.note(self._feed_id, by, at=at)


def _closing(address: FeedAddress, *, path: str) -> Document:
    closed_at = address.closed_at or address.made_at
    return Document(
        body=private_feeds.closing_calendar(address),
        media_type=FORMS[ICAL].media_type,
        filename=path.rpartition("/")[2],
        last_modified=closed_at.astimezone(UTC).replace(microsecond=0),
        is_public=False,
    )
