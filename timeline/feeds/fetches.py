"""Who fetched which private feed last: noted in memory, written a few seconds later.

So a fetch waits for nothing and breaks by nothing of this. What a process has noted and not yet
written goes with it: the owner is shown an approximation, and told so.
"""

import logging
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from django.db import connection, transaction

from timeline.feeds.clients import name_of
from timeline.models import PrivateFeed

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5.0


class Fetches:
    """The last fetch of each feed since the last writing; any thread may note."""

    def __init__(self) -> None:
        self._noted: dict[int, tuple[float, str]] = {}
        self._lock = Lock()
        self._stop = Event()
        self._writer: Thread | None = None

    def note(self, feed_id: int, user_agent: str, *, at: float) -> None:
        """`at` in seconds since the epoch."""
        with self._lock:
            self._noted[feed_id] = at, user_agent

    def write(self) -> None:
        """One UPDATE per feed, in one transaction. What cannot be written is logged and dropped."""
        with self._lock:
            noted, self._noted = self._noted, {}
        if not noted:
            return
        try:
            with transaction.atomic():
                # In one order everywhere: two processes must not wait for each other.
                for pk, (at, user_agent) in sorted(noted.items()):
                    moment = datetime.fromtimestamp(at, UTC)
                    PrivateFeed.objects.all().note_fetch(pk, by=name_of(user_agent), at=moment)
        except Exception:
            logger.exception("The last fetches of %s private feeds are not noted", len(noted))

    def keep_writing(self, *, every: float = EVERY_SECONDS) -> None:
        """From now on, every few seconds, in a thread that ends with the process."""
        if self._writer is None or not self._writer.is_alive():
            self._stop.clear()
            self._writer = Thread(target=self._run, args=[every], name="fetches", daemon=True)
            self._writer.start()

    def stop(self) -> None:
        self._stop.set()
        if self._writer is not None:
            self._writer.join()

    def _run(self, every: float) -> None:
        while not self._stop.wait(every):
            self.write()
            connection.close()  # idle again for a while


NOTED = Fetches()
