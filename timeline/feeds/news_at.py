"""Feeds of changes at an address that says what they hold, for anybody."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from timeline import choosing
from timeline.addresses import NoSuchCalendar, narrowed
from timeline.asked import read_all
from timeline.choosing import Choice
from timeline.feeds import atom, json_feed
from timeline.feeds.document import Document, Moved, NoDocument
from timeline.feeds.news import CHANGE, NewsFeed, changed_at, news_of
from timeline.feeds.plans import Plan, given
from timeline.models import Edition

NONE = "There is no such feed of changes."
_PATH = re.compile(
    r"(?P<stem>/changes/(?:(?P<group>[a-z]+)/)?(?P<name>[-\w]+))(?P<ending>\.atom|\.json)",
    re.ASCII,
)
_UNENDED = re.compile(r"(/changes/(?:[a-z]+/)?[-\w]+)(\.atom|\.json)?/?", re.ASCII)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PublicNews:
    """An address below /changes/."""

    path: str
    query: str

    def version(self) -> Hashable:
        return Edition.objects.number()

    def plan(self, version: Hashable, *, at: datetime) -> Plan:
        del version, at  # what has been published stays as it is, whatever the clock says
        found = _PATH.fullmatch(self.path)
        if found is None:
            raise self._other_way_to_write_it()
        feed = _feed_at(found, given(self.query))
        return Plan(None, _NEVER, partial(document, feed, found["ending"]))

    def fetched(self, *, by: str, at: float) -> None:
        """Nobody counts who reads what is public."""

    def _other_way_to_write_it(self) -> NoDocument:
        """Where the feed is that was meant. Raises NoDocument if there is none there either."""
        found = _UNENDED.fullmatch(self.path)
        if found is None:
            return NoDocument(NONE)
        path = f"{found[1]}{found[2] or atom.ENDING}"
        asked_at(path, given(self.query))
        return Moved(to=f"{path}?{self.query}" if self.query else path)


def asked_at(path: str, asked: Mapping[str, Sequence[str]]) -> NewsFeed:
    """What the feed at an address holds. Raises NoDocument and WrongParameters."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise NoDocument(NONE)
    return _feed_at(found, asked)


def document(feed: NewsFeed, ending: str) -> Document:
    """The feed in the form that has this ending. Raises NewsBrokenError."""
    changed, news = changed_at(feed), news_of(feed)
    if ending == atom.ENDING:
        media_type, body = atom.MEDIA_TYPE, atom.to_bytes(feed, news, changed_at=changed)
    else:
        media_type, body = json_feed.MEDIA_TYPE, json_feed.to_bytes(feed, news)
    return Document(
        body=body,
        media_type=media_type,
        filename=feed.stem.rpartition("/")[2] + ending,
        last_modified=changed,
    )


def _feed_at(found: re.Match[str], asked: Mapping[str, Sequence[str]]) -> NewsFeed:
    read = read_all(asked, [*choosing.parameters(), CHANGE])
    choice, changes = choosing.choice_of(read), tuple(read.get(CHANGE.name, ()))
    query = _query_of(choice, changes)
    if found["group"]:
        choice = _narrowed(choice, found["group"], found["name"])
    elif not query and found["name"] != "all":
        raise NoDocument(NONE)
    return NewsFeed(stem=found["stem"], query=query, choice=choice, changes=changes)


def _narrowed(choice: Choice, group: str, slug: str) -> Choice:
    try:
        return narrowed(choice, group, slug, several="/changes/several.atom")
    except NoSuchCalendar:
        raise NoDocument(NONE) from None


def _query_of(choice: Choice, changes: Sequence[str]) -> str:
    parts = [choice.query, f"{CHANGE.name}={','.join(changes)}" if changes else ""]
    return "&".join(part for part in parts if part)
