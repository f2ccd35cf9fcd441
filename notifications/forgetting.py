"""What is kept no longer than it is needed. In batches, each its own transaction.

Cut off anywhere, the next run goes on where this one ended: the rows themselves say what is due.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from notifications import moving, remembering
from notifications.erasing import roll_up
from notifications.models import (
    AddressChange,
    Baseline,
    Channel,
    ConsentEvent,
    Delivery,
    RateBucket,
    ReminderPlan,
    Subscriber,
    Subscription,
)
from notifications.models.channel import ChannelQuerySet

UNCONFIRMED_FOR = timedelta(days=7)
ENDED_FOR = timedelta(days=28)
DELIVERIES_FOR = timedelta(days=90)
PLANS_FOR = timedelta(days=365)
PROOF_FOR = timedelta(days=3 * 365)
BATCH = 1000
SECONDS = 5.0

Step = Callable[[datetime], int]


def forget(*, at: datetime, seconds: float = SECONDS) -> bool:
    """Forget what is due until the seconds are over. Whether nothing is left."""
    started = monotonic()
    for step in STEPS:
        while step(at):
            if monotonic() - started >= seconds:
                return False
    return True


# ---- who never answered ------------------------------------------------------------------------


def close_moves(at: datetime) -> int:
    return moving.close_expired(at=at)


@transaction.atomic
def unconfirmed_wishes(at: datetime) -> int:
    """What somebody asked for and nobody confirmed. Who asks again begins anew."""
    since = at - UNCONFIRMED_FOR
    asked = ConsentEvent.objects.filter(subscription=OuterRef("pk"), happened_at__gte=since)
    wishes = Subscription.objects.filter(~Exists(asked), confirmed_at=None, created_at__lt=since)
    channels = wishes.order_by("pk").values_list("channel", flat=True)[:BATCH]
    locked = _locked(channels)
    return _drop_subscriptions(wishes.filter(channel__in=locked).order_by("pk")[:BATCH])


@transaction.atomic
def unconfirmed_channels(at: datetime) -> int:
    """Addresses of which nobody ever said that they are his. That one was erased is kept."""
    since = at - UNCONFIRMED_FOR
    never = _silent(since).filter(confirmed_at=None, subscriptions=None)
    erased = ConsentEvent.objects.filter(channel=OuterRef("pk"), what=ConsentEvent.What.ERASED)
    moves = AddressChange.objects.filter(candidate=OuterRef("pk"), closed_at=None)
    return _drop_channels(_some(never.filter(~Exists(erased), ~Exists(moves))))


# ---- who stopped -------------------------------------------------------------------------------


@transaction.atomic
def addresses_of_who_stopped(at: datetime) -> int:
    """Keep no address to which nothing was to be sent for four weeks, or that takes nothing."""
    since = at - ENDED_FOR
    followed = Subscription.objects.open().telling().filter(channel=OuterRef("pk"))
    lately = Subscription.objects.filter(channel=OuterRef("pk"), ended_at__gte=since)
    takes_nothing = Q(state__in=[Channel.State.DISABLED, Channel.State.ENDED])
    stopped = (
        _silent(since)
        .exclude(address="")
        .exclude(kind=Channel.Kind.BROADCAST)
        .filter(~Exists(followed) | takes_nothing, ~Exists(lately))
        .exclude(failing_since__gte=since)
    )
    ids = _some(stopped)
    Subscription.objects.filter(channel__in=ids).end(at=at, reason="forgotten")
    deliveries = Delivery.objects.filter(channel__in=ids)
    deliveries.waiting().update(state=Delivery.State.CANCELLED, skip_reason="channel not active")
    deliveries.exclude(reply_text="").update(reply_text="")  # replies repeat the address
    Baseline.objects.filter(channel__in=ids).delete()
    ended = Channel.objects.filter(pk__in=ids)
    ended.end_for_good()
    living = Channel.objects.living().filter(subscriber=OuterRef("pk"))
    left = Subscriber.objects.filter(~Exists(living), channels__in=ids)
    Subscriber.objects.blank(list(left.values_list("pk", flat=True)))
    return len(ids)


@transaction.atomic
def proof_of_what_ended(at: datetime) -> int:
    """That somebody agreed to what ended three years ago, though he still follows other things."""
    since = at - PROOF_FOR
    lately = ConsentEvent.objects.filter(subscription=OuterRef("pk"), happened_at__gte=since)
    ended = Subscription.objects.filter(~Exists(lately), ended_at__lt=since)
    return _drop_subscriptions(ended.order_by("pk")[:BATCH])


@transaction.atomic
def proof_of_who_ended(at: datetime) -> int:
    """The last that we knew of a reader who left three years ago."""
    since = at - PROOF_FOR
    lately = Subscription.objects.filter(channel=OuterRef("pk"), ended_at__gte=since)
    left = _silent(since).filter(~Exists(lately), state=Channel.State.ENDED, address="")
    return _drop_channels(_some(left))


# ---- what was told, and is over ----------------------------------------------------------------


@transaction.atomic
def old_deliveries(at: datetime) -> int:
    """What a reader was told stays known, so that later news is measured from there."""
    settled = [Delivery.State.SENT, Delivery.State.FAILED, Delivery.State.CANCELLED]
    old = Delivery.objects.filter(owed_at__lt=at - DELIVERIES_FOR, state__in=settled)
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    chosen = Delivery.objects.filter(pk__in=ids)
    remembering.keep_what_was_told(chosen.filter(state=Delivery.State.SENT))
    return roll_up(chosen)


def old_plans(at: datetime) -> int:
    over = ReminderPlan.objects.exclude(state=ReminderPlan.State.PLANNED)
    old = over.filter(fire_at__lt=at - PLANS_FOR).order_by("pk").values("pk")[:BATCH]
    return ReminderPlan.objects.filter(pk__in=[row["pk"] for row in old]).delete()[0]


def empty_buckets(at: datetime) -> int:
    names = RateBucket.objects.empty(at=at).order_by("pk").values_list("pk", flat=True)[:BATCH]
    return RateBucket.objects.empty(at=at).filter(pk__in=list(names)).delete()[0]


STEPS: list[Step] = [
    close_moves,
    unconfirmed_wishes,
    unconfirmed_channels,
    addresses_of_who_stopped,
    old_deliveries,
    proof_of_what_ended,
    proof_of_who_ended,
    old_plans,
    empty_buckets,
]


# ---- how ---------------------------------------------------------------------------------------


def _silent(since: datetime) -> ChannelQuerySet:
    """Channels with which nobody has done anything since."""
    acted = ConsentEvent.objects.filter(channel=OuterRef("pk"), happened_at__gte=since)
    return Channel.objects.filter(~Exists(acted), created_at__lt=since)


def _some(channels: ChannelQuerySet) -> list[int]:
    """The next of these, locked; asked again, for somebody may have acted meanwhile."""
    locked = _locked(channels.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return list(channels.filter(pk__in=locked).values_list("pk", flat=True))


def _locked(ids: Iterable[int]) -> list[int]:
    rows = Channel.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _drop_subscriptions(wishes: Iterable[Subscription]) -> int:
    ids = [wish.pk for wish in wishes]
    roll_up(Delivery.objects.filter(subscription__in=ids))
    ConsentEvent.objects.filter(subscription__in=ids).delete()
    Subscription.objects.filter(pk__in=ids).delete()
    return len(ids)


def _drop_channels(ids: list[int]) -> int:
    roll_up(Delivery.objects.filter(channel__in=ids))
    AddressChange.objects.filter(Q(channel__in=ids) | Q(candidate__in=ids)).delete()
    ConsentEvent.objects.filter(channel__in=ids).delete()
    Subscription.objects.filter(channel__in=ids).delete()
    channels = Channel.objects.filter(pk__in=ids)
    subscribers = list(channels.values_list("subscriber", flat=True))
    channels.delete()
    Subscriber.objects.filter(pk__in=subscribers, channels=None).delete()
    return len(ids)
