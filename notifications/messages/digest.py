"""Several news in one mail: each is the net change from what this reader knew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.messages.draft import Draft, drafted
from notifications.messages.facts import Facts, frozen_facts, net_facts
from notifications.messages.links import pages_of
from notifications.models import Notification, Subscriber
from timeline.models import Milestone, Revision
from timeline.wording.telling import IN

CHANGED, NEAR, BOTH = "changed", "come near", "changed or come near"
_STABLE_SUBJECT = "Milepost digest"
_OCCASIONS = {"daily": "Daily digest", "weekly": "Weekly digest", "catch-up": "Catch-up"}


@dataclass(frozen=True, slots=True)
class Section:
    """The news of one milestone: from `base`, which the reader knew, to `revision`.

    Or what it is reminded of: the facts that were frozen when that was noted.
    """

    milestone: Milestone
    base: Revision | None
    revision: Revision
    reminder: Facts | None = None

    @property
    def place(self) -> tuple[date, int, float, int]:
        """Where it stands in the timeline, as `MilestoneQuerySet.in_order` has it."""
        one = self.revision
        first = one.nominal_earliest or date.min
        instant = one.instant.timestamp() if one.instant else float("inf")
        return one.nominal_latest, -first.toordinal(), instant, self.milestone.pk


def digest_draft(
    notification: Notification,
    sections: Sequence[Section],
    *,
    language: str = "en",
    subject: str = "news",
) -> Draft:
    """The news of all sections, in the order of the timeline."""
    in_order = sorted(sections, key=lambda section: section.place)
    items = [facts_of(section, language=language) for section in in_order]
    period, on = notification.payload["period"], notification.payload["on"]
    facts: Facts = {
        "language": language,
        "period": period,
        "on": on,
        "occasion": _OCCASIONS[period],
        "on_words": IN[language].day_words(date.fromisoformat(on)),
        "news": subject_words(items),
        "heading": heading(items),
        "items": items,
        "is_correction": any(item["is_correction"] for item in items),
    }
    named = {"title": _STABLE_SUBJECT} if subject == Subscriber.Subject.STABLE else {}
    return drafted(notification, facts | named, subject=subject)


def facts_of(section: Section, *, language: str) -> Facts:
    if section.reminder is not None:
        frozen = frozen_facts(section.reminder, language=language)
        told = {"kind": "reminder", "amount": frozen["line"], "is_correction": False}
        return frozen | told | pages_of(section.milestone)
    news = net_facts(section.base, section.revision, language=language)
    return news | pages_of(section.milestone)


def subject_words(items: Sequence[Facts]) -> str:
    if len(items) == 1:
        return f"{items[0]['title']}: {items[0]['news']}"
    return f"Milepost: {len(items)} dates {_what_of_them(items)}"


def heading(items: Sequence[Facts]) -> str:
    return {
        CHANGED: "What changed since we last wrote",
        NEAR: "What comes near",
        BOTH: "What changed since we last wrote, and what comes near",
    }[_what_of_them(items)]


def _what_of_them(items: Sequence[Facts]) -> str:
    near = sum(item["kind"] == "reminder" for item in items)
    return (NEAR if near == len(items) else BOTH) if near else CHANGED
