from django.db import models
from django.db.models import Q

from notifications.models.channel import Channel


class AddressChange(models.Model):
    """A wish to be written to elsewhere. It holds once both mailboxes have said yes.

    `candidate` is a channel at the new address that only carries the question: once both have
    agreed it ends, and `channel`, with all that it follows and was told, has the new address.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="address_changes")
    candidate = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    old_agreed_at = models.DateTimeField(null=True, blank=True)
    new_agreed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="address_change_one_open", fields=["channel"], condition=Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"address change {self.pk}"
