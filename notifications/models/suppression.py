from django.db import models

from notifications.models.address import address_key
from notifications.models.channel import Channel


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, address: str) -> "SuppressionQuerySet":
        """Raises ValueError for what is no address."""
        return self.filter(address_key=address_key(address))

    def for_good(self) -> "SuppressionQuerySet":
        """Those whose owner is not even asked. Who had everything deleted may come back."""
        return self.exclude(reason=Suppression.Reason.ERASED)

    def lift_for_who_came_back(self, channel: Channel) -> None:
        """He has answered from that mailbox that he wants to be told again."""
        self.filter(address_key=channel.address_key, reason=Suppression.Reason.ERASED).delete()


class Suppression(models.Model):
    """A mailbox that nothing is sent to any more, known by its key alone."""

    class Reason(models.TextChoices):
        DEAD = "dead", "no such mailbox"
        COMPLAINT = "complaint", "its owner complained"
        ASKED = "asked", "its owner asked never to be written to"
        ERASED = "erased", "its owner had everything deleted"

    address_key = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=9, choices=Reason.choices)
    since = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"suppression {self.pk}: {self.get_reason_display()}"
