"""The worker of the one-command service: Celery in this process, and a sweep of the database.

A memory broker ends with its process, so nothing depends on it: what is owed stands in the
database and is swept every second. Messages only hurry what the sweep would do anyway.
"""

import logging
import threading
from typing import Any

from celery import Celery
from celery.beat import EmbeddedService
from django.db import DatabaseError, close_old_connections

from notifications.tasks import tick

SWEEP_SECONDS = 1.0
STOP_SECONDS = 15
logger = logging.getLogger(__name__)


class EmbeddedWorker:
    """A solo Celery worker and its beat, each in a thread. It touches no signal handler."""

    def __init__(self, app: Celery) -> None:
        self.worker = app.WorkController(pool_cls="solo", concurrency=1, quiet=True)
        # Of itself it would keep its schedule in a file, whatever the settings say.
        self.beat: Any = EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler)
        self.thread = threading.Thread(target=self.worker.start, name="celery", daemon=True)

    def start(self) -> None:
        self.thread.start()
        self.beat.start()

    def stop(self) -> None:
        """End after the current task. What is cut off after 15 seconds is done again later."""
        self.beat.stop()
        self.worker.stop()
        self.thread.join(STOP_SECONDS)


def sweep_until(stop: threading.Event) -> None:
    """Do what is owed each second, until asked to stop. An error ends one sweep, not all."""
    while not stop.wait(SWEEP_SECONDS):
        close_old_connections()
        try:
            tick()
        except DatabaseError:
            logger.exception("A sweep failed; the next one tries again")
