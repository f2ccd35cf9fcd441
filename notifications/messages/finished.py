"""A finished mail for one recipient: headers and parts, in bytes, the same on every try."""

from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr, quote

from django.conf import settings
from django.utils.html import escape

from notifications.messages.draft import Draft
from notifications.messages.envelope import Envelope
from notifications.messages.facts import clean
from notifications.models import Delivery, Notification

FOLD_AT = 76
NEWS = frozenset({Notification.Kind.CHANGE, Notification.Kind.REMINDER, Notification.Kind.DIGEST})


def finished(draft: Draft, envelope: Envelope) -> bytes:
    """The mail."""
    body = EmailMessage(policy=SMTP)
    own = {
        "act": envelope.links.act,
        "manage": envelope.links.manage,
        "why": clean(envelope.why),
    }
    body.set_content(filled(draft.text, draft.marks, own), cte="quoted-printable")
    html = {part: escape(words) for part, words in own.items()}
    body.add_alternative(
        filled(draft.html, draft.marks, html), subtype="html", cte="quoted-printable"
    )
    body.set_boundary(f"=_{envelope.message_id.hex}")
    return headers(draft, envelope) + body.as_bytes()


def filled(text: str, marks: Mapping[str, str], own: Mapping[str, str]) -> str:
    for part, mark in marks.items():
        text = text.replace(mark, own[part])
    return text


# ---- headers -----------------------------------------------------------------------------------


def headers(draft: Draft, envelope: Envelope) -> bytes:
    everywhere = {
        "From": f"{phrase(parseaddr(settings.MILEPOST_MAIL_FROM)[0])} <{sender_address()}>",
        "To": envelope.address,
        "Subject": draft.subject,
        "Date": format_datetime(envelope.date),
        "Message-ID": message_id(envelope),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    listed = list_headers(draft, envelope) if draft.notification.kind in NEWS else {}
    return b"".join(line(name, value) for name, value in (everywhere | listed).items())


def list_headers(draft: Draft, envelope: Envelope) -> dict[str, str]:
    """Of what goes to everybody who follows something, and can be stopped."""
    notification = draft.notification
    # All mails about a milestone hang below one root that was never sent: one thread per reader.
    root = f"<{thread(notification)}.{envelope.address_key[:16]}@{our_domain()}>"
    return {
        "In-Reply-To": root,
        "References": root,
        "List-Id": list_id(notification),
        "List-Unsubscribe": f"<{envelope.links.act}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        "Feedback-ID": f"{notification.kind}:{group(notification)}:news:milepost",
        "X-Milepost-Reason": f"following-{envelope.scope}",
        **about(draft),
    }


def thread(notification: Notification) -> str:
    milestone = notification.milestone
    return "digest" if milestone is None else f"m.{milestone.uid}"


def group(notification: Notification) -> str:
    milestone = notification.milestone
    return "digest" if milestone is None else f"programme-{milestone.programme_id}"


def list_id(notification: Notification) -> str:
    milestone = notification.milestone
    if milestone is None:
        return f'"Milepost digest" <digest.{our_domain()}>'
    return f"{phrase(milestone.title)} <m-{milestone.uid.hex}.{our_domain()}>"


def about(draft: Draft) -> dict[str, str]:
    """What a reader's filters may want to know."""
    milestone = draft.notification.milestone
    if milestone is None:
        return {}
    return {
        "X-Milepost-Milestone": milestone.slug,
        "X-Milepost-Change": str(draft.facts.get("change", "")),
    }


def line(name: str, value: str) -> bytes:
    """One header, folded only between words.

    The standard library's policies would encode a long link or Message-ID to make it shorter,
    and no mail program reads that again.
    """
    shown = clean(value)
    if shown.isascii() and (" " not in shown or len(name) + len(shown) < FOLD_AT):
        return f"{name}: {shown}\r\n".encode("ascii")
    charset = "us-ascii" if shown.isascii() else "utf-8"
    folded = Header(shown, charset, maxlinelen=FOLD_AT, header_name=name).encode(linesep="\r\n")
    return f"{name}: {folded}\r\n".encode("ascii")


def phrase(text: str) -> str:
    """A name before an address in angle brackets."""
    shown = clean(text)
    return f'"{quote(shown)}"' if shown.isascii() else Header(shown, "utf-8").encode(linesep=" ")


def message_id(message: Delivery | Envelope) -> str:
    return f"<d.{message.message_id}@{our_domain()}>"


def sender_address() -> str:
    return parseaddr(settings.MILEPOST_MAIL_FROM)[1]


def our_domain() -> str:
    return sender_address().rpartition("@")[2]
