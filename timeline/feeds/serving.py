"""From a request to the answer of a feed, outside Django's cycle of requests.

Apps that find a page, a log-in or an emptied calendar forget their entries or switch the
subscription off; with 503 they keep them and come again. So nothing else is ever said here.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from timeline.feeds import finding
from timeline.feeds.answering import refused, unread
from timeline.feeds.keeping import Kept, Record
from timeline.feeds.plans import Address
from timeline.feeds.ready import Answer, BytesDropped, Environ, Ready
from timeline.feeds.watching import watch

READS = ("GET", "HEAD")


class Serving:
    """Answers requests, and keeps what it has made for them: at most `room` bytes, or nothing.

    An answer is as the database was when the request came, or on PostgreSQL at most a second
    before. `before_reading` is called before each use of the database, `after_failing` when
    anything has failed.
    """

    def __init__(
        self,
        *,
        room: int = 0,
        before_reading: Callable[[], object] = lambda: None,
        after_failing: Callable[[], object] = lambda: None,
    ) -> None:
        self._kept = Kept(room=room)
        self._records = self._kept.records
        self._before_reading, self._after_failing = before_reading, after_failing
        self._stamp: Callable[[], object] | None = None

    def answer(self, environ: Environ, *, at: float) -> Answer:
        """What is answered to a request at that moment, in seconds since the epoch."""
        record = self._records.get((environ["PATH_INFO"], environ["QUERY_STRING"]))
        if (
            record is not None
            and record.until > at
            and record.stamp == self._stamp()  # type: ignore[misc]  # a record came with one
            and environ["REQUEST_METHOD"] in READS
        ):
            record.was_used = True
            try:
                return _answered(record, environ, at)
            except BytesDropped:
                pass
        return self._looked_up(environ, at)

    def _looked_up(self, environ: Environ, at: float) -> Answer:
        if environ["REQUEST_METHOD"] not in READS:
            return unread(environ)
        try:
            self._before_reading()
            return self._found(environ, at)
        except Exception as error:  # noqa: BLE001 - nothing of it reaches an app
            self._after_failing()
            return refused(environ, error)

    def _found(self, environ: Environ, at: float) -> Answer:
        key = (environ["PATH_INFO"], environ["QUERY_STRING"])
        record = self._records.get(key)
        address = record.address if record is not None else finding.find(*key)
        # In this order: what is read later is at least as new as the stamp and the version.
        stamp, version = self._look(), address.version()
        if record is None or record.version != version or record.until <= at:
            record = _renewed(record, address, version, at=at)
        try:
            answer = _answered(record, environ, at)
        except BytesDropped:
            record = _renewed(None, address, version, at=at)
            answer = _answered(record, environ, at)
        record.stamp, record.version = stamp, version
        self._kept.put(key, record)
        return answer

    def _look(self) -> object:
        if self._stamp is None:
            self._stamp = watch() if self._kept.room else object
        return self._stamp()


def _answered(record: Record, environ: Environ, at: float) -> Answer:
    answer = record.ready.answer(environ)
    record.address.fetched(by=environ.get("HTTP_USER_AGENT", ""), at=at)
    return answer


def _renewed(record: Record | None, address: Address, version: Any, *, at: float) -> Record:
    """A record that is as the database is: the one there was, if nothing of it has changed."""
    plan = address.plan(version, at=datetime.fromtimestamp(at, UTC))
    if record is None or plan.made_of is None or plan.made_of != record.made_of:
        record = Record(Ready(plan.write()), plan.made_of, address)
    record.until = plan.until.timestamp()
    return record
