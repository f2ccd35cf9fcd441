"""What Celery runs. Its messages carry nothing: the database says what is owed."""

import math
from contextlib import suppress

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from notifications import clock, sending
from notifications.models import Delivery
from notifications.tick import tick as tick_once

HELPERS = 8


@shared_task(expires=settings.TICK_SECONDS)
def tick() -> None:
    tick_once(at=clock.now())
    ask_for_help()


@shared_task(expires=settings.TICK_SECONDS)
def send_chunk() -> None:
    sending.send_chunk(at=clock.now())


def ask_for_help() -> None:
    """What one tick could not send, other workers share."""
    waiting = Delivery.objects.due(at=clock.now())[: HELPERS * sending.CHUNK].count()
    with suppress(OperationalError):  # without a broker, the next tick sends on
        for _ in range(math.ceil(waiting / sending.CHUNK)):
            send_chunk.apply_async(retry=False)
