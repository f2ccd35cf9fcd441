"""How a reader changes what he is told and how it suits him, from his own page."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from notifications import subscribing
from notifications.models import (
    Channel,
    ConsentEvent,
    Delivery,
    Subscriber,
    Subscription,
)
from notifications.mornings import morning
from notifications.subscribing import Followed, Origin
from timeline.dates import zone_named
from timeline.models import Milestone

MUTED = "muted"
Cadence = Subscription.Cadence


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a subscription tells of, and when: `kinds` and `reminder_kinds` are flags."""

    kinds: int
    min_days: int
    reminders: bool
    reminder_kinds: int
    cadence: str


@dataclass(frozen=True, slots=True)
class Suiting:
    """How it suits a reader; see `Subscriber`."""

    language: str
    time_zone: str
    digest_hour: int
    digest_weekday: int
    quiet_from: int | None
    quiet_to: int | None
    subject: str
    daily_cap: int


@transaction.atomic
def adjust(subscription: Subscription, wishes: Wishes, *, at: datetime) -> None:
    """Tell of this from now on. What waited for a digest leaves at once, if that is wished."""
    for name, value in asdict(wishes).items():
        setattr(subscription, name, value)
    subscription.save(update_fields=list(asdict(wishes)))
    if subscription.cadence == Cadence.AT_ONCE:
        waiting = Delivery.objects.batched().filter(subscription=subscription, within=None)
        waiting.update(state=Delivery.State.QUEUED, next_attempt_at=at)


@transaction.atomic
def suit(subscriber: Subscriber, suiting: Suiting, *, at: datetime) -> None:
    """A pause goes on until the same day, whatever zone that is in now."""
    paused_until = paused_until_day(subscriber, at=at)
    for name, value in asdict(suiting).items():
        setattr(subscriber, name, value)
    if paused_until is not None:
        subscriber.paused_until = morning(paused_until, hour=0, zone=suiting.time_zone)
    subscriber.save(update_fields=[*asdict(suiting), "paused_until"])
    _look_again(subscriber, at=at)


@transaction.atomic
def follow(
    channel: Channel, followed: Followed, *, reminders: bool, origin: Origin, at: datetime
) -> Subscription:
    """Tell of this too, from now on: who asks has shown already that the mailbox is his own.

    What he follows already stays as he set it; what is muted is told of again.
    """
    for muted in channel.subscriptions.open().filter(
        cadence=Cadence.MUTED, **subscribing.scope_of(followed)
    ):
        unmute(muted, origin=origin, at=at)
    subscription = subscribing.open_subscription(channel, followed, reminders=reminders, at=at)
    subscribing.begin(subscription, channel, origin=origin, at=at)
    return subscription


@transaction.atomic
def mute(channel: Channel, milestone: Milestone, *, origin: Origin, at: datetime) -> Subscription:
    """Tell nothing of this milestone, whatever else is followed, nor what was owed of it."""
    about_it = channel.subscriptions.open().filter(milestone=milestone)
    if already := about_it.filter(cadence=Cadence.MUTED).first():
        return already
    for subscription in about_it.filter(confirmed_at__isnull=False):
        subscribing.record(ConsentEvent.What.ENDED, channel, subscription, origin=origin, at=at)
    about_it.end(at=at, reason=MUTED)
    owed = (
        Delivery.objects.owed()
        .exclude(state=Delivery.State.SENDING)
        .filter(channel=channel, notification__milestone=milestone)
    )
    owed.update(state=Delivery.State.CANCELLED, skip_reason=MUTED)
    return Subscription.objects.create(
        channel=channel,
        **subscribing.scope_of(milestone),
        cadence=Cadence.MUTED,
        created_at=at,
        confirmed_at=at,
    )


@transaction.atomic
def unmute(muted: Subscription, *, origin: Origin, at: datetime) -> None:
    """Tell of it again, as before: by the subscription that ended with the muting, if one did."""
    Subscription.objects.filter(pk=muted.pk).end(at=at, reason=subscribing.UNMUTED)
    ended = muted.channel.subscriptions.like(muted).filter(
        ended_reason=MUTED, ended_at=muted.created_at, confirmed_at__isnull=False
    )
    for subscription in ended:
        subscribing.begin_like(subscription, origin=origin, at=at)


@transaction.atomic
def pause(subscriber: Subscriber, *, until: date, at: datetime) -> None:
    """Send no news before that day begins on the reader's own wall; what is owed waits."""
    _pause_until(subscriber, morning(until, hour=0, zone=subscriber.time_zone), at=at)


@transaction.atomic
def resume(subscriber: Subscriber, *, at: datetime) -> None:
    """What waited leaves now."""
    _pause_until(subscriber, None, at=at)


def paused_until_day(subscriber: Subscriber, *, at: datetime) -> date | None:
    """The first day without the pause, where it is not over."""
    paused_until = subscriber.paused_until
    if paused_until is None or paused_until <= at:
        return None
    return paused_until.astimezone(zone_named(subscriber.time_zone)).date()


def _pause_until(subscriber: Subscriber, moment: datetime | None, *, at: datetime) -> None:
    subscriber.paused_until = moment
    subscriber.save(update_fields=["paused_until"])
    _look_again(subscriber, at=at)


def _look_again(subscriber: Subscriber, *, at: datetime) -> None:
    """What was put off for the reader's sake is due now; the sender puts off what still must wait.

    Not what a mail server has refused for a while, nor what belongs into the morning of a day:
    that morning may be another one now.
    """
    put_off = Delivery.objects.queued().filter(
        channel__subscriber=subscriber, next_attempt_at__gt=at, reply_code=None, reply_text=""
    )
    mornings = put_off.filter(notification__local_on__isnull=False).select_related("notification")
    for delivery in mornings:
        day = delivery.notification.local_on or at.date()
        due = morning(day, hour=subscriber.digest_hour, zone=subscriber.time_zone)
        put_off.filter(pk=delivery.pk).update(next_attempt_at=max(due, at))
    put_off.filter(notification__local_on=None).update(next_attempt_at=at)
