"""A message as it is for everybody, with marks where each recipient's own parts go."""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from notifications.messages.facts import Facts, net_facts
from notifications.models import Notification, Subscriber
from timeline.models import Milestone, Revision

OWN_PARTS = ("act", "manage", "why")


@dataclass(frozen=True, slots=True)
class Draft:
    """What all recipients of one variant share.

    `facts` say the same without a layout, as values that JSON knows. `marks` stand in `text`
    and `html` for what is a recipient's own. They are random, so that nobody's words can pass
    for one.
    """

    notification: Notification
    facts: Facts
    subject: str
    text: str
    html: str
    marks: dict[str, str]


def draft(
    notification: Notification,
    *,
    base: Revision | None = None,
    language: str = "en",
    subject: str = "news",
) -> Draft:
    """Rendered once for all recipients of a variant.

    The news is that from `base`, which its readers knew; without one, what was frozen in the
    notification. `language` is that of dates, `subject` whether it says the news.
    """
    revision = notification.revision
    is_net = base is not None and revision is not None
    news = net_facts(base, revision) if is_net and revision else notification.payload
    facts = {**news, **pages(notification.milestone), "language": language}
    return rendered(notification, facts, subject=subject)


def rendered(notification: Notification, facts: Facts, *, subject: str = "news") -> Draft:
    marks = {part: f"{part}-{secrets.token_hex(12)}" for part in OWN_PARTS}
    context = {**facts, "own": marks, "home": absolute(reverse("timeline:timeline"))}
    template = f"notifications/mail/{notification.kind}"
    is_stable = subject == Subscriber.Subject.STABLE and "title" in facts
    return Draft(
        notification=notification,
        facts=facts,
        subject=str(facts["title"]) if is_stable else one_line(f"{template}.subject.txt", context),
        text=without_gaps(render_to_string(f"{template}.txt", context)),
        html=render_to_string(f"{template}.html", context),
        marks=marks,
    )


def one_line(template: str, context: dict[str, object]) -> str:
    return " ".join(render_to_string(template, context).split())


def without_gaps(text: str) -> str:
    """Paragraphs one empty line apart, however many a template left."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def pages(milestone: Milestone | None) -> dict[str, str]:
    if milestone is None:
        return {}
    programme = milestone.programme.slug
    return {
        "url": absolute(milestone.get_absolute_url()),
        "calendar_url": absolute(reverse("timeline:calendar-programme", args=[programme])),
    }


def absolute(path: str) -> str:
    return urljoin(f"{settings.MILEPOST_BASE_URL}/", path)
