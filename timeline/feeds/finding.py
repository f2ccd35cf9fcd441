"""Which document stands at an address."""

from collections.abc import Callable

from timeline.feeds.calendars import PublicCalendar
from timeline.feeds.document import NoDocument
from timeline.feeds.news_at import PublicNews
from timeline.feeds.plans import Address
from timeline.feeds.private_calendars import PrivateCalendar

SUFFIXES = (".ics", ".json", ".atom")
# Of most addresses a part may be any name, and what stands at each takes memory.
LONGEST_PATH = 256


def is_feed(path: str) -> bool:
    """Whether this is the address of a feed, if only a mistaken one: never that of a page."""
    return path.startswith(_PREFIXES) and path.endswith(SUFFIXES)


def find(path: str, query: str) -> Address:
    """Raises NoDocument where no feed can be."""
    if len(path) > LONGEST_PATH:
        raise NoDocument("No feed has such a long address.")
    for prefix, address in _BELOW.items():
        if path.startswith(prefix):
            return address(path, query)
    raise NoDocument("There is no such feed.")


_BELOW: dict[str, Callable[[str, str], Address]] = {
    "/calendar/": PublicCalendar,
    "/changes/": PublicNews,
    "/f/": PrivateCalendar,
}
_PREFIXES = tuple(_BELOW)
