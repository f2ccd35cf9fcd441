import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify

LAST_PART = "milepost"
_LONGEST_LAST_PART = 60


class PrivateFeedQuerySet(models.QuerySet["PrivateFeed"]):
    def opened_from(self, network: str, *, since: datetime) -> "PrivateFeedQuerySet":
        return self.filter(network=network, created_at__gt=since)

    def forget_networks(self, *, before: datetime) -> int:
        """Of older ones nobody asks any more where they were opened from."""
        return self.exclude(network="").filter(created_at__lte=before).update(network="")

    def unused(self, *, since: datetime) -> "PrivateFeedQuerySet":
        """Those that nobody has fetched, opened, changed, moved or closed since."""
        lately = Q(made_at__gt=since) | Q(closed_at__gt=since)
        moved = FeedAddress.objects.filter(lately, feed=OuterRef("pk"))
        unfetched = Q(last_fetched_at=None) | Q(last_fetched_at__lte=since)
        return self.filter(unfetched, ~Exists(moved), changed_at__lte=since)

    def note_fetch(self, pk: int, *, by: str, at: datetime) -> int:
        """Unless a later one is noted already."""
        earlier = Q(last_fetched_at=None) | Q(last_fetched_at__lt=at)
        return self.filter(earlier, pk=pk).update(last_fetched_at=at, last_fetched_by=by)


class PrivateFeed(models.Model):
    """A calendar of somebody's own, at a secret address; what it holds can be changed.

    `choice` and `options` are kept as `timeline.choosing` and `timeline.ical.options` give them.
    `number` counts changes of what is shown, also of the name: entries carry it in their
    SEQUENCE, and `changed_at` in LAST-MODIFIED. Whoever holds the link whose hash is
    `manage_hash` may change, move and close it. `network` is kept for an hour, against floods.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    choice = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    manage_hash = models.CharField(max_length=64, unique=True)
    last_fetched_at = models.DateTimeField(null=True)
    last_fetched_by = models.CharField(max_length=60, blank=True, default="")
    network = models.CharField(max_length=43, blank=True, default="", editable=False)

    objects = PrivateFeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="private_feed_network",
                fields=["network", "created_at"],
                condition=~Q(network=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_part(self) -> str:
        """How the address of the calendar ends, which Thunderbird takes for its name."""
        return slugify(self.name)[:_LONGEST_LAST_PART].strip("-_") or LAST_PART

    @property
    def open_address(self) -> "FeedAddress | None":
        return self.addresses.open().first()

    @property
    def is_closed(self) -> bool:
        return self.open_address is None


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def open(self) -> "FeedAddressQuerySet":
        return self.filter(closed_at=None)


class FeedAddress(models.Model):
    """A secret address of a private feed; only the hash of its token is kept.

    A feed has at most one that is open. One that is closed serves a last entry, which says so,
    for 30 days: apps delete their old copies then, which they keep when nothing answers.
    """

    SAYS_CLOSED_FOR = timedelta(days=30)

    feed = models.ForeignKey(PrivateFeed, models.CASCADE, related_name="addresses")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_address", fields=["feed"], condition=Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"address {self.pk} of {self.feed}"

    @property
    def was_fetched(self) -> bool:
        """Whether the last fetch of the feed was here, and not where it stood before."""
        fetched_at = self.feed.last_fetched_at
        return fetched_at is not None and fetched_at >= self.made_at

    def is_gone(self, *, at: datetime) -> bool:
        """Whether it was closed so long ago that nothing stands here any more."""
        return self.closed_at is not None and at >= self.closed_at + self.SAYS_CLOSED_FOR
