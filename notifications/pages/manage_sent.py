"""What was sent to a reader and why, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from notifications.messages.facts import net_facts
from notifications.models import Channel, Delivery, Notification, Subscription
from timeline.dates import zone_named
from timeline.models import Milestone, Revision

SHOWN = 50
READ = (
    "notification__milestone",
    "notification__revision__statement",
    "base__statement",
    "subscription__milestone",
    "subscription__tag",
    "subscription__programme",
    "subscription__organisation",
)
State, Kind = Delivery.State, Notification.Kind
OF_OURSELVES = {
    Kind.CONFIRM: "The question whether you want this",
    Kind.DIGEST: "Several news in one mail",
    Kind.ADDRESS: "The question about another address",
    Kind.MANAGE: "The link to this page",
    Kind.GOODBYE: "The last mail",
}
STATES = {
    State.QUEUED: "waits to leave",
    State.SENDING: "leaving now",
    State.BATCHED: "waits for the next collected mail",
    State.SENT: "sent",
    State.FAILED: "could not be delivered",
    State.CANCELLED: "not sent",
}
REASONS = {
    "unsubscribed": "you had stopped it",
    "suppressed": "this address takes no mail from us",
    "channel not active": "this address was not confirmed",
    "too late": "it would have come too late",
    "superseded": "newer news says it all",
    "nothing new": "the news had come to nothing",
    "restored": "after a fault of ours it passes for sent",
    "muted": "you muted it",
    "no longer asked": "it was no longer asked",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One row: when (on the reader's wall), what, what became of it, why it was owed."""

    when: datetime
    milestone: Milestone | None
    what: str
    state: str
    is_bad: bool
    why: str


def sent_to(channel: Channel) -> Iterator[Sent]:
    """The newest first."""
    zone = zone_named(channel.subscriber.time_zone)
    rows = channel.deliveries.select_related(*READ).order_by("-pk")
    for delivery in rows[:SHOWN]:
        yield Sent(
            when=(delivery.sent_at or delivery.owed_at).astimezone(zone),
            milestone=delivery.notification.milestone,
            what=what_it_says(delivery),
            state=state_words(delivery),
            is_bad=delivery.state == State.FAILED,
            why=why_words(delivery.subscription),
        )


def what_it_says(delivery: Delivery) -> str:
    notification = delivery.notification
    if notification.kind in OF_OURSELVES:
        return OF_OURSELVES[Kind(notification.kind)]
    if delivery.base and notification.revision and corrects(notification.revision, delivery.base):
        return str(net_facts(delivery.base, notification.revision, language="en")["news"])
    return str(notification.payload.get("news", ""))


def corrects(told: Revision, known: Revision) -> bool:
    """Whether the news took back what was known. Not if that was withdrawn long after."""
    wrong, right = known.statement, told.statement
    is_instead = right.corrects_id == wrong.pk or right.order_said[:2] <= wrong.order_said[:2]
    return wrong.is_withdrawn and is_instead


def state_words(delivery: Delivery) -> str:
    words = STATES[State(delivery.state)]
    if delivery.state == State.SENT and delivery.within_id:
        return "sent with others in one mail"
    if delivery.state == State.BATCHED and delivery.within_id:
        return "waits to leave with others in one mail"
    if delivery.state == State.CANCELLED:
        return f"{words}: {REASONS.get(delivery.skip_reason, delivery.skip_reason)}"
    if delivery.state == State.FAILED and delivery.reply_text:
        return f"{words}: “{delivery.reply_text}”"
    return words


def why_words(subscription: Subscription | None) -> str:
    if subscription is None:
        return "asked for on our pages"
    return f"you follow {subscription.follows or 'everything'}"
