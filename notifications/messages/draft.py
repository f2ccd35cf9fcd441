"""A message as it is for everybody, with marks where each recipient's own parts go."""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from notifications.models import Notification
from timeline.models import Milestone

OWN_PARTS = ("link", "why")


@dataclass(frozen=True, slots=True)
class Draft:
    """What all recipients share.

    `marks` stand in `text` and `html` for what is a recipient's own. They are random, so that
    nobody's words can pass for one.
    """

    notification: Notification
    subject: str
    text: str
    html: str
    marks: dict[str, str]


def draft(notification: Notification) -> Draft:
    """Rendered once for all recipients, from the notification's frozen facts."""
    marks = {part: f"{part}-{secrets.token_hex(12)}" for part in OWN_PARTS}
    context = {
        **notification.payload,
        "own": marks,
        "pages": pages(notification.milestone),
        "home": absolute(reverse("timeline:timeline")),
    }
    template = f"notifications/mail/{notification.kind}"
    return Draft(
        notification=notification,
        subject=" ".join(render_to_string(f"{template}.subject.txt", context).split()),
        text=without_gaps(render_to_string(f"{template}.txt", context)),
        html=render_to_string(f"{template}.html", context),
        marks=marks,
    )


def without_gaps(text: str) -> str:
    """Paragraphs one empty line apart, however many a template left."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def pages(milestone: Milestone | None) -> dict[str, str]:
    if milestone is None:
        return {}
    programme = milestone.programme.slug
    return {
        "milestone": absolute(milestone.get_absolute_url()),
        "calendar": absolute(reverse("timeline:calendar-programme", args=[programme])),
    }


def absolute(path: str) -> str:
    return urljoin(f"{settings.MILEPOST_BASE_URL}/", path)
