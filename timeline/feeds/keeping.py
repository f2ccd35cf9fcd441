"""Documents kept in the memory of this process, for as long as they are what they were made of."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from timeline.feeds.plans import Address
from timeline.feeds.ready import Ready

Key = tuple[str, str]


# What a record weighs besides the bytes of its document, roughly.
OVERHEAD = 5000


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

    @property
    def weight(self) -> int:
        held = self.ready.held
        return OVERHEAD + (held.size if held else 0)


class Kept:
    """Records by address; when they outgrow `room` bytes, what was not used lately goes.

    First the bytes of a record go, since they are quickly joined again; then the record.
    """

    def __init__(self, *, room: int) -> None:
        self.room = room
        self.records: OrderedDict[Key, Record] = OrderedDict()
        self._weights: dict[Key, int] = {}
        self._weight = 0
        self._lock = Lock()

    def put(self, key: Key, record: Record) -> None:
        """Keep it, at its present weight. Put it again when that has grown."""
        with self._lock:
            self._weigh(key, record.weight)
            self.records[key] = record
            while self._weight > self.room:
                self._make_room()

    def clear(self) -> None:
        with self._lock:
            self.records.clear()
            self._weights.clear()
            self._weight = 0

    def _make_room(self) -> None:
        key, oldest = next(iter(self.records.items()))
        self.records.move_to_end(key)
        if oldest.was_used:
            oldest.was_used = False
        elif oldest.ready.held:
            oldest.ready.held = None
            self._weigh(key, oldest.weight)
        else:
            del self.records[key]
            self._weigh(key, 0)

    def _weigh(self, key: Key, weight: int) -> None:
        self._weight += weight - self._weights.pop(key, 0)
        if weight:
            self._weights[key] = weight
