"""Values that never change, kept in this process: what was not asked for the longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most `room`, in whatever `size` counts; by default how many."""

    def __init__(self, *, room: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self._room, self._size = room, size
        self._lock = Lock()
        self._rows: OrderedDict[K, V] = OrderedDict()
        self._used = 0

    def find(self, keys: Iterable[K]) -> dict[K, V]:
        """Those that are here."""
        rows, found = self._rows, {}
        with self._lock:
            for key in keys:
                if key in rows:
                    found[key] = rows[key]
                    rows.move_to_end(key)
        return found

    def keep(self, made: Mapping[K, V]) -> None:
        with self._lock:
            for key, value in made.items():
                if key not in self._rows:
                    self._rows[key] = value
                    self._used += self._size(value)
            while self._used > self._room:
                _, dropped = self._rows.popitem(last=False)
                self._used -= self._size(dropped)

    def forget(self) -> None:
        with self._lock:
            self._rows.clear()
            self._used = 0
