"""Several news in one mail: each is the net change from what this reader knew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.messages.draft import Draft, pages, rendered
from notifications.messages.facts import net_facts
from notifications.models import Notification
from timeline.models import Milestone, Revision


@dataclass(frozen=True, slots=True)
class Section:
    """The news of one milestone: from `base`, which the reader knew, to `revision`."""

    milestone: Milestone
    base: Revision | None
    revision: Revision

    @property
    def place(self) -> tuple[date, int, int, int]:
        """Where it stands in the timeline (`MilestoneQuerySet.in_order`)."""
        one = self.revision
        first = one.nominal_earliest or date.min
        instant = int(one.instant.timestamp()) if one.instant else date.max.toordinal() * 86_400
        return one.nominal_latest, -first.toordinal(), instant, self.milestone.pk


def digest_draft(
    notification: Notification, sections: Sequence[Section], *, language: str = "en"
) -> Draft:
    """The news of all sections, in the order of the timeline."""
    items = [
        {**net_facts(one.base, one.revision), **pages(one.milestone)}
        for one in sorted(sections, key=lambda one: one.place)
    ]
    only = items[0] if len(items) == 1 else None
    news = f"{only['title']}: {only['news']}" if only else f"Milepost: {len(items)} dates changed"
    facts = {**notification.payload, "news": news, "items": items, "language": language}
    return rendered(notification, facts)
