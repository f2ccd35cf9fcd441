"""How milestones came to be as they are; each from a draft."""

from datetime import UTC, datetime
from functools import partial

from tests.calendars.rows import cancel, happen, overdue, say
from timeline.models import Milestone

EARLIER_AT = datetime(2025, 9, 11, 6, 0, tzinfo=UTC)
earlier = partial(say, at=EARLIER_AT)


def slipped(milestone: Milestone) -> None:
    earlier(milestone, "2027-25", "season")
    say(milestone, "2027-26", "season", reason="The lander is not ready.")


def overdue_spring(milestone: Milestone) -> None:
    earlier(milestone, "2026-25", "season")
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))


def overdue_time(milestone: Milestone) -> None:
    earlier(milestone, "2026-11-18T12:10:00Z", "minute")
    overdue(at=datetime(2026, 11, 18, 20, 0, tzinfo=UTC))


def overdue_deadline(milestone: Milestone) -> None:
    earlier(milestone, "[..2026-06-30]", "day")
    overdue(at=datetime(2026, 7, 10, 0, 30, tzinfo=UTC))


def cancelled_day(milestone: Milestone) -> None:
    earlier(milestone, "2026-12-30")
    cancel(milestone)


def cancelled_season(milestone: Milestone) -> None:
    earlier(milestone, "2027-25", "season")
    cancel(milestone)


def happened_time(milestone: Milestone) -> None:
    earlier(milestone, "2026-11-20")
    happen(milestone, "2026-11-20T09:10:00Z", precision="minute")


def happened_late(milestone: Milestone) -> None:
    earlier(milestone, "2026-10", "month")
    happen(milestone, "2026-11-19")


def window_of_a_launch(milestone: Milestone) -> None:
    closes_at = datetime(2026, 12, 30, 14, 40, tzinfo=UTC)
    say(milestone, "2026-12-30T17:40:00+05:30", "minute", window_end_at=closes_at)
