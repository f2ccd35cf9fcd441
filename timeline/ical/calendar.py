"""A set of milestones → the bytes of a calendar. The same rows and month give the same bytes.

`basis` reads all that they depend on, in two queries; `write` joins what it says.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from icalendar import Event

from timeline.ical import fragments, limit, selection
from timeline.ical.digest import News, digest, news_of_years
from timeline.ical.feed import Feed
from timeline.ical.folding import to_bytes
from timeline.ical.fragments import Fragment
from timeline.ical.heading import DESCRIPTION, heading, nothing_dated
from timeline.ical.rendering import RENDERING, Settings, raised, rendered_at
from timeline.ical.selection import Member

__all__ = [
    "DESCRIPTION",
    "Basis",
    "Feed",
    "FeedBrokenError",
    "Member",
    "Settings",
    "Written",
    "basis",
    "write",
]

_END = b"END:VCALENDAR\r\n"
_TRIES = 3


class FeedBrokenError(Exception):
    """No entry at all could be written: better no answer than an emptied calendar."""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the bytes of a feed depend on in a month, besides the feed itself."""

    members: tuple[Member, ...]
    last_modified: datetime
    years: dict[int, News] = field(default_factory=dict)

    def signature(self, feed: Feed) -> str:
        """The same for the same bytes, in every process that runs this version."""
        about = (feed.name, feed.path, feed.page, feed.list_id, feed.is_public)
        rows = [tuple(member) for member in self.members]
        whole = (
            about,
            feed.options,
            feed.settings,
            RENDERING,
            rows,
            self.last_modified,
            self.years,
        )
        return hashlib.sha256(repr(whole).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """`left_out` counts milestones that cannot be written, `left_over` those beyond the limit."""

    body: bytes
    last_modified: datetime
    left_out: int = 0
    left_over: int = 0


def basis(feed: Feed, *, month: date, regrouped_at: datetime | None = None) -> Basis:
    """`regrouped_at` as `selection.select` takes it."""
    found = selection.select(
        feed.current, month=month, options=feed.options, regrouped_at=regrouped_at
    )
    news_at = rendered_at(max(found.newest, found.regrouped_at, selection.begins(month)))
    changed_at = max(news_at, raised(feed.settings).changed_at)
    years = {member.year for member in found.members if member.year is not None}
    return Basis(found.members, changed_at, news_of_years(years, regrouped_at=found.regrouped_at))


def write(feed: Feed, *, month: date, read: Basis | None = None) -> Written:
    """The calendar as it is in that month. Raises FeedBrokenError if no entry can be written.

    One that cannot is left out and logged; the others are not held back by it. `read` is the
    basis, if the caller has it already.
    """
    parts = contents(feed, month=month, read=read)
    changed_at = parts.basis.last_modified
    head = to_bytes(heading(feed, changed_at=changed_at)).removesuffix(_END)
    others = [to_bytes(one) for one in others_of(feed, parts)]
    body = b"".join([head, *others, *filled(feed, parts.fragments), _END])
    return Written(body, changed_at, parts.left_out, parts.left_over)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a calendar holds: of each milestone its entries, and of each year the lines of it."""

    basis: Basis
    fragments: list[Fragment]
    digests: dict[int, list[str]]
    left_out: int
    left_over: int


def contents(feed: Feed, *, month: date, read: Basis | None = None) -> Contents:
    read = read or basis(feed, month=month)
    for _ in range(_TRIES):
        members = limit.first_of(read.members)
        found = fragments.of_revisions([one.revision_id for one in members], feed.options)
        if len(found.ready) + len(found.broken) == len(members):
            return _put_together(read, members, found)
        # A milestone was changed after it was read.
        read = basis(feed, month=month)
    raise FeedBrokenError("The milestones change faster than they are read.")


def others_of(feed: Feed, parts: Contents) -> list[Event]:
    """The entries that are of the list: its digests, or that it is empty."""
    by = raised(feed.settings)
    digests = [
        digest(feed, year, lines, parts.basis.years[year], by)
        for year, lines in sorted(parts.digests.items())
    ]
    if digests or parts.fragments:
        return digests
    return [nothing_dated(feed, changed_at=parts.basis.last_modified)]


def filled(feed: Feed, ready: list[Fragment]) -> list[bytes]:
    by = raised(feed.settings)
    return [one.filled(by) for one in ready]


def _put_together(read: Basis, members: list[Member], found: fragments.Found) -> Contents:
    if members and not found.ready:
        raise FeedBrokenError(f"None of {len(members)} milestones could be written.")
    alone: list[tuple[Member, Fragment]] = []
    digests: dict[int, list[str]] = {}
    for member in members:
        ready = found.ready.get(member.revision_id)
        if ready is None:
            continue
        if member.year is None:
            alone.append((member, ready))
        else:
            digests.setdefault(member.year, []).append(ready.line)
    kept = limit.fitting(alone, digests=digests)
    left_over = len(read.members) - len(members) + len(alone) - len(kept)
    return Contents(read, kept, digests, len(found.broken), left_over)
