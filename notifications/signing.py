"""Tokens for links in mails: signed, bound to one purpose, revoked by the channel's version."""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from notifications.models import AddressChange, Channel, Subscription
from notifications.models.subscription import SubscriptionQuerySet

CONFIRM_FOR = timedelta(hours=72)
MANAGE_FOR = timedelta(days=30)
_ADDRESS = "notifications.address"
_CONFIRM = "notifications.confirm"
_MANAGE = "notifications.manage"
_UNSUBSCRIBE = "notifications.unsubscribe"


class Keyed(Protocol):
    """A channel, or what is known of one: its number and the version that its tokens hold."""

    @property
    def pk(self) -> int: ...

    @property
    def version(self) -> int: ...


class TokenError(Exception):
    """The token is not one of ours for this purpose, is too old, or was revoked."""


class ExpiredToken(TokenError):
    """It was ours, but its time is over. `channel` is whom it was made for."""

    def __init__(self, channel: Channel) -> None:
        super().__init__("This token is too old.")
        self.channel = channel


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a token: a channel, and one subscription of it or all."""

    channel: Channel
    subscription: Subscription | None

    @property
    def held(self) -> SubscriptionQuerySet:
        """What the token can end: also one that was ended and begun again since."""
        open_ones = self.channel.subscriptions.open()
        return open_ones.like(self.subscription) if self.subscription else open_ones

    @property
    def is_stopped(self) -> bool:
        return not self.held.telling().filter(confirmed_at__isnull=False).exists()

    @property
    def gets_others(self) -> bool:
        """Whether its channel is told of anything still."""
        open_ones = self.channel.subscriptions.open()
        return open_ones.telling().filter(confirmed_at__isnull=False).exists()


def confirm_token(subscription: Subscription, *, asked_at: datetime) -> str:
    """Proves that the mail arrived. Good for 72 hours from `asked_at`; the same on every try."""
    parts = (subscription.channel_id, subscription.pk, subscription.channel.version)
    return _signed((*parts, int(asked_at.timestamp())), salt=_CONFIRM)


def unsubscribe_token(channel: Keyed, subscription: Subscription | int | None) -> str:
    """Never expires: the link in an old mail still has to work. The same on every try."""
    number = subscription.pk if isinstance(subscription, Subscription) else subscription or 0
    parts = (channel.pk, number, channel.version)
    return _signed(parts, salt=_UNSUBSCRIBE)


def manage_token(channel: Keyed, *, made_at: datetime) -> str:
    """Leads to all that the channel follows. The same for every mail of one day."""
    parts = (channel.pk, channel.version, made_at.astimezone(UTC).toordinal())
    return _signed(parts, salt=_MANAGE)


def address_token(channel: Keyed, *, change_id: int, side: str, asked_at: datetime) -> str:
    """Proves that one side's mailbox agrees to a change of address; good for 72 hours."""
    parts = (change_id, side, channel.version, int(asked_at.timestamp()))
    return _signed(parts, salt=_ADDRESS)


def read_confirm_token(token: str, *, at: datetime) -> Subscription:
    """The subscription to confirm. Raises ExpiredToken or TokenError."""
    channel, subscription, version, asked_at = _parts(token, salt=_CONFIRM, count=4)
    holder = _holder(channel, subscription, version)
    if holder.subscription is None:
        raise TokenError
    if at.timestamp() > asked_at + CONFIRM_FOR.total_seconds():
        raise ExpiredToken(holder.channel)
    return holder.subscription


def read_unsubscribe_token(token: str) -> Holder:
    """Whose subscription to end. Raises TokenError."""
    return _holder(*_parts(token, salt=_UNSUBSCRIBE, count=3))


def read_manage_token(token: str, *, at: datetime) -> Channel:
    """Whose page to show: good for 30 days. Raises ExpiredToken or TokenError."""
    channel, version, made_on = _parts(token, salt=_MANAGE, count=3)
    holder = _holder(channel, 0, version)
    if at.astimezone(UTC).toordinal() > made_on + MANAGE_FOR.days:
        raise ExpiredToken(holder.channel)
    return holder.channel


def read_address_token(token: str, *, at: datetime) -> tuple[AddressChange, str]:
    """What is to change, and which side agrees. Raises ExpiredToken or TokenError."""
    change_id, side, version, asked_at = _parts(token, salt=_ADDRESS, count=4)
    changes = AddressChange.objects.select_related("channel", "candidate")
    change = changes.filter(pk=change_id).first()
    if change is None:
        raise TokenError
    channel = change.channel if side == "old" else change.candidate
    if channel.version != version:
        raise TokenError
    if at.timestamp() > asked_at + CONFIRM_FOR.total_seconds():
        raise ExpiredToken(channel)
    return change, side


def _signed(parts: tuple[object, ...], *, salt: str) -> str:
    """The token that Django's `Signer` makes of an object.

    Two are made for each mail, so what is always the same of it is made once.
    """
    value = signing.b64_encode(json.dumps(parts, separators=(",", ":")).encode()).decode()
    mac = _keyed(salt, settings.SECRET_KEY).copy()
    mac.update(value.encode())
    return f"{value}:{signing.b64_encode(mac.digest()).decode()}"


@lru_cache(maxsize=8)
def _keyed(salt: str, key: str) -> hmac.HMAC:
    return salted_hmac(f"{salt}signer", "", secret=key, algorithm="sha256")


def _parts(token: str, *, salt: str, count: int) -> list[Any]:
    try:
        parts = signing.Signer(salt=salt).unsign_object(token)
    except (signing.BadSignature, ValueError):
        # What is no token at all may also fail to decode; both are answered alike.
        raise TokenError from None
    if not isinstance(parts, list) or len(parts) != count:
        raise TokenError
    return parts


def _holder(channel_id: int, subscription_id: int, version: int) -> Holder:
    channel = (
        Channel.objects.living()
        .select_related("subscriber")
        .filter(pk=channel_id, version=version)
        .first()
    )
    if channel is None:
        raise TokenError
    if not subscription_id:
        return Holder(channel, None)
    of_channel = channel.subscriptions.select_related("channel")
    subscription = of_channel.filter(pk=subscription_id).first()
    if subscription is None:
        raise TokenError
    return Holder(channel, subscription)
