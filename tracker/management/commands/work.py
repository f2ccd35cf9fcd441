import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from tracker.celery import app
from tracker.embedded import EmbeddedWorker, sweep_until


class Command(BaseCommand):
    help = "One worker process: Celery with its beat, and a sweep of the database each second."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        worker = EmbeddedWorker(app)
        worker.start()
        sweep_until(stop)
        worker.stop()
