from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from timeline.models.milestone import validate_zone


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def blank(self, ids: Iterable[int]) -> None:
        """Keep nothing of what these told us, so that they are like any other."""
        usual = {
            field.name: field.get_default()
            for field in Subscriber._meta.concrete_fields
            if field.name not in ("id", "created_at")
        }
        self.filter(pk__in=ids).update(**usual)


class Subscriber(models.Model):
    """Somebody who wants to be told, and how it suits him. How to reach him: his channels.

    Hours are those of the clock on his wall (`time_zone`). From `quiet_from` up to but not
    including `quiet_to` nothing is sent, over midnight too; both or neither are set. Digests
    leave at `digest_hour`, weekly ones on `digest_weekday` (1 is Monday, ISO 8601). Until
    `paused_until` what is owed waits. Of more than `daily_cap` mails a day the rest waits for
    the next digest.
    """

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        JAPANESE = "ja", "Japanese"

    class Subject(models.TextChoices):
        NEWS = "news", "the news: ISSA-J1 launch: spring 2027 → autumn 2027"
        STABLE = "stable", "always the same: ISSA-J1 launch"

    language = models.CharField(
        "language of dates", max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digest_weekday = models.PositiveSmallIntegerField(default=1)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_to = models.PositiveSmallIntegerField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=6, choices=Subject.choices, default=Subject.NEWS)
    daily_cap = models.PositiveSmallIntegerField(default=10)
    created_at = models.DateTimeField()

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscriber_hours",
                condition=Q(digest_hour__lt=24, digest_weekday__range=(1, 7))
                & (
                    Q(quiet_from=None, quiet_to=None)
                    | Q(quiet_from__lt=24, quiet_to__lt=24, quiet_from__isnull=False)
                    & Q(quiet_to__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"
