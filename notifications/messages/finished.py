"""A finished mail for one recipient, in bytes, the same on every try."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape

from notifications.messages.cleaning import clean
from notifications.messages.draft import Draft
from notifications.messages.envelope import Envelope
from notifications.messages.headers import folded
from notifications.messages.splicing import Slot, quoted_printable, spliced


def finished(draft: Draft, envelope: Envelope) -> bytes:
    """The mail: what all share, joined with what is this recipient's own."""
    return spliced(draft.pieces, own(envelope))


def own(envelope: Envelope) -> Mapping[Slot, bytes]:
    links = envelope.links
    text_why, html_why = why_in_both(envelope.why)
    text_act, html_act = in_both(links.act)
    text_manage, html_manage = in_both(links.manage)
    return {
        Slot.ADDRESS: folded("To", envelope.address),
        Slot.DATE: date_in_header(envelope.date),
        Slot.MESSAGE: str(envelope.message_id).encode("ascii"),
        Slot.BOUNDARY: envelope.message_id.hex.encode("ascii"),
        Slot.READER: folded("", envelope.address_key[:16]),
        Slot.REASON: reason_in_header(envelope.scope),
        Slot.STOP: folded("", links.act),
        Slot.TEXT_ACT: text_act,
        Slot.TEXT_MANAGE: text_manage,
        Slot.TEXT_WHY: text_why,
        Slot.HTML_ACT: html_act,
        Slot.HTML_MANAGE: html_manage,
        Slot.HTML_WHY: html_why,
    }


def in_both(words: str) -> tuple[bytes, bytes]:
    """The value as it stands in a text and in HTML."""
    shown = clean(words)
    text = quoted_printable(shown)
    escaped = escape(shown)
    return text, text if escaped == shown else quoted_printable(escaped)


# What a reader follows, and when a chunk was first tried, is the same for many.


@lru_cache(maxsize=1024)
def why_in_both(why: str) -> tuple[bytes, bytes]:
    return in_both(clean(why) or "what you chose on Milepost")


@lru_cache(maxsize=64)
def reason_in_header(scope: str) -> bytes:
    return folded("", f"following-{scope}" if scope else "following")


@lru_cache(maxsize=64)
def date_in_header(date: datetime) -> bytes:
    return format_datetime(date).encode("ascii")
