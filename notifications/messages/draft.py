"""A message as it is for everybody, with slots where each recipient's own parts go."""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from notifications.messages.facts import Facts, frozen_facts, net_facts
from notifications.messages.headers import headers
from notifications.messages.letters import letter_facts
from notifications.messages.links import absolute, pages_of
from notifications.messages.splicing import Piece, Slot, encoded, welded
from notifications.models import Notification, Subscriber
from timeline.models import Revision

_CHANGE = Notification.Kind.CHANGE
OWN_IN_TEXT = {"act": Slot.TEXT_ACT, "manage": Slot.TEXT_MANAGE, "why": Slot.TEXT_WHY}
OWN_IN_HTML = {"act": Slot.HTML_ACT, "manage": Slot.HTML_MANAGE, "why": Slot.HTML_WHY}


@dataclass(frozen=True, slots=True)
class Draft:
    """What all recipients of one variant share.

    `pieces` are the mail, encoded. `facts` say the same without a layout, as values that JSON
    knows: for what is no mail.
    """

    notification: Notification
    facts: Facts
    subject: str
    pieces: tuple[Piece, ...]


def draft(
    notification: Notification,
    *,
    base: Revision | None = None,
    language: str = "en",
    subject: str = "news",
) -> Draft:
    """Rendered once for all recipients of a variant.

    The news of a change is that from `base`, which its readers knew; without one, what was
    frozen in the notification. `language` is that of dates, `subject` whether it says the news.
    """
    facts = {"is_correction": False, "language": language}
    if notification.milestone is None:
        return drafted(notification, facts | letter_facts(notification))
    if base is None or notification.revision is None or notification.kind != _CHANGE:
        facts |= frozen_facts(notification.payload, language=language)
    else:
        facts |= net_facts(base, notification.revision, language=language)
    return drafted(notification, facts | pages_of(notification.milestone), subject=subject)


def drafted(notification: Notification, facts: Facts, *, subject: str = "news") -> Draft:
    template = f"notifications/mail/{notification.kind}"
    title, is_stable = facts.get("title", ""), subject == Subscriber.Subject.STABLE
    # Random, so that nobody's words can pass for one.
    marks = {part: f"{part}-{secrets.token_hex(12)}" for part in OWN_IN_TEXT}
    context = {
        **facts,
        "own": marks,
        # Who is not told the news by the subject is told it by the first line.
        "headline": f"{title}: {facts.get('news')}" if is_stable else title,
        "in_dates": language_mark(str(facts["language"])),
        "home": absolute(reverse("timeline:timeline")),
        "postal_address": settings.MILEPOST_POSTAL_ADDRESS,
    }
    says_news = " ".join(render_to_string(f"{template}.subject.txt", context).split())
    told = str(title) if is_stable and title else says_news
    text = without_gaps(render_to_string(f"{template}.txt", context))
    html = render_to_string(f"{template}.html", context)
    pieces = (
        *headers(notification, facts, subject=told),
        *body(
            encoded(text, {marks[part]: slot for part, slot in OWN_IN_TEXT.items()}),
            encoded(html, {marks[part]: slot for part, slot in OWN_IN_HTML.items()}),
        ),
    )
    return Draft(notification, facts, told, welded(pieces))


def body(text: Iterable[Piece], html: Iterable[Piece]) -> Iterator[Piece]:
    """The parts of a multipart/alternative. No encoded line can be its boundary: `=_`."""
    yield b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="=_'
    yield from (Slot.BOUNDARY, b'"\r\n\r\n')
    for kind, part in ((b"plain", text), (b"html", html)):
        yield from (b"--=_", Slot.BOUNDARY, b"\r\n")
        yield b"Content-Type: text/" + kind + b'; charset="utf-8"\r\n'
        yield b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        yield from (*part, b"\r\n")
    yield from (b"--=_", Slot.BOUNDARY, b"--\r\n")


def language_mark(language: str) -> str:
    """The attribute of an element whose dates are in another language than the mail."""
    return "" if language == "en" else format_html(' lang="{}"', language)


def without_gaps(text: str) -> str:
    """Paragraphs one empty line apart, however many a template left."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
