"""A calendar of somebody's own: open it, change it, move it, close it, note who fetched it.

Its addresses hold random tokens of 192 bits. Only their hashes are kept, so that nobody who
reads the database can read a calendar or manage it, and a token is told once.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from timeline.choosing import Choice, stored_choice
from timeline.ical import text
from timeline.ical.closed import closed_calendar
from timeline.ical.current import Current
from timeline.ical.feed import Feed
from timeline.ical.options import Options
from timeline.ical.rendering import Settings
from timeline.models import FeedAddress, PrivateFeed, Revision

OPENED_AN_HOUR = 20
AN_HOUR = timedelta(hours=1)
UNUSED_FOR = timedelta(days=180)
NAME_LIMIT = 80
_ONE_SECOND = timedelta(seconds=1)
_TOKEN_BYTES = 24
# In one go: whether an answer is still good must not cost more than a single look.
_VERSION = (
    "SELECT feed.id, feed.number, address.closed_at, "
    "COALESCE(edition.number, 0), edition.regrouped_at "
    "FROM timeline_feedaddress address JOIN timeline_privatefeed feed ON feed.id = address.feed_id "
    "LEFT JOIN timeline_edition edition ON edition.id = 1 "
    "WHERE address.token_hash = %s"
)


class TooManyFeeds(Exception):
    """A network has opened very many in the last hour, or a feed has moved as often."""


class AlreadyOpened(Exception):
    """The same form has opened a feed before; its address was told then."""


class ChangedMeanwhile(Exception):
    """The feed is not as it was seen: `feed` is how it stands now."""

    def __init__(self, feed: PrivateFeed) -> None:
        self.feed = feed
        super().__init__(f"private feed {feed.pk} has been changed since it was seen")


@dataclass(frozen=True, slots=True)
class Opened:
    """A new feed and its two secrets, which cannot be told again."""

    feed: PrivateFeed
    token: str = field(repr=False)
    manage_token: str = field(repr=False)


class Version(NamedTuple):
    """What the calendar at an address depends on, besides the month."""

    feed_id: int
    number: int
    closed_at: datetime | None
    edition: int
    regrouped_at: datetime | None


@transaction.atomic
def open_feed(
    name: str,
    choice: Choice,
    options: Options,
    *,
    at: datetime,
    network: str = "",
    uid: UUID | None = None,
) -> Opened:
    """A calendar at a new secret address.

    A form that sends the same `uid` twice opens one. Raises TooManyFeeds and AlreadyOpened.
    """
    _refuse_floods(network, at=at)
    manage_token = new_token()
    feed = PrivateFeed(
        **_shown(name, choice, options),
        **({"uid": uid} if uid else {}),
        manage_hash=hashed(manage_token),
        network=network,
        created_at=at,
        changed_at=at.replace(microsecond=0),
    )
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError:
        raise AlreadyOpened from None
    return Opened(feed, _new_address(feed, at=at), manage_token)


@transaction.atomic
def change(
    feed: PrivateFeed, name: str, choice: Choice, options: Options, *, seen: int, at: datetime
) -> PrivateFeed:
    """Show something else at the same address; how it stands now. What is no change costs nothing.

    `seen` is the number that whoever asks has seen. Raises ChangedMeanwhile if it is not the one.
    """
    stands = _locked(feed)
    wanted = _shown(name, choice, options)
    if wanted == {field: getattr(stands, field) for field in wanted}:
        return stands
    if stands.number != seen:
        raise ChangedMeanwhile(stands)
    for one, value in wanted.items():
        setattr(stands, one, value)
    stands.number += 1
    # Apps look at whole seconds, and some take only what is later than what they have: later
    # than the last change, and than whatever is published.
    earlier = [stands.changed_at, Revision.objects.all().newest_at() or stands.changed_at]
    stands.changed_at = max(at.replace(microsecond=0), max(earlier) + _ONE_SECOND)
    stands.save(update_fields=[*wanted, "number", "changed_at"])
    return stands


@transaction.atomic
def rotate(feed: PrivateFeed, *, seen: int | None, at: datetime) -> str:
    """Close the address and make another, whose token is returned; also if none is open.

    `seen` is the id of the address that whoever asks has seen, None if none was open. Raises
    ChangedMeanwhile if another one is: a page sent twice must not close what it has just told;
    and TooManyFeeds.
    """
    stands = _locked(feed)
    address = stands.open_address
    if (address.pk if address else None) != seen:
        raise ChangedMeanwhile(stands)
    if stands.addresses.filter(made_at__gt=at - AN_HOUR).count() >= OPENED_AN_HOUR:
        raise TooManyFeeds
    _close(address, at=at)
    return _new_address(stands, at=at)


@transaction.atomic
def close(feed: PrivateFeed, *, at: datetime) -> None:
    """Close its address, if one is open. What was chosen stays, for whoever opens it again."""
    _close(_locked(feed).open_address, at=at)


def forget_unused(*, at: datetime) -> int:
    """Delete what nobody has used for half a year; its addresses are as if they never were."""
    _, by_model = PrivateFeed.objects.all().unused(since=at - UNUSED_FOR).delete()
    return by_model.get("timeline.PrivateFeed", 0)


def find_address(token: str) -> FeedAddress | None:
    """The address, open or closed, with its feed."""
    return FeedAddress.objects.select_related("feed").filter(token_hash=hashed(token)).first()


def path_of(feed: PrivateFeed, token: str) -> str:
    """Where apps read it. What stands behind the token is for people only."""
    return f"/f/{token}/{feed.last_part}.ics"


def find_managed(manage_token: str) -> PrivateFeed | None:
    return PrivateFeed.objects.filter(manage_hash=hashed(manage_token)).first()


def calendar_of(feed: PrivateFeed) -> Feed:
    """What is written at its address; nothing in it tells a secret."""
    return Feed(
        name=feed.name,
        path=f"/{feed.last_part}.ics",
        page=reverse("timeline:timeline"),
        current=Current(stored_choice(feed.choice).milestones()),
        list_id=str(feed.uid),
        options=Options.stored(feed.options),
        settings=Settings(feed.number, feed.changed_at),
        is_public=False,
    )


def closing_calendar(address: FeedAddress) -> bytes:
    """What is written for 30 days at an address that was closed."""
    if address.closed_at is None:
        raise ValueError(f"{address} is open.")
    return closed_calendar(str(address.feed.uid), closed_at=address.closed_at)


def version_of(token_hash: str) -> Version | None:
    """In one query, by plain SQL: every fetch of a private feed asks this."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [token_hash])
        row = cursor.fetchone()
    return (
        None if row is None else Version(row[0], row[1], _moment(row[2]), row[3], _moment(row[4]))
    )


def hashed(token: str) -> str:
    """What is kept of a token. Random as it is, it needs neither salt nor a slow hash."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def _shown(name: str, choice: Choice, options: Options) -> dict[str, object]:
    """The columns that say what is shown, written alike whoever chose it in whatever order."""
    return {
        "name": text.name(name, limit=NAME_LIMIT) or "Milepost",
        "choice": {one: sorted(slugs) for one, slugs in choice.slugs.items()},
        "options": options.chosen,
    }


def _refuse_floods(network: str, *, at: datetime) -> None:
    an_hour_ago = at - AN_HOUR
    PrivateFeed.objects.all().forget_networks(before=an_hour_ago)
    if not network:
        return
    if PrivateFeed.objects.all().opened_from(network, since=an_hour_ago).count() >= OPENED_AN_HOUR:
        raise TooManyFeeds


def _locked(feed: PrivateFeed) -> PrivateFeed:
    return PrivateFeed.objects.select_for_update().get(pk=feed.pk)


def _new_address(feed: PrivateFeed, *, at: datetime) -> str:
    token = new_token()
    FeedAddress.objects.create(feed=feed, token_hash=hashed(token), made_at=at)
    return token


def _close(address: FeedAddress | None, *, at: datetime) -> None:
    if address is not None:
        address.closed_at = at
        address.save(update_fields=["closed_at"])


def _moment(kept: datetime | None) -> datetime | None:
    # SQLite keeps moments in UTC without saying so.
    return kept and kept.replace(tzinfo=kept.tzinfo or UTC)
