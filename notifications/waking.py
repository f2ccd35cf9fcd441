"""Asks a worker to look at once. If nobody hears it, the next tick does the same."""

import logging

from celery import current_app
from django.conf import settings

TICK = "notifications.tasks.tick"
EXPIRES = 30

logger = logging.getLogger(__name__)


def wake() -> None:
    """Never raises, and never waits longer than the broker's connect timeout.

    A broker in memory has its worker in another process, which sweeps by itself.
    """
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task(TICK, expires=EXPIRES, retry=False)
    except Exception as error:  # noqa: BLE001  (a save must not fail for want of haste)
        logger.warning("not woken: %s", type(error).__name__)
