"""Tokens for links in mails: signed, bound to one purpose, revoked by the channel's version."""

from django.core import signing

from notifications.models import Channel, Subscription


def unsubscribe_token(channel: Channel, subscription: Subscription | None) -> str:
    """Never expires: the link in an old mail still has to work. The same on every try."""
    parts = (channel.pk, subscription.pk if subscription else 0, channel.version)
    return signing.Signer(salt="notifications.unsubscribe").sign_object(parts)
