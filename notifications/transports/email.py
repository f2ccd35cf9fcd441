"""E-mail by SMTP, many messages over one connection, the server's own words on failure."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from notifications import messages
from notifications.models.address import MAILBOX
from notifications.transports.base import ChannelError, Fault, Parcel, PatientLine, Receipt

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
BASIC = re.compile(r"\b[45]\d\d\b")
# RFC 3463: 1.1 no such mailbox, 1.2 no such host, 1.3 no address, 1.6 moved, 1.10 takes no mail.
DEAD = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10)}
MAILBOX_FULL = (2, 2)
SECURITY_OR_POLICY = 7
OURS = {421, 454, 530, 534, 535, 538}  # it closes, or wants another log-in
TAKEN, WAITING, NEVER = 2, 3, 5  # the first digit of a reply
CLOSING = 421
NO_BREAK = bytes(sign for sign in range(256) if sign not in b"\r\n")
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


class SMTPLine(PatientLine):
    """An open session. Where the server offers it (RFC 2920), commands go out together.

    Each answer that is waited for by itself is a way there and back.
    """

    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server
        self.together = server.has_extn("pipelining")

    def carry(self, parcel: Parcel) -> Receipt:
        with _failures_are_the_relays():
            self._announce(parcel)
            self.server.send(on_the_line(parcel.content))
            self.meanwhile()
            code, said = self.server.getreply()
            if code // 100 == TAKEN:
                return Receipt(code, _text(said))
            self._start_again()
            raise refusal("DATA", code, _text(said))

    def _announce(self, parcel: Parcel) -> None:
        """Up to where the server waits for the content."""
        commands = {
            "MAIL": f"MAIL FROM:{path(parcel.sender)}\r\n",
            "RCPT": f"RCPT TO:{path(parcel.recipient)}\r\n",
            "DATA": "DATA\r\n",
        }
        if self.together:
            self.server.send("".join(commands.values()))
        for stage, command in commands.items():
            if not self.together:
                self.server.send(command)
            code, said = self.server.getreply()
            if code // 100 != (WAITING if stage == "DATA" else TAKEN):
                if self.together and code != CLOSING:
                    self._hear_out(len(commands) - 1 - list(commands).index(stage))
                self._start_again()
                raise refusal(stage, code, _text(said))

    def _hear_out(self, answers: int) -> None:
        """What it says to the commands behind one that it refused, which decided."""
        with suppress(smtplib.SMTPException):
            for _ in range(answers):
                code, _said = self.server.getreply()
                if code // 100 == WAITING:  # for a mail to nobody (RFC 2920 §3.1)
                    self.server.send(b".\r\n")
                    self.server.getreply()

    def _start_again(self) -> None:
        with suppress(smtplib.SMTPException):
            self.server.rset()


def path(address: str) -> str:
    """An address as commands have it."""
    return f"<{address}>" if MAILBOX.fullmatch(address) else smtplib.quoteaddr(address)


def on_the_line(content: bytes) -> bytes:
    """With its end behind it, and with nothing in it that is taken for that (RFC 5321 §4.5.2)."""
    if len(content.translate(None, NO_BREAK)) != 2 * content.count(b"\r\n"):
        content = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    stuffed = b"." * content.startswith(b".") + content.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


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
