"""How often the look of a calendar has changed without its milestones: by its owner, or by us.

Apps take up an entry only with a later LAST-MODIFIED, and GNOME only with that or a higher
SEQUENCE. So either change raises both, in every entry.
"""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """How often, and when last, the options of a feed were changed."""

    number: int = 0
    changed_at: datetime | None = None


UNTOUCHED = Settings()


@dataclass(frozen=True, slots=True)
class Rendering:
    """How often, and when last, our words or the form of an entry were changed."""

    number: int
    changed_at: datetime


# Raise both with every change of what an entry says or how; a test asks for it.
RENDERING = Rendering(number=0, changed_at=datetime(2025, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Raised:
    """By how much, and until when, the settings of a feed and our rendering raise an entry."""

    number: int
    changed_at: datetime


def raised(settings: Settings) -> Raised:
    moments = [RENDERING.changed_at, *([settings.changed_at] if settings.changed_at else [])]
    changed_at = max(moments).astimezone(UTC).replace(microsecond=0)
    return Raised(settings.number + RENDERING.number, changed_at)


def stamp(moment: datetime) -> bytes:
    """As it stands in a calendar; later ones sort later."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()
