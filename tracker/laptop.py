"""Everything on one machine with one command: what `manage.py up` does, step by step."""

import fcntl
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command

from timeline import editors
from timeline.models import Milestone

EDITOR = "editor"
# On a laptop one waits at the screen: half a minute shows the settling and is soon over.
SETTLE_SECONDS = "30"


class AlreadyUp(Exception):
    """Another one runs on the same database; the message says where it answers."""


@contextmanager
def alone_on_the_database() -> Iterator[IO[str]]:
    """Keep a second one away from this SQLite file. Yields where to write who we are.

    Two would each send what is owed, with links to their own port. The lock ends with us,
    however we end. On PostgreSQL many may run, and nobody is kept away.
    """
    database = settings.DATABASES["default"]
    file = f"{database['NAME']}.up" if "sqlite3" in database["ENGINE"] else os.devnull
    with Path(file).open("a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            note.seek(0)
            raise AlreadyUp(note.read().strip() or "it is just starting") from None
        note.truncate(0)
        yield note


def free_port(wanted: int) -> int:
    """`wanted` on the loopback address if nobody listens there, else the next one free."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise OSError(f"No free port from {wanted} to {wanted + 49}.")


def prepare(say: Callable[[str], None]) -> str | None:
    """Database, first content, editor; returns the editor's new password, None if there was one.

    Safe to run again: what is there stays.
    """
    say("1/3  database")
    call_command("migrate", verbosity=0)
    say("2/3  first content, some seconds the first time")
    if not Milestone.objects.exists():
        call_command("import_statements", verbosity=0)
    say("3/3  editor")
    return editors.create_editor(EDITOR)


def commands(port: int) -> dict[str, list[str]]:
    """The two processes: a web server and a worker."""
    return {
        "web": [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "2", "--backpressure", "64"),
            *("--no-access-log", "--log-level", "warning"),
            "tracker.wsgi:application",
        ],
        "worker": [sys.executable, "manage.py", "work"],
    }


def environment(port: int) -> dict[str, str]:
    """The children's environment: ours, and what a laptop has otherwise than a server."""
    return {
        "MILEPOST_BASE_URL": f"http://localhost:{port}",
        "MILEPOST_SETTLE_SECONDS": SETTLE_SECONDS,
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }


def answers(port: int) -> bool:
    """Whether the web server on this port says that it lives."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
