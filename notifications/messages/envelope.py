"""What of a message is one recipient's own."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from notifications.messages.cleaning import clean
from notifications.models import Subscription

FOLLOWING = {
    Subscription.Scope.MILESTONE: "{}",
    Subscription.Scope.EVERYTHING: "everything on Milepost",
    Subscription.Scope.PROGRAMME: "the programme {}",
    Subscription.Scope.ORGANISATION: "the organisation {}",
    Subscription.Scope.TAG: "the tag {}",
}


@dataclass(frozen=True, slots=True)
class Links:
    """What a reader can do from a message: two absolute addresses.

    `act` is the one thing that it asks or allows: to confirm, or to stop. `manage` leads to
    all that he follows.
    """

    act: str
    manage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Of one delivery. The same envelope makes the same bytes, on every try.

    `date` is that of the first try. `why` and `scope` say what the reader follows, in words
    and by name. `secret` is what it is signed with, where its channel has one.
    """

    message_id: UUID
    address: str
    address_key: str
    date: datetime
    why: str
    scope: str
    links: Links
    secret: str = field(default="", repr=False)


def why(subscription: Subscription | None) -> str:
    """What its reader follows: "the programme ISSA"."""
    if subscription is None:
        return ""
    return FOLLOWING[Subscription.Scope(subscription.scope)].format(
        clean(str(subscription.follows))
    )
