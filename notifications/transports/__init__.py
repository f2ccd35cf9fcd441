"""The code that carries a message. A new channel is one file here and one line in BY_KIND."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from notifications.models import Channel
from notifications.transports.base import Transport
from notifications.transports.broadcast import BroadcastTransport
from notifications.transports.email import EmailTransport
from notifications.transports.folder import FolderTransport
from notifications.transports.provider import ProviderTransport
from notifications.transports.webhook import WebhookTransport


def mails() -> Transport:
    """The folder while there is one (no mail leaves a laptop), else a provider or the relay."""
    if settings.MILEPOST_OUTBOX_DIR:
        return FolderTransport(Path(settings.MILEPOST_OUTBOX_DIR))
    return ProviderTransport() if settings.MILEPOST_MAIL_BACKEND else EmailTransport()


BY_KIND: dict[Channel.Kind, Callable[[], Transport]] = {
    Channel.Kind.EMAIL: mails,
    Channel.Kind.WEBHOOK: WebhookTransport,
    Channel.Kind.BROADCAST: BroadcastTransport,
}


def for_kind(kind: str) -> Transport:
    return BY_KIND[Channel.Kind(kind)]()
