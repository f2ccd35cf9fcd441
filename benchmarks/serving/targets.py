"""What is measured: each a server of one worker that answers with the same feed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from benchmarks.measuring.load import Request, ask
from benchmarks.measuring.processes import ROOT, free_port, server
from benchmarks.peers import nginx

# As tracker.laptop starts it, which a test compares.
GRANIAN = (
    *("--workers", "1", "--blocking-threads", "2", "--backpressure", "64"),
    *("--no-access-log", "--log-level", "warning"),
)


class Kind(StrEnum):
    """What a calendar app asks for: the first time, with gzip, and again when nothing changed."""

    PLAIN = "200"
    ZIPPED = "gzip"
    UNCHANGED = "304"


WHOLE = (Kind.PLAIN, Kind.ZIPPED)  # of one that never answers 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`pids` are the processes that are charged, with their children.

    One that does not compress is asked for gzip all the same, as apps do.
    """

    name: str
    pids: tuple[int, ...]
    port: int
    path: str = "/feed.ics"
    kinds: tuple[Kind, ...] = tuple(Kind)
    compresses: bool = True

    def request(self, kind: Kind) -> Request:
        """A request of this kind. For a 304 it names the tag that the target gives out itself."""
        headers = {} if kind is Kind.PLAIN else {"Accept-Encoding": "gzip"}
        if kind is Kind.UNCHANGED:
            headers["If-None-Match"] = ask(self.request(Kind.ZIPPED)).header("ETag")
        return Request(self.port, self.path, headers)


Started = AbstractContextManager[Target]


@dataclass(frozen=True, slots=True)
class Database:
    """`pids` are those of the database server: what it does for a feed is charged as well."""

    name: str
    url: str
    pids: tuple[int, ...] = ()


@contextmanager
def milepost(database: Database, *, path: str) -> Iterator[Target]:
    """The real application, as `manage.py up` starts it, and one of its feeds."""
    app, environment = "tracker.wsgi:application", _environment(DATABASE_URL=database.url)
    with _granian(app, environment=environment) as target:
        pids = target.pids + database.pids
        yield replace(target, name=f"Milepost on {database.name}", path=path, pids=pids)


def told_by(script: str, *arguments: object, database: Database, **more: str) -> str:
    """What one of our scripts prints, run on this database in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{script}", *map(str, arguments)],
        cwd=ROOT,
        env=_environment(DATABASE_URL=database.url, **more),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@contextmanager
def bare_wsgi(answers: Path) -> Iterator[Target]:
    # The environment that Milepost has: granian hands it over with each request.
    environment = _environment(ANSWERS=str(answers))
    with _granian("benchmarks.peers.bare:application", environment=environment) as target:
        yield replace(target, name="bare WSGI")


@contextmanager
def icalendar_each(answers: Path, *, python: str) -> Iterator[Target]:
    app = "benchmarks.peers.icalendar_each:application"
    with _peer(app, answers=answers, python=python) as target:
        yield replace(target, name="icalendar each time", kinds=WHOLE, compresses=False)


@contextmanager
def django_ical(answers: Path, *, python: str) -> Iterator[Target]:
    app = "benchmarks.peers.django_ical_plain:application"
    with _peer(app, answers=answers, python=python) as target:
        yield replace(target, name="django-ical", kinds=WHOLE, compresses=False)


@contextmanager
def django_ical_cached(answers: Path, *, python: str) -> Iterator[Target]:
    app = "benchmarks.peers.django_ical_cached:application"
    with _peer(app, answers=answers, python=python) as target:
        yield replace(target, name="django-ical, cached")


@contextmanager
def nginx_static(answers: Path, *, folder: Path) -> Iterator[Target]:
    port = free_port()
    plain, zipped = ((answers / f"{kind}.body").read_bytes() for kind in ("200", "gzip"))
    command = nginx.command(folder, port=port, plain=plain, zipped=zipped)
    with server(command, environment=_environment(), port=port) as running:
        yield Target(name="nginx static", pids=(running.pid,), port=port)


@contextmanager
def _peer(app: str, *, answers: Path, python: str) -> Iterator[Target]:
    with _granian(app, environment=_environment(ANSWERS=str(answers)), python=python) as target:
        yield target


@contextmanager
def _granian(
    app: str, *, environment: dict[str, str], python: str = sys.executable
) -> Iterator[Target]:
    port = free_port()
    where = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port))
    command = [python, "-m", "granian", *where, *GRANIAN, app]
    with server(command, environment=environment, port=port) as running:
        yield Target(name=app, pids=(running.pid,), port=port)


def _environment(**more: str) -> dict[str, str]:
    """The same for all, and small: nothing of the caller's shell changes what is measured."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": "of no use to anybody, since nobody logs in here",
        "MILEPOST_ADDRESS_KEY": "of no use to anybody, since no mail leaves here",
        "MILEPOST_BASE_URL": "http://localhost:8000",
        "LOG_LEVEL": "WARNING",
        **more,
    }
