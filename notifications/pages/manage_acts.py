"""What the buttons of a reader's own page do. Each says how it went, or what was wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from notifications import adjusting, moving, signing, subscribing
from notifications.forms.following import FollowForm, MoveForm, MuteForm
from notifications.forms.suiting import PauseForm, SuitingForm
from notifications.forms.wishes import WishesForm
from notifications.limits import TooManyRequests
from notifications.models import Channel, Subscription
from notifications.pages.origin import origin
from notifications.subscribing import Origin

GONE = "gone"
OFTEN = "Three times a day are enough. Please try again tomorrow."


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody has pressed a button on the page of this channel."""

    request: HttpRequest
    channel: Channel
    at: datetime

    @property
    def origin(self) -> Origin:
        return origin(self.request)

    @property
    def subscription(self) -> Subscription | None:
        """The one whose button it was, if it is this reader's."""
        return numbered(self.channel, self.request.POST.get("subscription", ""))

    @property
    def open_subscription(self) -> Subscription | None:
        subscription = self.subscription
        return subscription if subscription and subscription.ended_at is None else None


def numbered(channel: Channel, number: str) -> Subscription | None:
    """The subscription of that number, if it is this channel's."""
    if not re.fullmatch("[0-9]{1,18}", number):
        return None
    return channel.subscriptions.select_related("channel").filter(pk=number).first()


# The code of what was done, or the form that says what is wrong.
Outcome = str | forms.Form


def adjust(visit: Visit) -> Outcome:
    subscription = visit.open_subscription
    if subscription is None or subscription.cadence == Subscription.Cadence.MUTED:
        return GONE
    form = WishesForm(
        visit.request.POST, subscription=subscription, subscriber=visit.channel.subscriber
    )
    if not form.is_valid():
        return form
    adjusting.adjust(subscription, form.wishes, at=visit.at)
    return "saved"


def stop(visit: Visit) -> Outcome:
    subscription = visit.open_subscription
    if subscription is None:
        return GONE
    _end(visit, subscription, everything=False)
    return "stopped"


def stop_all(visit: Visit) -> Outcome:
    _end(visit, None, everything=True)
    return "stopped-all"


def again(visit: Visit) -> Outcome:
    """Take back that one was stopped."""
    subscription = visit.subscription
    if subscription is None or subscription.cadence == Subscription.Cadence.MUTED:
        return GONE
    holder = signing.Holder(visit.channel, subscription)
    subscribing.take_back(holder, origin=visit.origin, at=visit.at)
    return "followed"


def confirm(visit: Visit) -> Outcome:
    subscription = visit.open_subscription
    if subscription is None:
        return GONE
    subscribing.begin(subscription, visit.channel, origin=visit.origin, at=visit.at)
    return "followed"


def follow(visit: Visit) -> Outcome:
    form = FollowForm(visit.request.POST)
    if not form.is_valid():
        return form
    adjusting.follow(
        visit.channel,
        form.followed(),
        reminders=form.cleaned_data["reminders"],
        origin=visit.origin,
        at=visit.at,
    )
    return "followed"


def mute(visit: Visit) -> Outcome:
    form = MuteForm(visit.request.POST)
    if not form.is_valid():
        return form
    milestone = form.cleaned_data["milestone"]
    adjusting.mute(visit.channel, milestone, origin=visit.origin, at=visit.at)
    return "muted"


def unmute(visit: Visit) -> Outcome:
    subscription = visit.open_subscription
    if subscription is None or subscription.cadence != Subscription.Cadence.MUTED:
        return GONE
    adjusting.unmute(subscription, origin=visit.origin, at=visit.at)
    return "unmuted"


def suit(visit: Visit) -> Outcome:
    form = SuitingForm(visit.request.POST, subscriber=visit.channel.subscriber)
    if not form.is_valid():
        return form
    adjusting.suit(visit.channel.subscriber, form.suiting, at=visit.at)
    return "saved"


def pause(visit: Visit) -> Outcome:
    form = PauseForm(visit.request.POST, subscriber=visit.channel.subscriber, at=visit.at)
    if not form.is_valid():
        return form
    adjusting.pause(visit.channel.subscriber, until=form.cleaned_data["until"], at=visit.at)
    return "paused"


def resume(visit: Visit) -> Outcome:
    adjusting.resume(visit.channel.subscriber, at=visit.at)
    return "resumed"


def move(visit: Visit) -> Outcome:
    if visit.channel.kind != Channel.Kind.EMAIL:  # a webhook does not become a mailbox
        return GONE
    form = MoveForm(visit.request.POST)
    if not form.is_valid():
        return form
    email = form.cleaned_data["email"]
    try:
        moving.ask_to_move(visit.channel, email, origin=visit.origin, at=visit.at)
    except ValueError as error:
        form.add_error("email", str(error))
        return form
    except (moving.TooManyMoves, TooManyRequests):
        form.add_error("email", OFTEN)
        return form
    return "asked"


def _end(visit: Visit, subscription: Subscription | None, *, everything: bool) -> None:
    holder = signing.Holder(visit.channel, subscription)
    subscribing.end(
        holder, everything=everything, one_click=False, origin=visit.origin, at=visit.at
    )


ACTS: dict[str, Callable[[Visit], Outcome]] = {
    "adjust": adjust,
    "stop": stop,
    "stop-all": stop_all,
    "again": again,
    "confirm": confirm,
    "follow": follow,
    "mute": mute,
    "unmute": unmute,
    "suit": suit,
    "pause": pause,
    "resume": resume,
    "move": move,
}

# What the page says of each.
SAID = {
    "saved": "Saved.",
    "stopped": "Stopped. Nothing more is sent about it.",
    "stopped-all": "Everything is stopped. One last mail says so; no news goes to this address.",
    "followed": "You will be told.",
    "muted": "Muted. Of this milestone nothing is sent any more.",
    "unmuted": "No longer muted.",
    "paused": "Paused. What happens meanwhile is told when the pause is over.",
    "resumed": "The pause is over. What waited is on its way.",
    "asked": "Two mails are on their way, one to each address. Press the button in both within "
    "three days. To a new address that gets our mails already, nothing is sent.",
}
# The same, where nothing was done.
NOT_DONE = {
    GONE: "That had been stopped already, perhaps by you in another tab. Nothing was changed.",
}
NO_BUTTON = "This button did not come with the page. Nothing was changed; please try again."
