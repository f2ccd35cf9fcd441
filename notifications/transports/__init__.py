"""The code that carries a message."""

from pathlib import Path

from django.conf import settings

from notifications.transports.base import Transport
from notifications.transports.email import EmailTransport
from notifications.transports.folder import FolderTransport


def configured() -> Transport:
    """The folder while there is one (nothing leaves a laptop), else the mail relay."""
    if settings.MILEPOST_OUTBOX_DIR:
        return FolderTransport(Path(settings.MILEPOST_OUTBOX_DIR))
    return EmailTransport()
