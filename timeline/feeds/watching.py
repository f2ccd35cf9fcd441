"""Whether anything was committed since we last looked, for next to nothing.

A *stamp* that is the same says that what was read after the last one still holds: on SQLite
exactly, on PostgreSQL as of at most a second ago.
"""

import mmap
import os
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import monotonic

from django.db import connection

# Two copies stand at the beginning of the WAL-index; each commit rewrites both, and so does
# whoever checkpoints or recovers (sqlite.org/walformat.html §2.1).
_HEADER = 48


def by_the_second() -> object:
    return int(monotonic())


class WalIndex:
    """The stamp of an SQLite database in WAL mode: the header of its WAL-index, in shared memory.

    Its file is opened once and never closed: closing any descriptor of it would drop the locks
    that SQLite holds on it in this process. The connection keeps it from being removed.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        self._descriptor = os.open(f"{path}-shm", os.O_RDONLY)
        self._memory = mmap.mmap(self._descriptor, _HEADER, access=mmap.ACCESS_READ)

    def __call__(self) -> object:
        return self._memory[:_HEADER]


def watch() -> Callable[[], object]:
    """What gives the stamp of the database that is in use now; ask for it once."""
    if connection.vendor != "sqlite":
        return by_the_second
    return _wal_index(Path(connection.settings_dict["NAME"]))


@cache
def _wal_index(path: Path) -> Callable[[], object]:
    try:
        return WalIndex(path)
    except FileNotFoundError:  # not in WAL mode: no stamp is like another, so each is looked into
        return object
