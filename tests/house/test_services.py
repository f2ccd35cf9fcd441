"""The suite runs on what it says it runs on, and leaves nothing behind."""

import os
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import servers, services

START = """
import os, sys
from pathlib import Path
from tests import servers
servers.place = lambda: Path(sys.argv[1])
from tests import services
print(os.environ["DATABASE_URL"], flush=True)
sys.stdin.read()
"""
OURS = ("DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "MILEPOST_TEST_DATABASE")


@pytest.mark.django_db
def test_the_pass_for_a_database_runs_on_that_database():
    assert connection.vendor == ("sqlite" if services.ON_SQLITE else "postgresql")


@pytest.fixture
def place():
    """Where no other run tidies up. A socket's path must be short, so not tmp_path."""
    with tempfile.TemporaryDirectory(prefix="house-", dir=servers.place()) as folder:
        Path(folder).chmod(0o711)  # where root becomes nobody, nobody must pass
        yield Path(folder)


@contextmanager
def another_run(place, **given):
    """Another process that starts its servers as the suite does, and ends with its input."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    with subprocess.Popen(
        [sys.executable, "-c", START, str(place)],
        env=environment | given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        yield run, run.stdout.readline().strip()


def folder_in(url):
    return Path(url.partition("@")[2].partition("/")[0].replace("%2F", "/"))


def programs_in(folder):
    """What runs with a working directory in this folder."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(folder):
                found.add((process / "comm").read_text().strip())
        except OSError:  # it ended meanwhile, or is not ours to look at
            continue
    return found


def test_servers_end_with_the_run(place):
    with another_run(place) as (run, url):
        folder = folder_in(url)
        assert programs_in(folder) == {"postgres", servers.find_redis().name}
        run.communicate()

    assert run.returncode == 0
    assert programs_in(folder) == set()
    assert not folder.exists()


def test_servers_end_with_a_killed_run_and_the_next_one_tidies_up(place):
    with another_run(place) as (run, url):
        folder = folder_in(url)
        assert programs_in(folder) == {"postgres", servers.find_redis().name}
        run.kill()
        run.wait()

    deadline = time.monotonic() + 10
    while programs_in(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert programs_in(folder) == set()
    assert folder.exists()
    with servers.folder_of_our_own(place) as ours:
        assert list(place.iterdir()) == [ours]


def test_a_run_leaves_the_folder_of_another_alone(place):
    with another_run(place) as (run, url):
        with servers.folder_of_our_own(place):
            psycopg.connect(url).close()
        run.communicate()


def test_nobody_else_can_reach_the_servers(place):
    with another_run(place) as (run, url):
        mode = stat.S_IMODE(folder_in(url).stat().st_mode)
        with psycopg.connect(url) as database:
            addresses = database.execute("SHOW listen_addresses").fetchone()
        run.communicate()

    assert (mode, addresses) == (0o700, ("",))


def test_servers_that_are_named_are_used_as_they_are(place):
    named = {"DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://cache"}
    with another_run(place, **named) as (run, url):
        assert url == "postgresql://db/x"
        assert list(place.iterdir()) == []
        run.communicate()


def test_an_xdist_worker_has_a_redis_database_to_itself():
    assert services.numbered("unix:///run/redis.sock", 2) == "unix:///run/redis.sock?db=2"
    assert services.numbered("redis://:pw@cache:6379/0", 1) == "redis://:pw@cache:6379/1"


def test_a_named_postgresql_comes_first(monkeypatch):
    monkeypatch.setenv("PG_BIN", "/opt/pg/bin")

    assert next(servers.postgres_folders()) == Path("/opt/pg/bin")


@pytest.mark.parametrize(
    ("find", "install"),
    [
        (servers.find_postgres, "apt-get install postgresql"),
        (servers.find_redis, "apt-get install redis-server"),
    ],
)
def test_a_missing_server_fails_the_run_and_says_how_to_install_it(monkeypatch, find, install):
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(SystemExit, match=install):
        services.start_missing({"MISSING_URL": lambda folder: find()})


def test_a_server_that_dies_at_once_fails_with_the_end_of_its_log(tmp_path):
    command = ["sh", "-c", "echo no more disk; exit 3"]

    def answers():
        raise psycopg.OperationalError

    with (
        pytest.raises(servers.ServerError, match="no more disk"),
        servers.running(command, log=tmp_path / "log", answers=answers),
    ):
        pass
