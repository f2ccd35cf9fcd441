"""E-mail by SMTP, many messages over one connection, the server's own words on failure."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from notifications import messages
from notifications.transports.base import ChannelError, Fault, Parcel, Receipt

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
BASIC = re.compile(r"\b[45]\d\d\b")
# RFC 3463: 1.1 no such mailbox, 1.2 no such host, 1.3 no address, 1.6 moved, 1.10 takes no mail.
DEAD = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10)}
MAILBOX_FULL = (2, 2)
SECURITY_OR_POLICY = 7
OURS = {421, 454, 530, 534, 535, 538}  # it closes, or wants another log-in
TAKEN, NEVER = 2, 5  # the first digit of a reply
TRANSACTION_FAILED = 554
UNWANTED = re.compile(r"spam|policy|blocked|block ?list|blacklist|reputation", re.IGNORECASE)


def mail(draft: messages.Draft, envelope: messages.Envelope) -> Parcel:
    """A message as an e-mail, however that leaves."""
    return Parcel(
        message_id=messages.message_id(envelope),
        sender=messages.sender_address(),
        recipient=envelope.address,
        content=messages.finished(draft, envelope),
    )


class EmailTransport:
    """The relay of the EMAIL_* settings."""

    wrap = staticmethod(mail)

    @contextmanager
    def connect(self) -> Iterator["SMTPLine"]:
        with _failures_are_the_relays():
            server = _open()
        try:
            yield SMTPLine(server)
        finally:
            # What it took, it took: a relay that is gone when we say goodbye changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()


class SMTPLine:
    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server

    def carry(self, parcel: Parcel) -> Receipt:
        with _failures_are_the_relays():
            try:
                self._expect("MAIL", *self.server.mail(parcel.sender))
                self._expect("RCPT", *self.server.rcpt(parcel.recipient))
                return self._expect("DATA", *self.server.data(parcel.content))
            except smtplib.SMTPDataError as error:
                raise refusal("DATA", error.smtp_code, _text(error.smtp_error)) from error

    def _expect(self, stage: str, code: int, said: bytes) -> Receipt:
        if code // 100 == TAKEN:
            return Receipt(code, _text(said))
        with suppress(smtplib.SMTPException):
            self.server.rset()
        raise refusal(stage, code, _text(said))


def refusal(stage: str, code: int, text: str) -> ChannelError:
    """What a reply means: whose fault it is (docs/decisions/0006)."""
    return ChannelError(_fault(stage, code, text), text, code=code)


def fault_of_report(text: str) -> Fault | None:
    """The fault that a bounce tells of, where it quotes the reply of a server."""
    basic, enhanced = BASIC.search(text), ENHANCED.search(text)
    if basic:
        return refusal("RCPT", int(basic[0]), text).fault
    if enhanced:
        return refusal("RCPT", int(enhanced[1]) * 100 + 50, text).fault
    return None


def _fault(stage: str, code: int, text: str) -> Fault:
    found = ENHANCED.search(text)
    subject, detail = (int(found[2]), int(found[3])) if found else (0, 0)
    if code in OURS or (stage == "MAIL" and code // 100 == NEVER):
        # It speaks of us or of itself. A sender that is refused is refused for every mail.
        return Fault.RELAY
    if code // 100 != NEVER or (subject, detail) == MAILBOX_FULL:
        return Fault.PASSING
    if subject == SECURITY_OR_POLICY or (stage == "DATA" and _is_unwanted(code, text, subject)):
        return Fault.POLICY
    if stage == "RCPT" and ((subject, detail) in DEAD or code in (551, 553)):
        return Fault.ADDRESS
    return Fault.MESSAGE


def _is_unwanted(code: int, text: str, subject: int) -> bool:
    return (code == TRANSACTION_FAILED and not subject) or UNWANTED.search(text) is not None


def _open() -> smtplib.SMTP:
    us = {"local_hostname": DNS_NAME.get_fqdn(), "timeout": settings.EMAIL_TIMEOUT}
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, **us, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(*where, **us)
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


@contextmanager
def _failures_are_the_relays() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise ChannelError(Fault.RELAY, _text(error.smtp_error), code=error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:
        raise ChannelError(Fault.RELAY, f"{type(error).__name__}: {error}") from error


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
