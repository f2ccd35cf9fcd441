"""The headers of a mail: what readers sort by, what lets them stop, what keeps robots quiet."""

from collections.abc import Iterator, Mapping
from email.header import Header
from email.utils import parseaddr, quote
from functools import lru_cache

from django.conf import settings

from notifications.messages.cleaning import clean
from notifications.messages.envelope import Envelope
from notifications.messages.facts import Facts
from notifications.messages.splicing import Piece, Slot
from notifications.models import Delivery, Notification

FOLD_AT = 76
NEWS = frozenset({Notification.Kind.CHANGE, Notification.Kind.REMINDER, Notification.Kind.DIGEST})


def headers(notification: Notification, facts: Facts, *, subject: str) -> Iterator[Piece]:
    """All of them, up to those that say how the body is built."""
    domain = our_domain().encode()
    yield line("From", f"{phrase(mailbox(settings.MILEPOST_MAIL_FROM)[0])} <{sender_address()}>")
    yield from (b"To: ", Slot.ADDRESS, b"\r\n")
    if settings.MILEPOST_REPLY_TO:
        yield line("Reply-To", settings.MILEPOST_REPLY_TO)
    yield line("Subject", subject)
    yield from (b"Date: ", Slot.DATE, b"\r\n")
    yield from (b"Message-ID: <d.", Slot.MESSAGE, b"@" + domain + b">\r\n")
    for name, value in for_machines(notification, facts).items():
        yield line(name, value)
    if notification.kind in NEWS:
        yield from threading(thread(notification).encode(), domain)
        yield from (b"List-Unsubscribe: <", Slot.STOP, b">\r\n")
        yield from (b"X-Milepost-Reason: ", Slot.REASON, b"\r\n")


def threading(thread: bytes, domain: bytes) -> Iterator[Piece]:
    """All mails of a thread hang below one root that was never sent, each reader's his own."""
    for name in (b"In-Reply-To", b"References"):
        yield from (name + b": <" + thread + b".", Slot.READER, b"@" + domain + b">\r\n")


def for_machines(notification: Notification, facts: Facts) -> Mapping[str, str]:
    """What is the same for all readers. Only what can be stopped has the marks of a list."""
    kind, group = notification.kind, group_of(notification, facts)
    everywhere = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Feedback-ID": f"{kind}:{group}:{'news' if kind in NEWS else 'letters'}:milepost",
        "X-Milepost-Kind": kind,
    }
    if kind not in NEWS:
        return everywhere
    return everywhere | {
        "List-Id": list_id(notification, facts),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        **for_filters(notification, facts),
    }


def for_filters(notification: Notification, facts: Facts) -> dict[str, str]:
    milestone = notification.milestone
    told = {
        "X-Milepost-Milestone": milestone.slug if milestone else "",
        "X-Milepost-Change": "correction" if facts.get("is_correction") else facts.get("change"),
        "X-Milepost-Reminder": facts.get("anchor"),
        "X-Milepost-Digest": facts.get("period"),
    }
    return {name: str(value) for name, value in told.items() if value}


def thread(notification: Notification) -> str:
    milestone = notification.milestone
    return "digest" if milestone is None else f"m.{milestone.uid}"


def group_of(notification: Notification, facts: Facts) -> str:
    """What complaints are counted by: never anything of one reader's."""
    milestone = notification.milestone
    return str(facts.get("period", "")) if not milestone else f"programme-{milestone.programme_id}"


def list_id(notification: Notification, facts: Facts) -> str:
    milestone = notification.milestone
    if milestone is None:
        return f'"Milepost digest" <digest.{our_domain()}>'
    title = str(facts.get("title") or milestone.title)
    return f"{phrase(title)} <m-{milestone.uid.hex}.{our_domain()}>"


# ---- how ---------------------------------------------------------------------------------------


def line(name: str, value: str) -> bytes:
    return b"%b: %b\r\n" % (name.encode("ascii"), folded(name, value))


def folded(name: str, value: str) -> bytes:
    """The value of a header, folded only between words.

    The standard library's policies would encode a long link or Message-ID to make it shorter,
    and no mail program reads that again.
    """
    shown = clean(value)
    if shown.isascii() and (" " not in shown or len(name) + len(shown) < FOLD_AT):
        return shown.encode("ascii")
    charset = "us-ascii" if shown.isascii() else "utf-8"
    header = Header(shown, charset, maxlinelen=FOLD_AT, header_name=name)
    return header.encode(linesep="\r\n").encode("ascii")


def phrase(text: str) -> str:
    """A name before an address in angle brackets."""
    shown = clean(text)
    return f'"{quote(shown)}"' if shown.isascii() else Header(shown, "utf-8").encode(linesep=" ")


def message_id(message: Delivery | Envelope) -> str:
    return f"<d.{message.message_id}@{our_domain()}>"


def sender_address() -> str:
    return mailbox(settings.MILEPOST_MAIL_FROM)[1]


def our_domain() -> str:
    return sender_address().rpartition("@")[2]


@lru_cache(maxsize=16)
def mailbox(text: str) -> tuple[str, str]:
    return parseaddr(text)
