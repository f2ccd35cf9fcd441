"""Several news in one mail: each is the net change from what this reader knew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.messages.draft import Draft, drafted
from notifications.messages.facts import Facts, net_facts
from notifications.messages.links import pages_of
from notifications.models import Notification
from timeline.models import Milestone, Revision
from timeline.wording.telling import IN

_OCCASIONS = {"daily": "Daily digest", "weekly": "Weekly digest", "catch-up": "Catch-up"}


@dataclass(frozen=True, slots=True)
class Section:
    """The news of one milestone: from `base`, which the reader knew, to `revision`."""

    milestone: Milestone
    base: Revision | None
    revision: Revision

    @property
    def place(self) -> tuple[date, int, float, int]:
        """Where it stands in the timeline, as `MilestoneQuerySet.in_order` has it."""
        one = self.revision
        first = one.nominal_earliest or date.min
        instant = one.instant.timestamp() if one.instant else float("inf")
        return one.nominal_latest, -first.toordinal(), instant, self.milestone.pk


def digest_draft(
    notification: Notification, sections: Sequence[Section], *, language: str = "en"
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
        "items": items,
        "is_correction": any(item["is_correction"] for item in items),
    }
    return drafted(notification, facts)


def facts_of(section: Section, *, language: str) -> Facts:
    news = net_facts(section.base, section.revision, language=language)
    return news | pages_of(section.milestone)


def subject_words(items: Sequence[Facts]) -> str:
    if len(items) == 1:
        return f"{items[0]['title']}: {items[0]['news']}"
    return f"Milepost: {len(items)} dates changed"
