"""Documents kept in the memory of this process, for as long as they are what they were made of."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from timeline.feeds.plans import Address
from timeline.feeds.ready import Ready

Key = tuple[str, str]


# What a record weighs besides the bytes of its document, roughly.
OVERHEAD = 5000
# How much of the room records may take without their bytes.
_FOR_RECORDS = 0.75


@dataclass(slots=True)
class Record:
    """What an address led to.

    It is good while the database's `stamp` is the same and until `until`, in seconds since the
    epoch; then `version` tells whether anything changed, and `made_of` whether that was in it.
    """

    ready: Ready
    made_of: Hashable
    address: Address
    version: Hashable = None
    stamp: object = None
    until: float = 0
    was_used: bool = False


class Kept:
    """Records by address, and their bytes, in `room` bytes; what was not used lately goes.

    First the bytes of records go, since they are quickly joined again. Records go when they
    alone take most of the room.
    """

    def __init__(self, *, room: int) -> None:
        self.room = room
        self._most = int(room * _FOR_RECORDS) // OVERHEAD
        self.records: OrderedDict[Key, Record] = OrderedDict()
        self._sizes: OrderedDict[Key, int] = OrderedDict()  # of those that hold their bytes
        self._bytes = 0
        self._lock = Lock()

    def put(self, key: Key, record: Record) -> None:
        with self._lock:
            self._drop_bytes(key)
            self.records[key] = record
            if record.ready.held:
                self._sizes[key] = record.ready.held.size
                self._bytes += self._sizes[key]
            while len(self.records) > self._most:
                oldest = self._not_used_lately(self.records)
                self._drop_bytes(oldest)
                del self.records[oldest]
            while self._bytes > self.room - len(self.records) * OVERHEAD:
                oldest = self._not_used_lately(self._sizes)
                self._drop_bytes(oldest)
                self.records[oldest].ready.held = None

    def _not_used_lately(self, keys: OrderedDict[Key, Any]) -> Key:
        while True:
            key = next(iter(keys))
            record = self.records[key]
            if not record.was_used:
                return key
            record.was_used = False
            keys.move_to_end(key)

    def _drop_bytes(self, key: Key) -> None:
        self._bytes -= self._sizes.pop(key, 0)
