"""Changes of dates, newest first, as programs that read feeds take them.

What counts and its words are those of the ledger (the page of changes). The same rows give the
same news, whenever they are asked for.
"""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Max
from django.urls import reverse

from timeline import wording
from timeline.addresses import named
from timeline.asked import Parameter
from timeline.changes import ChangeKind
from timeline.choosing import Choice
from timeline.feeds.plain import plain
from timeline.feeds.told import News, page_url, told
from timeline.ledger import Line
from timeline.models import Edition, Revision
from timeline.models.revision import RevisionQuerySet

logger = logging.getLogger(__name__)

# Months of news. What is older has been read, or is found in the ledger and the API.
NEWEST = 100
_NO_NEWS = {ChangeKind.UNCHANGED, ChangeKind.EDITED}
CHANGE = Parameter(
    "change",
    "Kinds of change",
    {kind.value: wording.kind_words(kind) for kind in ChangeKind if kind not in _NO_NEWS},
    many=True,
)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class NewsBrokenError(Exception):
    """No change at all could be told: better no answer than an emptied feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFeed:
    """What a feed of changes is of. `stem` is its path without the ending of a form."""

    stem: str = "/changes/all"
    query: str = ""
    choice: Choice = field(default_factory=Choice)
    changes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        kinds = ", ".join(CHANGE.values[one] for one in self.changes) or "changes"
        if not self.choice:
            return f"Milepost: {kinds}"
        return f"{plain(named(self.choice))}: {kinds} – Milepost"

    @property
    def page(self) -> str:
        """Where people read about it: the page of its only group, or the ledger."""
        groups = self.choice.groups()
        only = groups[0].get_absolute_url() if len(groups) == 1 else ""
        return page_url(only or reverse("timeline:changes"))

    def address(self, ending: str) -> str:
        query = f"?{self.query}" if self.query else ""
        return page_url(f"{self.stem}{ending}{query}")


def news_of(feed: NewsFeed) -> list[News]:
    """The newest first. One that cannot be told is left out and logged.

    Raises NewsBrokenError if none can.
    """
    revisions = list(_newest(feed))
    found = [one for one in map(_told, revisions) if one is not None]
    if revisions and not found:
        raise NewsBrokenError(f"None of {len(revisions)} changes of {feed.stem} could be told.")
    return found


def changed_at(feed: NewsFeed) -> datetime:
    """The newest revision of what is chosen, or when a milestone last left a group."""
    moments = [
        feed.choice.milestones().aggregate(at=Max("current_revision__recorded_at"))["at"],
        Edition.objects.regrouped_at(),
    ]
    newest = max((one for one in moments if one), default=_BEGINNING)
    return newest.astimezone(UTC).replace(microsecond=0)


def _newest(feed: NewsFeed) -> RevisionQuerySet:
    revisions = Revision.objects.of_dates().newest_first()
    if feed.choice:
        revisions = revisions.filter(milestone__in=feed.choice.milestones())
    if feed.changes:
        revisions = revisions.filter(change_kind__in=feed.changes)
    return revisions.with_what_is_told().prefetch_related("milestone__tags")[:NEWEST]


def _told(revision: Revision) -> News | None:
    try:
        return told(Line(revision))
    except Exception:
        logger.exception("Revision %s is left out of a feed of changes", revision.pk)
        return None
