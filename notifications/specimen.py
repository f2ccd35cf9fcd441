"""A mail as one reader would get it, to look at before it leaves."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from notifications import messages
from notifications.models import Notification
from timeline.models import Revision

_ADDRESS = "reader@example.org"
_NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Specimen:
    """Subject and both bodies, as they would arrive."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return str(body.get_content()) if isinstance(body, EmailMessage) else ""


def specimen(
    notification: Notification, *, base: Revision | None, at: datetime, language: str = "en"
) -> Specimen:
    """The mail to a reader who knew `base`. Its links lead nowhere: they are nobody's."""
    draft = messages.draft(notification, base=base, language=language)
    nowhere = messages.absolute("/")
    envelope = messages.Envelope(
        message_id=_NOBODY,
        address=_ADDRESS,
        address_key="0" * 16,
        date=at,
        why=str(notification.milestone or ""),
        scope="milestone",
        links=messages.Links(act=nowhere, manage=nowhere),
    )
    finished = messages.finished(draft, envelope)
    return Specimen(message_from_bytes(finished, policy=policy.default))
