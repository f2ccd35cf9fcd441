"""Who would be told of an announcement that is still held. Counted by the database, not built."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Min, QuerySet
from django.db.models.functions import Mod

from notifications import fanout, messages
from notifications.knowing import Group, base_of_news, groups
from notifications.models import Channel, Notification, Subscription
from notifications.models.subscription import BREADTH, SubscriptionQuerySet
from timeline.changes import is_news
from timeline.models import Announcement, Revision

_LARGE = 10**12  # more than there are subscriptions
_LATEST = 2**62  # a number that no notification has
_CADENCES = dict(Subscription.Cadence.choices)
_KINDS = dict(Channel.Kind.choices)


@dataclass(frozen=True, slots=True)
class Share:
    """So many readers who are told in one way."""

    cadence: str
    kind: str
    count: int

    @property
    def how(self) -> str:
        return f"{_KINDS[self.kind]}, {_CADENCES[self.cadence]}"


@dataclass(frozen=True, slots=True)
class Variant:
    """Those who knew the same, and are told of the way from there."""

    base: Revision | None
    is_correction: bool
    count: int


@dataclass(frozen=True, slots=True)
class Audience:
    """`following` are those who wait for news of the milestone, `told` those who get this."""

    notification: Notification
    following: int
    shares: list[Share]
    variants: list[Variant]

    @property
    def told(self) -> int:
        return sum(share.count for share in self.shares)

    @property
    def not_told(self) -> int:
        return self.following - self.told


def as_noted(announcement: Announcement) -> Notification:
    """The notification that it would become now. It is not saved."""
    milestone, revision = announcement.milestone, announcement.to_revision
    return Notification(
        pk=_LATEST,
        kind=Notification.Kind.CHANGE,
        milestone=milestone,
        revision=revision,
        base=base_of_news(milestone, before=announcement.from_revision),
        quiet=not is_news(announcement.change, after=revision.date),
        payload=messages.change_facts(announcement),
    )


def of(announcement: Announcement) -> Audience:
    """Who would be told if it left now: exactly those whom the fan-out would owe it."""
    notification = as_noted(announcement)
    waiting = fanout.audience(notification, live=Subscription.objects.live())
    parts = [(group, _counted(group.told)) for group in groups(waiting, notification)]
    total: Counter[tuple[str, str]] = Counter()
    for _, counts in parts:
        total.update(counts)
    return Audience(
        notification=notification,
        following=_channels(waiting),
        shares=[Share(*way, count) for way, count in total.most_common()],
        variants=[_variant(group, sum(counts.values())) for group, counts in parts if counts],
    )


def _variant(group: Group, count: int) -> Variant:
    assert group.verdict is not None  # noqa: S101  (somebody is told)
    base = group.verdict.base
    return Variant(
        base, is_correction=base is not None and base.statement.is_withdrawn, count=count
    )


def _counted(told: SubscriptionQuerySet) -> Counter[tuple[str, str]]:
    """How many channels, by cadence and kind: of each the narrowest subscription counts."""
    narrowest = Min(BREADTH * _LARGE + F("pk"))
    firsts = told.order_by().values("channel").annotate(first=narrowest)
    chosen = Subscription.objects.filter(pk__in=firsts.values(one=Mod("first", _LARGE)))
    rows: QuerySet[Subscription, tuple[str, str, int]] = (
        chosen.order_by()
        .values("cadence", "channel__kind")
        .annotate(count=Count("pk"))
        .values_list("cadence", "channel__kind", "count")
    )
    return Counter({(cadence, kind): count for cadence, kind, count in rows})


def _channels(waiting: SubscriptionQuerySet) -> int:
    return waiting.order_by().values("channel").distinct().count()
