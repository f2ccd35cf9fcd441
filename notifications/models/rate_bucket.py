from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest


class RateBucketQuerySet(models.QuerySet["RateBucket"]):
    def take(self, name: str, *, pause: timedelta, times: int, at: datetime) -> bool:
        """Whether one more fits. Of many who ask at once no more get a yes than there is room for.

        The update is its own judge: the database repeats its condition for whoever had to wait.
        """
        self.bulk_create([RateBucket(name=name, empty_at=at)], ignore_conflicts=True)
        room = self.filter(name=name, empty_at__lte=at + (times - 1) * pause)
        return room.update(empty_at=Greatest(F("empty_at"), Value(at)) + pause) == 1

    def empty(self, *, at: datetime) -> "RateBucketQuerySet":
        """Those that limit nothing any more."""
        return self.filter(empty_at__lte=at)


class RateBucket(models.Model):
    """How full one measure of what strangers ask of us is. It runs out steadily.

    Each taking moves the moment at which it is `empty_at` by the same pause; who would move it
    too far ahead is refused. `name` is a key: it says nothing of whose measure it is.
    """

    name = models.CharField(max_length=64, primary_key=True)
    empty_at = models.DateTimeField(db_index=True)

    objects = RateBucketQuerySet.as_manager()

    def __str__(self) -> str:
        return f"bucket, empty at {self.empty_at:%Y-%m-%d %H:%M}"
