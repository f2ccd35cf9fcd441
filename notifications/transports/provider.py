"""E-mail by a provider's HTTP API, through the backend of django-anymail that is configured."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage as Read
from http import HTTPStatus

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notifications.transports.base import ChannelError, Fault, Parcel, Receipt
from notifications.transports.email import mail

# These a provider writes itself, from what it is told otherwise.
ITS_OWN = {"from", "to", "subject", "date", "mime-version"}
# About this mail, or about its sender; the answer does not say which, and it is lost in neither.
DOUBTFUL = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class ProviderTransport:
    wrap = staticmethod(mail)

    @contextmanager
    def connect(self) -> Iterator["ProviderLine"]:
        backend = get_connection(settings.MILEPOST_MAIL_BACKEND)
        with _failures_have_a_fault():
            backend.open()
        try:
            yield ProviderLine(backend)
        finally:
            backend.close()


class ProviderLine:
    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def carry(self, parcel: Parcel) -> Receipt:
        message = unpacked(parcel)
        with _failures_have_a_fault():
            self.backend.send_messages([message])
        status = getattr(message, "anymail_status", None)
        return Receipt(HTTPStatus.OK, f"taken as {status.message_id}" if status else "taken")


def unpacked(parcel: Parcel) -> EmailMultiAlternatives:
    """The mail as Django knows it. What is reported of it later brings `delivery` along."""
    read = message_from_bytes(parcel.content, _class=Read, policy=policy.default)
    own = {
        name: str(value)
        for name, value in read.items()
        if name.lower() not in ITS_OWN and not name.lower().startswith("content-")
    }
    message = EmailMultiAlternatives(
        subject=str(read["Subject"]),
        body=_part(read, "plain"),
        from_email=str(read["From"]),
        to=[parcel.recipient],
        headers=own,
    )
    message.attach_alternative(_part(read, "html"), "text/html")
    number = parcel.message_id.partition("@")[0].removeprefix("<d.")
    message.metadata = {"delivery": number}  # type: ignore[attr-defined]  # anymail's own
    return message


def _part(read: Read, subtype: str) -> str:
    part = read.get_body((subtype,))
    return part.get_content() if isinstance(part, Read) else ""


@contextmanager
def _failures_have_a_fault() -> Iterator[None]:
    try:
        yield
    except AnymailRecipientsRefused as error:
        raise ChannelError(Fault.ADDRESS, "the provider refuses this address") from error
    except AnymailAPIError as error:
        raise _refusal(error) from error
    except AnymailError as error:
        raise ChannelError(Fault.MESSAGE, f"{type(error).__name__}: {error}") from error
    except OSError as error:
        raise ChannelError(Fault.RELAY, f"{type(error).__name__}: {error}") from error


def _refusal(error: AnymailAPIError) -> ChannelError:
    """A key that is wrong, a limit, a fault of theirs: all mails would fare alike."""
    fault = Fault.RELAY
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        fault = Fault.MESSAGE
    elif error.status_code in DOUBTFUL:
        fault = Fault.POLICY
    return ChannelError(fault, " ".join(str(error).split()), code=error.status_code)
