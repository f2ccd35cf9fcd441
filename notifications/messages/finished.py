"""A finished mail for one recipient: headers and parts, in bytes, the same on every try."""

from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr, quote

from django.conf import settings
from django.utils.html import escape

from notifications.messages.draft import Draft, absolute
from notifications.messages.facts import clean
from notifications.models import Delivery, Notification, Subscription

FOLD_AT = 76
FOLLOWING = {
    Subscription.Scope.MILESTONE: "{}",
    Subscription.Scope.EVERYTHING: "everything on Milepost",
    Subscription.Scope.PROGRAMME: "the programme {}",
    Subscription.Scope.ORGANISATION: "the organisation {}",
    Subscription.Scope.TAG: "the tag {}",
}


def finished(draft: Draft, delivery: Delivery, *, link: str) -> bytes:
    """The mail. `link` is the one thing that it lets its reader do: stop, or confirm."""
    body = EmailMessage(policy=SMTP)
    own = {"link": absolute(link), "why": why(delivery.subscription)}
    body.set_content(filled(draft.text, draft.marks, own), cte="quoted-printable")
    html = {part: escape(words) for part, words in own.items()}
    body.add_alternative(
        filled(draft.html, draft.marks, html), subtype="html", cte="quoted-printable"
    )
    body.set_boundary(f"=_{delivery.message_id.hex}")
    return headers(draft, delivery, link=own["link"]) + body.as_bytes()


def filled(text: str, marks: Mapping[str, str], own: Mapping[str, str]) -> str:
    for part, mark in marks.items():
        text = text.replace(mark, own[part])
    return text


def why(subscription: Subscription | None) -> str:
    if subscription is None:
        return ""
    return FOLLOWING[Subscription.Scope(subscription.scope)].format(
        clean(str(subscription.follows))
    )


# ---- headers -----------------------------------------------------------------------------------


def headers(draft: Draft, delivery: Delivery, *, link: str) -> bytes:
    assert delivery.first_attempt_at is not None  # noqa: S101  (set by the claim)
    everywhere = {
        "From": f"{phrase(parseaddr(settings.MILEPOST_MAIL_FROM)[0])} <{sender_address()}>",
        "To": delivery.channel.address,
        "Subject": draft.subject,
        "Date": format_datetime(delivery.first_attempt_at),
        "Message-ID": message_id(delivery),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    is_question = draft.notification.kind == Notification.Kind.CONFIRM
    listed = {} if is_question else list_headers(draft.notification, delivery, link=link)
    return b"".join(line(name, value) for name, value in (everywhere | listed).items())


def list_headers(notification: Notification, delivery: Delivery, *, link: str) -> dict[str, str]:
    milestone = notification.milestone
    assert milestone is not None  # noqa: S101  (a constraint of the table)
    # All mails about a milestone hang below one root that was never sent: one thread per reader.
    root = f"<m.{milestone.uid}.{delivery.channel.address_key[:16]}@{our_domain()}>"
    reason = delivery.subscription.scope if delivery.subscription else ""
    return {
        "In-Reply-To": root,
        "References": root,
        "List-Id": f"{phrase(milestone.title)} <m-{milestone.uid.hex}.{our_domain()}>",
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        "Feedback-ID": f"{notification.kind}:programme-{milestone.programme_id}:news:milepost",
        "X-Milepost-Milestone": milestone.slug,
        "X-Milepost-Reason": f"following-{reason}",
        "X-Milepost-Change": str(notification.payload.get("change", "")),
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


def message_id(delivery: Delivery) -> str:
    return f"<d.{delivery.message_id}@{our_domain()}>"


def sender_address() -> str:
    return parseaddr(settings.MILEPOST_MAIL_FROM)[1]


def our_domain() -> str:
    return sender_address().rpartition("@")[2]
