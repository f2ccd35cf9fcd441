"""What Celery runs. Its messages carry nothing: the database says what is owed."""

import math
from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.db import connection
from django.utils import timezone

from notifications import sending
from notifications.models import Delivery
from notifications.tick import tick as tick_once

HELPERS = 8


@shared_task(expires=settings.TICK_SECONDS)
def tick() -> None:
    tick_once(at=moment())
    ask_for_help()


@shared_task(expires=settings.TICK_SECONDS)
def send_chunk() -> None:
    sending.send_chunk(at=moment())


def ask_for_help() -> None:
    """What one tick could not send, other workers share."""
    waiting = Delivery.objects.due(at=moment())[: HELPERS * sending.CHUNK].count()
    for _ in range(math.ceil(waiting / sending.CHUNK)):
        send_chunk.apply_async(retry=False)


def moment() -> datetime:
    """The database's clock where it has one: workers on several machines agree on a lease."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0]
    return now
