"""A set of milestones → the bytes of a calendar. The same rows and month give the same bytes.

`basis` reads all that they depend on, in two queries; `write` makes them of it.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from timeline.ical import selection
from timeline.ical.entry import entries
from timeline.ical.feed import Feed, of_everything, of_organisation, of_programme, of_tag
from timeline.ical.folding import to_bytes
from timeline.ical.heading import DESCRIPTION, heading, nothing_dated
from timeline.ical.rendering import RENDERING, Settings
from timeline.ical.selection import Member
from timeline.models import Milestone

__all__ = [
    "DESCRIPTION",
    "Basis",
    "Feed",
    "FeedBrokenError",
    "Member",
    "Settings",
    "Written",
    "basis",
    "of_everything",
    "of_organisation",
    "of_programme",
    "of_tag",
    "write",
]

logger = logging.getLogger(__name__)

_END = b"END:VCALENDAR\r\n"


class FeedBrokenError(Exception):
    """No entry at all could be written: better no answer than an emptied calendar."""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the bytes of a feed depend on in a month, besides the feed itself."""

    members: tuple[Member, ...]
    last_modified: datetime

    def signature(self, feed: Feed) -> str:
        """The same for the same bytes, in every process that runs this version."""
        about = (feed.name, feed.path, feed.page, feed.list_id, feed.is_public)
        whole = (about, feed.options, feed.settings, RENDERING, self)
        return hashlib.sha256(repr(whole).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """`left_out` counts entries that could not be written, `left_over` those beyond the limit."""

    body: bytes
    last_modified: datetime
    left_out: int = 0
    left_over: int = 0


def basis(feed: Feed, *, month: date) -> Basis:
    members = selection.members(feed.milestones, month=month, options=feed.options)
    newest = selection.newest_change(feed.milestones)
    moments = [newest, selection.begins(month), feed.settings.changed_at, RENDERING.changed_at]
    return Basis(tuple(members), max(moment for moment in moments if moment is not None))


def write(feed: Feed, *, month: date, read: Basis | None = None) -> Written:
    """The calendar as it is in that month. Raises FeedBrokenError if no entry can be written.

    One that cannot is left out and logged; the others are not held back by it. `read` is the
    basis, if the caller has it already.
    """
    read = read or basis(feed, month=month)
    changed_at = read.last_modified
    rows = selection.with_what_an_entry_says(
        Milestone.objects.filter(pk__in=[member.milestone_id for member in read.members])
    ).in_order()
    entries = list(_entries(list(rows)))
    if read.members and not entries:
        raise FeedBrokenError(f"None of {len(read.members)} entries could be written.")
    head = to_bytes(heading(feed, changed_at=changed_at)).removesuffix(_END)
    body = b"".join(entries) or to_bytes(nothing_dated(feed, changed_at=changed_at))
    return Written(head + body + _END, changed_at, left_out=len(read.members) - len(entries))


def _entries(milestones: list[Milestone]) -> Iterator[bytes]:
    for milestone in milestones:
        try:
            yield b"".join(to_bytes(one) for one in entries(milestone))
        except Exception:
            logger.exception("Milestone %s is left out of a calendar", milestone.pk)
