"""What is no news but between us and one reader: questions, his link, goodbye."""

from django.urls import reverse

from notifications.messages.cleaning import clean
from notifications.messages.facts import Facts
from notifications.messages.links import absolute
from notifications.models import Notification

OLD_SIDE = "old"
_ENDED = "You have ended all that you followed, so there is nothing more to tell you."
_GOODBYES = {
    "ended": _ENDED,
    "erased": "All that we kept about this address is deleted, as you asked.",
    "moved": "From now on what you follow goes to your new address, as you asked.",
}


def letter_facts(notification: Notification) -> Facts:
    payload = notification.payload
    match notification.kind:
        case Notification.Kind.ADDRESS:
            return {**payload, "new_address": masked(str(payload["new_address"]))}
        case Notification.Kind.GOODBYE:
            reason = str(payload.get("reason", ""))
            return {
                "reason": reason,
                "line": _GOODBYES.get(reason, _ENDED),
                "subscribe_url": absolute(reverse("notifications:subscribe")),
            }
    return dict(payload)


def masked(address: str) -> str:
    """As much of an address as its owner needs to know it again: a•••@example.org."""
    local, _, host = clean(address).rpartition("@")
    return f"{local[:1]}•••@{host}"
