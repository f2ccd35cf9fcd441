"""What a calendar is of and how it looks, under which name and address."""

import hashlib
from dataclasses import dataclass

from timeline.ical.current import Current
from timeline.ical.options import DEFAULT, Options
from timeline.ical.rendering import UNTOUCHED, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a calendar is of, and how it looks.

    `path` is its address with the query; it ends in the readable name that apps show, and is
    written into the calendar only if the feed is public. `page` tells more. `current` tells which
    milestones it is of. `list_id` names the list for ever in the UIDs of entries that are of the
    list and not of a milestone.
    """

    name: str
    path: str
    page: str
    current: Current
    list_id: str
    options: Options = DEFAULT
    settings: Settings = UNTOUCHED
    is_public: bool = True

    @property
    def filename(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2]


def public_list_id(address: str) -> str:
    """The `list_id` of a public feed: of its address, with a canonical query or none."""
    path, _, query = address.partition("?")
    named = path.strip("/").replace("/", "-")
    return f"{named}-{hashlib.sha256(query.encode()).hexdigest()[:12]}" if query else named
