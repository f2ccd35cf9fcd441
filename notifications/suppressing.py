"""What an operator does by hand when somebody writes to him: never again, or again after all."""

from datetime import datetime

from django.db import transaction

from notifications.models import Channel, ConsentEvent, Suppression
from notifications.models.address import address_key

WHAT = {
    Suppression.Reason.COMPLAINT: ConsentEvent.What.COMPLAINED,
    Suppression.Reason.ASKED: ConsentEvent.What.ENDED,
}


@transaction.atomic
def suppress(address: str, reason: Suppression.Reason, *, at: datetime) -> Suppression:
    """Send nothing more to this mailbox, known to us or not; all that it follows ends.

    Raises ValueError for what is no address.
    """
    for channel in Channel.objects.living().at_address(address).select_for_update():
        channel.subscriptions.end(at=at, reason=WHAT[reason])
        channel.state, channel.disabled_reason = Channel.State.DISABLED, reason.label
        channel.save(update_fields=["state", "disabled_reason"])
        ConsentEvent.objects.create(channel=channel, what=WHAT[reason], happened_at=at)
    suppression, _ = Suppression.objects.update_or_create(
        address_key=address_key(address), defaults={"reason": reason, "since": at}
    )
    return suppression
