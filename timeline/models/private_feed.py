import uuid

from django.db import models
from django.db.models import Q


class PrivateFeed(models.Model):
    """A calendar of somebody's own, at a secret address; what it holds can be changed.

    `choice` and `options` are kept as `timeline.choosing` and `timeline.ical.options` give them.
    `number` counts changes of what is shown, also of the name: entries carry it in their
    SEQUENCE, and `changed_at` in LAST-MODIFIED. Whoever holds the link whose hash is
    `manage_hash` may change, move and close it.
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

    def __str__(self) -> str:
        return self.name


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def open(self) -> "FeedAddressQuerySet":
        return self.filter(closed_at=None)


class FeedAddress(models.Model):
    """A secret address of a private feed; only the hash of its token is kept.

    A feed has at most one that is open. One that is closed serves a last entry, which says so,
    for 30 days: apps delete their old copies then, which they keep when nothing answers.
    """

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
