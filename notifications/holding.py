"""A switch that keeps every message back, while somebody looks at what is owed."""

from datetime import datetime

from notifications.models import Heartbeat

HOLD = "on hold"


def hold(*, at: datetime) -> None:
    Heartbeat.objects.beat(HOLD, at=at)


def release() -> None:
    Heartbeat.objects.filter(name=HOLD).delete()


def is_on_hold() -> bool:
    return Heartbeat.objects.filter(name=HOLD).exists()
