"""How a developer's webhook comes to be told: registered, then confirmed by what it receives."""

import base64
import secrets
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from notifications import limits, subscribing
from notifications.models import Channel, ConsentEvent, Subscriber, Subscription
from notifications.transports import targets

SECRET_BYTES = 32
NO_CAP = 32_767  # a server does not mind how much it is told in a day


@transaction.atomic
def register(
    url: str,
    followed: subscribing.Followed,
    *,
    reminders: bool,
    origin: subscribing.Origin,
    at: datetime,
) -> Channel:
    """A new webhook, which is owed the question whether it wants this; nothing else before.

    A URL may be registered again, each time with a secret of its own: nobody learns from it
    who else did, or gets in his way. Raises targets.Refused and limits.TooManyRequests.
    """
    targets.check(url, ours=settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS)
    refuse_floods(url, origin, at=at)
    secret = new_secret()
    channel = Channel.objects.create(
        subscriber=Subscriber.objects.create(daily_cap=NO_CAP, created_at=at),
        kind=Channel.Kind.WEBHOOK,
        address=url,
        address_key=webhook_key(url, secret),
        secret=secret,
        created_at=at,
    )
    subscription = Subscription.objects.create(
        channel=channel,
        **subscribing.scope_of(followed),
        reminders=reminders,
        created_at=at,
    )
    subscribing.record(ConsentEvent.What.ASKED, channel, subscription, origin=origin, at=at)
    subscribing.owe_the_question(subscription, at=at)
    return channel


def refuse_floods(url: str, origin: subscribing.Origin, *, at: datetime) -> None:
    """Our questions must be no weapon against whoever's server it is."""
    limits.insist(limits.WEBHOOKS_OF_A_NETWORK, origin.network, at=at)
    limits.insist(limits.WEBHOOKS_AT_A_URL, url, at=at)
    limits.insist(limits.WEBHOOKS_AT_A_HOST, str(urlsplit(url).hostname), at=at)
    limits.insist(limits.ASKS_OF_ALL, "", at=at)


def new_secret() -> str:
    """As Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def webhook_key(url: str, secret: str) -> str:
    """Says nothing to whoever lacks our key, and is another one for each registration."""
    return salted_hmac(
        "notifications.webhook",
        f"{url} {secret}",
        secret=settings.MILEPOST_ADDRESS_KEY,
        algorithm="sha256",
    ).hexdigest()
