"""Several news in one mail: what waited for it, when it is due, what it says.

A digest is a delivery like any other, of a notification of its own. What it takes along waits
*batched*, names it in `within`, and is sent when it is.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery

from notifications.messages import Section
from notifications.models import Delivery, Notification, Subscription
from notifications.models.delivery import DeliveryQuerySet
from notifications.mornings import morning
from timeline.changes import ChangeKind
from timeline.dates import zone_named
from timeline.outbox import net_change

Cadence = Subscription.Cadence
A_DAY = timedelta(days=1)
CHUNK = 200  # readers of one transaction
AT_MOST_SINGLY = 3  # more news than this, waiting for one reader at the same time, are one mail
CATCH_UP = "catch-up"


# ---- due ---------------------------------------------------------------------------------------


def build_due(*, at: datetime) -> int:
    """Make the digests whose hour has come; returns how many. A second time makes none.

    Each is keyed by the day on its reader's calendar: an hour that comes twice sends one, an
    hour that was slept through sends it later.
    """
    return sum(
        build(channels, cadence=cadence, on=slot.date(), at=at)
        for cadence, slot, waiting in due(at=at)
        for channels in in_chunks(waiting)
    )


def due(*, at: datetime) -> Iterator[tuple[str, datetime, DeliveryQuerySet]]:
    """What waited when the last hour of its readers' digests struck, by that hour on the wall."""
    batched = Delivery.objects.batched().filter(within=None)
    clocks = (
        "subscription__cadence",
        "channel__subscriber__time_zone",
        "channel__subscriber__digest_hour",
        "channel__subscriber__digest_weekday",
    )
    for clock in batched.values_list(*clocks).distinct().order_by():
        cadence, zone, hour, weekday = clock
        only_on = weekday if cadence == Cadence.WEEKLY else None
        slot = last_slot(zone=zone, hour=hour, weekday=only_on, at=at)
        waiting = batched.filter(**dict(zip(clocks, clock, strict=True)))
        # Who wants his news at once waits only for having had too many: a day at most.
        period = Cadence.WEEKLY if cadence == Cadence.WEEKLY else Cadence.DAILY
        yield period, slot, waiting.filter(owed_at__lte=slot)


def last_slot(*, zone: str, hour: int, weekday: int | None, at: datetime) -> datetime:
    """When that hour struck last, on that day of the week if one is given; in the zone."""
    here = zone_named(zone)
    day = at.astimezone(here).date()
    while (weekday and day.isoweekday() != weekday) or morning(day, hour=hour, zone=zone) > at:
        day -= A_DAY
    return morning(day, hour=hour, zone=zone).astimezone(here)


def in_chunks(waiting: DeliveryQuerySet) -> Iterator[list[int]]:
    """The channels, some at a time, by their numbers."""
    last = 0
    channels = waiting.order_by("channel").values_list("channel", flat=True).distinct()
    while chunk := list(channels.filter(channel__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1]


# ---- built -------------------------------------------------------------------------------------


@transaction.atomic
def build(channels: Iterable[int], *, cadence: str, on: date, at: datetime) -> int:
    """One digest for each of these channels that has none of that day yet; returns how many."""
    keys = {f"digest:{channel}:{cadence}:{on}": channel for channel in channels}
    known = set(Notification.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = {key: channel for key, channel in keys.items() if key not in known}
    waiting = Delivery.objects.batched().filter(within=None, channel__in=fresh.values())
    weekly = Q(subscription__cadence=Cadence.WEEKLY)
    members = waiting.filter(weekly if cadence == Cadence.WEEKLY else ~weekly)
    _make(fresh, members, payload={"period": str(cadence), "on": on.isoformat()}, at=at)
    return len(fresh)


@transaction.atomic
def catch_up(channels: Iterable[int], *, at: datetime) -> int:
    """All that is due for these channels and was never tried leaves as one mail, at once."""
    waiting = Delivery.objects.untouched().due(at=at).mergeable().filter(channel__in=channels)
    # Of each channel the first that waits gives the mail its key.
    firsts = dict(waiting.order_by("channel", "-pk").values_list("channel", "pk"))
    keys = {f"digest:{channel}:{CATCH_UP}:{pk}": channel for channel, pk in firsts.items()}
    _make(keys, waiting, payload={"period": CATCH_UP, "on": at.date().isoformat()}, at=at)
    return len(keys)


def crowded(channels: Iterable[int], *, lease: UUID, at: datetime) -> list[int]:
    """Those of the channels for which more is due, or held, than is wanted one by one."""
    held_or_due = Q(lease_token=lease, attempts=1) | Q(
        state=Delivery.State.QUEUED, first_attempt_at=None, next_attempt_at__lte=at
    )
    at_once = Delivery.objects.mergeable().filter(held_or_due, channel__in=channels)
    counted = at_once.order_by().values("channel").annotate(count=Count("pk"))
    return list(counted.filter(count__gt=AT_MOST_SINGLY).values_list("channel", flat=True))


def _make(
    keys: dict[str, int], members: DeliveryQuerySet, *, payload: dict[str, str], at: datetime
) -> None:
    ids = list(members.values_list("pk", flat=True))
    notifications = Notification.objects.bulk_create(
        Notification(
            key=key,
            kind=Notification.Kind.DIGEST,
            state=Notification.State.EXPANDED,
            payload=payload,
            noted_at=at,
        )
        for key in keys
    )
    Delivery.objects.bulk_create(
        Delivery(notification=one, channel_id=channel, owed_at=at, next_attempt_at=at)
        for one, channel in zip(notifications, keys.values(), strict=True)
    )
    digest = Delivery.objects.filter(
        notification__in=[one.pk for one in notifications], channel=OuterRef("channel")
    )
    taken = Delivery.objects.filter(pk__in=ids)
    taken.update(state=Delivery.State.BATCHED, within=Subquery(digest.values("pk")[:1]))


# ---- said --------------------------------------------------------------------------------------


def sections(digest: int, *, at: datetime) -> list[Section]:
    """What the digest has to say: of each milestone the net news, where any is left.

    And what it reminds of, unless that is over.
    """
    members = (
        Delivery.objects.filter(within=digest, subscription__ended_at=None)
        .select_related(
            "notification__milestone__programme",
            "notification__revision__statement__source",
            "notification__revision__statement__milestone",
            "notification__revision__milestone",
            "base__statement__milestone",
        )
        .order_by("notification")
    )
    of_news: dict[int, list[Delivery]] = {}
    reminders: list[Delivery] = []
    for member in members:
        if member.notification.kind == Notification.Kind.REMINDER:
            reminders.append(member)
        else:
            of_news.setdefault(member.notification.milestone_id or 0, []).append(member)
    news = [_news(same[0], same[-1]) for same in of_news.values()]
    near = [_reminder(one) for one in reminders if not one.notification.is_over(at=at)]
    return [section for section in (*news, *near) if section is not None]


def _news(first: Delivery, last: Delivery) -> Section | None:
    milestone, revision = last.notification.milestone, last.notification.revision
    assert milestone is not None and revision is not None  # noqa: S101, PT018  (it is news)
    if net_change(first.base, revision).kind is ChangeKind.UNCHANGED:
        return None
    return Section(milestone, first.base, revision)


def _reminder(member: Delivery) -> Section | None:
    told = member.notification
    if told.milestone is None or told.revision is None:
        return None
    return Section(told.milestone, None, told.revision, reminder=told.payload)
