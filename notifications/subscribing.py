"""How somebody begins to be told and stops: ask, confirm, end, take back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from notifications import limits, owing, signing
from notifications.models import (
    Channel,
    ConsentEvent,
    Delivery,
    Notification,
    Subscriber,
    Subscription,
    Suppression,
)
from notifications.models.address import address_key, normalised
from timeline.models import Milestone, Organisation, Programme, Tag
from timeline.networks import network_of

Followed = Milestone | Organisation | Programme | Tag | None
WISHES = ("reminders", "reminder_kinds", "kinds", "min_days", "cadence")
UNMUTED = "unmuted"
TEXT_VERSION = "2026-11"
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, as far as it is kept: a network, and a browser's hash."""

    network: str = ""
    browser_hash: str = ""


def origin_of(*, address: str, browser: str) -> Origin:
    """What is kept of an IP address (its /24 or /48) and of a browser's name (a hash)."""
    return Origin(network_of(address), salted_hmac("notifications.browser", browser).hexdigest())


@transaction.atomic
def ask(address: str, followed: Followed, *, reminders: bool, origin: Origin, at: datetime) -> None:
    """Note the wish and owe one mail that asks whether it is the address's own.

    Who follows this already gets the link to all that he follows instead. The caller learns
    nothing of the address: a stranger's, a reader's and a suppressed one are answered alike.
    Raises ValueError for what is no address, limits.TooManyRequests where somebody asks
    without end.
    """
    mailbox = normalised(address)
    refuse_floods(mailbox, origin, at=at)
    if Suppression.objects.of(mailbox).for_good().exists():
        return
    channel = _channel_at(mailbox, at=at)
    subscription = open_subscription(channel, followed, reminders=reminders, at=at)
    record(ConsentEvent.What.ASKED, channel, subscription, origin=origin, at=at)
    if subscription.is_live:
        _owe_the_link(channel, unless_within=ONE_DAY, at=at)
    elif _may_be_asked(channel, at=at):
        owe_the_question(subscription, at=at)


@transaction.atomic
def ask_for_link(address: str, *, origin: Origin, at: datetime) -> None:
    """Owe the link to all that an address follows, if it is a reader's: once an hour.

    The caller learns nothing of the address. Raises ValueError and limits.TooManyRequests as `ask`.
    """
    refuse_floods(address, origin, at=at)
    for channel in Channel.objects.active().at_address(address):
        renew_link(channel, at=at)


@transaction.atomic
def renew_link(channel: Channel, *, at: datetime) -> None:
    """The same for somebody whose link is too old."""
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    is_suppressed = Suppression.objects.filter(address_key=channel.address_key).exists()
    if channel.state == Channel.State.ACTIVE and not is_suppressed:
        _owe_the_link(channel, unless_within=ONE_HOUR, at=at)


@transaction.atomic
def confirm(token: str, *, origin: Origin, at: datetime) -> Subscription:
    """Begin to tell. A second time changes nothing. Raises signing.TokenError."""
    subscription = signing.read_confirm_token(token, at=at)
    channel = Channel.objects.select_for_update().get(pk=subscription.channel_id)
    if subscription.ended_at is not None:
        raise signing.TokenError
    begin(subscription, channel, origin=origin, at=at)
    return subscription


def begin(subscription: Subscription, channel: Channel, *, origin: Origin, at: datetime) -> None:
    """Count it from now on; its channel takes mail. One that counts already stays as it is."""
    if subscription.confirmed_at is None:
        subscription.confirmed_at = at
        subscription.save(update_fields=["confirmed_at"])
        record(ConsentEvent.What.CONFIRMED, channel, subscription, origin=origin, at=at)
        _note_the_answer(channel)
    if channel.state != Channel.State.ACTIVE:
        channel.state, channel.confirmed_at = Channel.State.ACTIVE, at
        channel.save(update_fields=["state", "confirmed_at"])
        Suppression.objects.lift_for_who_came_back(channel)


def begin_like(ended: Subscription, *, origin: Origin, at: datetime) -> Subscription:
    """Tell again what an ended subscription told, in the same way."""
    wishes = {name: getattr(ended, name) for name in WISHES}
    open_ones = ended.channel.subscriptions.open()
    open_ones.like(ended).filter(cadence=Subscription.Cadence.MUTED).end(at=at, reason=UNMUTED)
    again, _ = open_ones.get_or_create(
        **scope_of(ended.follows),
        defaults={"channel": ended.channel, "created_at": at, **wishes},
    )
    begin(again, ended.channel, origin=origin, at=at)
    return again


@transaction.atomic
def end(
    holder: signing.Holder, *, everything: bool, one_click: bool, origin: Origin, at: datetime
) -> int:
    """Stop telling: the token's subscription, or all of its channel; returns how many ended.

    Who ends everything on a page gets a last mail, as proof. Who does so by one click in his
    mail program wants silence.
    """
    What = ConsentEvent.What  # noqa: N806 - a class
    what = What.ENDED_ONE_CLICK if one_click else What.ENDED
    open_ones = holder.channel.subscriptions.open() if everything else holder.held
    for subscription in open_ones:
        record(what, holder.channel, subscription, origin=origin, at=at)
    told = open_ones.telling().filter(confirmed_at__isnull=False).exists()
    ended = open_ones.end(at=at, reason=what)
    if everything and told and not one_click:
        _say_goodbye(holder.channel, at=at)
    return ended


@transaction.atomic
def take_back(holder: signing.Holder, *, origin: Origin, at: datetime) -> Subscription | None:
    """Begin again what the token's holder ended; None for a token of no single subscription."""
    ended = holder.subscription
    if ended is None:
        return None
    return begin_like(ended, origin=origin, at=at)


def refuse_floods(address: str, origin: Origin, *, at: datetime) -> None:
    """Raises limits.TooManyRequests. Says nothing of the address: it counts who asks, and where."""
    limits.insist(limits.ASKS_OF_A_NETWORK, origin.network, at=at)
    limits.insist(limits.ASKS_FOR_A_DOMAIN, limits.domain_of(address), at=at)
    limits.insist(limits.ASKS_OF_ALL, "", at=at)


def scope_of(followed: Followed) -> dict[str, object]:
    """The columns that say what is followed; None is everything."""
    if followed is None:
        return {"scope": Subscription.Scope.EVERYTHING}
    name = type(followed).__name__.lower()
    return {"scope": name, name: followed}


def _say_goodbye(channel: Channel, *, at: datetime) -> None:
    """Once a day at most, however often somebody stops and begins again."""
    if channel.state == Channel.State.ACTIVE:
        owing.owe(
            kind=Notification.Kind.GOODBYE,
            key=f"goodbye:{channel.pk}:{at:%Y%m%d}",
            channel=channel,
            subscription=None,
            payload={"ended_at": at.replace(microsecond=0).isoformat()},
            at=at,
            expires_at=at + ONE_DAY,
        )


def record(
    what: ConsentEvent.What,
    channel: Channel,
    subscription: Subscription | None = None,
    *,
    origin: Origin,
    at: datetime,
) -> None:
    """Keep the proof of what somebody did about being written to."""
    ConsentEvent.objects.create(
        channel=channel,
        subscription=subscription,
        what=what,
        happened_at=at,
        text_version=TEXT_VERSION,
        network=origin.network,
        browser_hash=origin.browser_hash,
    )


def _channel_at(mailbox: str, *, at: datetime) -> Channel:
    key = address_key(mailbox)
    channel = Channel.objects.living().select_for_update().filter(address_key=key).first()
    if channel is not None:
        return channel
    return Channel.objects.create(
        subscriber=Subscriber.objects.create(created_at=at),
        address=mailbox,
        address_key=key,
        created_at=at,
    )


def open_subscription(
    channel: Channel, followed: Followed, *, reminders: bool, at: datetime
) -> Subscription:
    subscription, created = channel.subscriptions.open().get_or_create(
        **scope_of(followed),
        defaults={"channel": channel, "reminders": reminders, "created_at": at},
    )
    # Of one that is confirmed a stranger changes nothing by typing its address.
    if not created and subscription.confirmed_at is None and subscription.reminders != reminders:
        subscription.reminders = reminders
        subscription.save(update_fields=["reminders"])
    return subscription


def _may_be_asked(channel: Channel, *, at: datetime) -> bool:
    """Once a day, whatever it is about; one that never answers three times and no more."""
    mailbox = limits.mailbox_of(channel.address)
    if not limits.take(limits.QUESTIONS_TO_AN_ADDRESS, mailbox, at=at):
        return False
    is_known = channel.confirmed_at is not None
    return is_known or limits.take(limits.QUESTIONS_WITHOUT_ANSWER, mailbox, at=at)


def _note_the_answer(channel: Channel) -> None:
    """Whoever answers is asked again about the next thing, on the same day too."""
    if channel.kind == Channel.Kind.EMAIL:
        mailbox = limits.mailbox_of(channel.address)
        for limit in (limits.QUESTIONS_TO_AN_ADDRESS, limits.QUESTIONS_WITHOUT_ANSWER):
            limits.start_anew(limit, mailbox)


def owe_the_question(subscription: Subscription, *, at: datetime) -> None:
    asked_at = at.replace(microsecond=0)
    owing.owe(
        kind=Notification.Kind.CONFIRM,
        key=f"confirm:{subscription.pk}:{asked_at:%Y%m%dT%H%M%S}",
        channel=subscription.channel,
        subscription=subscription,
        payload={"asked_at": asked_at.isoformat()},
        at=at,
        expires_at=asked_at + signing.CONFIRM_FOR,
    )


def _owe_the_link(channel: Channel, *, unless_within: timedelta, at: datetime) -> None:
    links = Delivery.objects.filter(channel=channel, notification__kind=Notification.Kind.MANAGE)
    if links.filter(owed_at__gt=at - unless_within).exists():
        return
    asked_at = at.replace(microsecond=0)
    owing.owe(
        kind=Notification.Kind.MANAGE,
        key=f"manage:{channel.pk}:{asked_at:%Y%m%dT%H%M%S}",
        channel=channel,
        subscription=None,
        payload={"asked_at": asked_at.isoformat()},
        at=at,
        expires_at=asked_at + ONE_DAY,
    )
