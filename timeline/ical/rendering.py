"""How often the look of a calendar has changed without its milestones: by its owner, or by us.

Apps take up an entry only with a later LAST-MODIFIED, and GNOME only with that or a higher
SEQUENCE. So either change raises both, in every entry.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache


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

    def until(self, earlier: int) -> bytes:
        """What raises an entry that has been published so often before: a second more for each.

        A revision may be dated before a change of the settings that readers see first.
        """
        return _stamp_after(self.changed_at, earlier)


def raised(settings: Settings) -> Raised:
    moments = [RENDERING.changed_at, *([settings.changed_at] if settings.changed_at else [])]
    changed_at = max(moments).astimezone(UTC).replace(microsecond=0)
    return Raised(settings.number + RENDERING.number, rendered_at(changed_at))


def rendered_at(moment: datetime) -> datetime:
    """A second later for each rendering: much may be published until a new one is installed."""
    return moment + timedelta(seconds=RENDERING.number)


@lru_cache(maxsize=10_000)
def _stamp_after(moment: datetime, seconds: int) -> bytes:
    return stamp(moment + timedelta(seconds=seconds))


def stamp(moment: datetime) -> bytes:
    """As it stands in a calendar; later ones sort later."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()
