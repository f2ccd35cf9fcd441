"""Throwaway databases: a SQLite file, and the PostgreSQL that the tests use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving.targets import Database
from tests import servers


def sqlite(folder: Path) -> Database:
    return Database("SQLite", f"sqlite:///{folder / 'milepost.sqlite3'}")


@contextmanager
def postgresql() -> Iterator[Database]:
    with (
        servers.folder_of_our_own(servers.place()) as folder,
        servers.postgres(folder) as url,
    ):
        pid = int((folder / "postgres/postmaster.pid").read_text().split()[0])
        yield Database("PostgreSQL", url, (pid,))
