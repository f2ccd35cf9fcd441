"""The chat services that the operator has told us of, as channels like all others."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from notifications.models import Channel, Subscriber, Subscription
from notifications.transports.broadcast import key_of, name_of

NO_CAP = 32_767
LEFT = "left the settings"


def keep_in_step(*, at: datetime) -> None:
    """A channel for each URL of the settings, and for none that has left them. Run at each tick."""
    wanted = {key_of(url): name_of(url) for url in settings.MILEPOST_BROADCAST_URLS}
    living = Channel.objects.living().filter(kind=Channel.Kind.BROADCAST)
    known = {channel.address_key: channel for channel in living}
    for key in wanted.keys() - known.keys():
        _begin(key, wanted[key], at=at)
    for key in known.keys() - wanted.keys():
        _end(known[key], at=at)


@transaction.atomic
def _begin(key: str, name: str, *, at: datetime) -> None:
    """Told of everything. Nobody is asked: whoever may set the settings has agreed."""
    channel = Channel.objects.create(
        subscriber=Subscriber.objects.create(daily_cap=NO_CAP, created_at=at),
        kind=Channel.Kind.BROADCAST,
        address=name,
        address_key=key,
        state=Channel.State.ACTIVE,
        created_at=at,
        confirmed_at=at,
    )
    Subscription.objects.create(
        channel=channel,
        scope=Subscription.Scope.EVERYTHING,
        reminders=True,
        created_at=at,
        confirmed_at=at,
    )


@transaction.atomic
def _end(channel: Channel, *, at: datetime) -> None:
    channel.subscriptions.open().end(at=at, reason=LEFT)
    channel.state = Channel.State.ENDED
    channel.save(update_fields=["state"])
