"""State another date of the milestone that all follow, and owe it to all of them."""

from django.db import connection

from benchmarks.serving.content import now
from notifications.models import Delivery, Notification
from notifications.tick import tick
from tests.factories import state
from timeline.models import Milestone, Source

SETTLED = {
    "postgresql": ("VACUUM ANALYZE", "CHECKPOINT"),
    "sqlite": ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
}


def owe() -> Notification:
    """As an editor and the next tick do it; nothing is sent yet. MILEPOST_SETTLE_SECONDS is 0."""
    milestone, at = Milestone.objects.get(slug="launch"), now()
    day = 1 + milestone.statements.count() % 28
    source = Source.objects.earliest("pk")
    state(milestone, f"{day} October 2028", on=at.date(), at=at, source=source)
    if not tick(at=at, seconds=0):
        raise SystemExit("The tick failed; its log says where.")
    return Notification.objects.latest("pk")


def owed() -> int:
    return Delivery.objects.queued().count()


def settle(*, analyse: bool = False) -> None:
    """What was written is on the disk, so that nobody writes what somebody else has left."""
    with connection.cursor() as cursor:
        for statement in SETTLED[connection.vendor][0 if analyse else 1 :]:
            cursor.execute(statement)
