"""One pass over all that is owed, from the database alone.

Safe to run twice, or in two places at once; whoever dies in it leaves the rest to the next.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeVar

from notifications import (
    broadcasting,
    digesting,
    fanout,
    forgetting,
    planning,
    retrying,
    sending,
)
from notifications.models import Heartbeat, Notification
from notifications.transports.base import Transport
from timeline import outbox, private_feeds, publishing
from timeline.importing import uploads
from timeline.models import Announcement, Milestone, Upload

BEAT = "tick"
OVERDUE_BEAT = "overdue"
OVERDUE_EVERY = timedelta(hours=1)
DIGEST_BEAT = "digests"
FORGET_BEAT = "forget"
FORGET_EVERY = timedelta(days=1)
SENDING_SECONDS = 10.0

Row = TypeVar("Row")
logger = logging.getLogger(__name__)


def tick(
    *, at: datetime, transport: Transport | None = None, seconds: float = SENDING_SECONDS
) -> bool:
    """Settle, plan, remind, fan out, take back what was abandoned, tidy up, send for some seconds.

    A stage that fails, or one row in it, is logged and stops no other. False if some did.
    """
    stages: dict[str, Callable[[], object]] = {
        "overdue": lambda: mark_overdue(at=at),
        "chat services": lambda: broadcasting.keep_in_step(at=at),
        "release": lambda: each(
            Announcement.objects.due(at=at), lambda news: outbox.release(news, at=at)
        ),
        "plan": lambda: each(planning.behind(), planning.plan),
        "miss": lambda: each(planning.late(at=at), lambda late: planning.miss(late, at=at)),
        "remind": lambda: each(planning.due(at=at), lambda due: planning.fire(due, at=at)),
        "note": lambda: each(
            fanout.released_and_not_noted(), lambda news: fanout.note_announcement(news, at=at)
        ),
        "fan out": lambda: each(
            Notification.objects.pending(), lambda pending: fanout.fan_out(pending, at=at)
        ),
        "reclaim": lambda: retrying.reclaim(at=at),
        "forget": lambda: tidy_up(at=at),
        "digests": lambda: build_digests(at=at),
        "send": lambda: sending.send_due(at=at, seconds=seconds, transport=transport),
        "imports": lambda: each(
            Upload.objects.at_work(), lambda one: go_on_with(one, at=at, seconds=seconds)
        ),
    }
    failed = [name for name, stage in stages.items() if not works(name, stage)]
    Heartbeat.objects.beat(BEAT, at=at, failed=failed)
    return not failed


def works(name: str, stage: Callable[[], object]) -> bool:
    try:
        return stage() is not False
    except Exception:
        logger.exception("tick: %s failed; the next tick tries again", name)
        return False


def each(rows: Iterable[Row], do: Callable[[Row], object]) -> bool:
    """Do it with every row, even if one of them fails. False if one did."""
    failures = 0
    for row in list(rows):
        try:
            do(row)
        except Exception:
            failures += 1
            logger.exception("tick: %s %s left for the next tick", type(row).__name__, row.pk)  # type: ignore[attr-defined]
    return not failures


def mark_overdue(*, at: datetime) -> bool:
    if Heartbeat.objects.is_alive(OVERDUE_BEAT, within=OVERDUE_EVERY, at=at):
        return True
    waiting = Milestone.objects.not_yet_overdue(at=at)
    worked = each(waiting, lambda milestone: publishing.mark_overdue(milestone, at=at))
    Heartbeat.objects.beat(OVERDUE_BEAT, at=at)
    return worked


def go_on_with(upload: Upload, *, at: datetime, seconds: float) -> None:
    """Read or write the rows of a file for some seconds; the next tick goes on."""
    started = monotonic()
    while uploads.go_on(upload, at=at) and monotonic() - started < seconds:
        upload.refresh_from_db()


def build_digests(*, at: datetime) -> None:
    """Once in each quarter of an hour: nowhere on Earth does an hour strike in between."""
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    if not Heartbeat.objects.is_alive(DIGEST_BEAT, within=at - quarter, at=at):
        digesting.build_due(at=at)
        Heartbeat.objects.beat(DIGEST_BEAT, at=at)


def tidy_up(*, at: datetime) -> None:
    """Once a day; what is too much for one tick, the next goes on with."""
    if Heartbeat.objects.is_alive(FORGET_BEAT, within=FORGET_EVERY, at=at):
        return
    private_feeds.forget_unused(at=at)
    if forgetting.forget(at=at):
        # A zone may have got other rules, by which the moments ahead are others.
        each(planning.by_the_clock(), planning.plan)
        Heartbeat.objects.beat(FORGET_BEAT, at=at)
