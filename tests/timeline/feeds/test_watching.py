"""Whether anything was committed: never missed on SQLite, forgotten each second on PostgreSQL."""

import sqlite3
import subprocess
import sys

import pytest

from timeline.feeds import watching
from timeline.feeds.watching import WalIndex, by_the_second


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "some #1%.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE edition (number INTEGER)")
    connection.execute("INSERT INTO edition VALUES (0)")
    connection.commit()
    connection.close()
    return path


def turn(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE edition SET number = number + 1")
    connection.commit()


def test_each_commit_is_another_stamp(path):
    stamp, writer = WalIndex(path), sqlite3.connect(path)
    seen = {stamp()}

    for _ in range(50):
        turn(writer)
        seen.add(stamp())

    assert len(seen) == 51


def test_nothing_but_a_commit_is_another_stamp(path):
    stamp, writer = WalIndex(path), sqlite3.connect(path)
    turn(writer)
    before = stamp()

    writer.execute("UPDATE edition SET number = 99")
    writer.rollback()
    writer.execute("SELECT * FROM edition").fetchall()

    assert stamp() == before


def test_a_commit_of_another_process_is_seen_when_it_has_ended(path):
    stamp = WalIndex(path)
    script = (
        "import sqlite3, sys; writer = sqlite3.connect(sys.argv[1]);"
        "writer.execute('UPDATE edition SET number = number + 1'); writer.commit()"
    )
    seen = {stamp()}

    for _ in range(3):
        subprocess.run([sys.executable, "-c", script, str(path)], check=True)
        seen.add(stamp())

    assert len(seen) == 4


def test_commits_are_seen_after_a_checkpoint_and_after_the_last_writer_has_left(path):
    stamp = WalIndex(path)

    for pragma in ("wal_checkpoint(TRUNCATE)", "optimize"):
        writer = sqlite3.connect(path)
        turn(writer)
        writer.execute(f"PRAGMA {pragma}")
        writer.close()
        before = stamp()
        turn(sqlite3.connect(path))

        assert stamp() != before


def test_where_there_is_no_wal_no_stamp_is_like_another(tmp_path, monkeypatch):
    path = tmp_path / "plain.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE edition (number INTEGER)")
    settings = {"NAME": str(path)}

    class Plain:
        vendor = "sqlite"
        settings_dict = settings

    monkeypatch.setattr(watching, "connection", Plain)
    stamp = watching.watch()

    assert stamp() != stamp()


def test_elsewhere_a_stamp_lasts_for_a_second(monkeypatch):
    monkeypatch.setattr(watching, "monotonic", lambda: 41.999)
    before = by_the_second()
    monkeypatch.setattr(watching, "monotonic", lambda: 42.0)
    turned = by_the_second()
    monkeypatch.setattr(watching, "monotonic", lambda: 42.999)

    assert (before == turned, by_the_second() == turned) == (False, True)
