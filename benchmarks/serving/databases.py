"""Throwaway databases: a SQLite file, and the PostgreSQL that the tests use."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from benchmarks.serving.targets import Database
from tests import servers

# As PostgreSQL comes: who is told "committed" finds it after the power was cut.
SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}


def sqlite(folder: Path, *, name: str = "milepost") -> Database:
    return Database("SQLite", f"sqlite:///{folder / name}.sqlite3")


@contextmanager
def postgresql() -> Iterator[Database]:
    with (
        servers.folder_of_our_own(servers.place()) as folder,
        servers.postgres(folder) as url,
    ):
        yield _running(folder, url)


@contextmanager
def safe_postgresql() -> Iterator[Database]:
    """On a disk, and as safe as it is in production: for what writes."""
    with (
        servers.folder_of_our_own(Path(tempfile.gettempdir())) as folder,
        servers.postgres_process(folder, **SAFE),
    ):
        yield _running(folder, servers.postgres_url(folder))


def copy(database: Database, *, name: str) -> Database:
    """A second one like it, beside it. Nobody may be connected."""
    place, _, old = database.url.rpartition("/")
    if database.name == "SQLite":
        file = Path(database.url.removeprefix("sqlite:///"))
        shutil.copy(file, file.with_stem(name))
        return sqlite(file.parent, name=name)
    with psycopg.connect(f"{place}/template1", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {old}")
    return replace(database, url=f"{place}/{name}")


def _running(folder: Path, url: str) -> Database:
    pid = int((folder / "postgres/postmaster.pid").read_text().split()[0])
    return Database("PostgreSQL", url, (pid,))
