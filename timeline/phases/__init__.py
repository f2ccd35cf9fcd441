"""Where a plan stands at a moment, and the moments on the way that are worth a reminder."""

from timeline.phases.ladder import Anchor, anchors
from timeline.phases.waiting import (
    AWAITED,
    Phase,
    overdue_at,
    overdue_on,
    phase,
    phase_of,
    recheck_on,
    today_at,
)

__all__ = [
    "AWAITED",
    "Anchor",
    "Phase",
    "anchors",
    "overdue_at",
    "overdue_on",
    "phase",
    "phase_of",
    "recheck_on",
    "today_at",
]
