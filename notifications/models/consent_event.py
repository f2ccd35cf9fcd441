from django.db import models

from notifications.models.channel import Channel
from notifications.models.delivery import Delivery
from notifications.models.subscription import Subscription


class ConsentEvent(models.Model):
    """What somebody did about being written to, as proof. Written once, never changed.

    Of where it came from only a part is kept: the network, and a hash of the browser's name.
    """

    class What(models.TextChoices):
        ASKED = "asked", "asked for"
        CONFIRMED = "confirmed", "confirmed"
        ENDED = "ended", "ended on a page"
        ENDED_ONE_CLICK = "one_click", "ended by one click in the mail program"
        BOUNCED = "bounced", "the mailbox does not exist"
        COMPLAINED = "complained", "reported as spam"
        MOVED = "moved", "moved to another address"
        ERASED = "erased", "had everything deleted"

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="consent_events")
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, blank=True, related_name="consent_events"
    )
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    happened_at = models.DateTimeField()
    text_version = models.CharField(max_length=20, blank=True, default="")
    network = models.CharField(max_length=45, blank=True, default="")
    browser_hash = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.happened_at:%Y-%m-%d}"
