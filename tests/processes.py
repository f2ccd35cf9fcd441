"""Milepost's own processes, started for a test on its database, and killed as a test wants."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.utils import timezone

from tests.smtp_sink import Sink

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PATIENCE = 60  # seconds for something to happen in another process


def now() -> datetime:
    """A process has no other clock."""
    return timezone.now()  # noqa: TID251


def environment(sink: Sink, **more: str) -> dict[str, str]:
    """What a process needs to work on the test's database and mail server."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.port),
        "MILEPOST_OUTBOX_DIR": "",
        "LOG_LEVEL": "WARNING",
        **more,
    }


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = ":".join(quote(str(database[part]), safe="") for part in ("USER", "PASSWORD"))
    port = f":{database['PORT']}" if database["PORT"] else ""
    host = quote(str(database["HOST"]), safe="")
    return f"postgresql://{user.strip(':')}@{host}{port}/{database['NAME']}"


@contextmanager
def process(*command: str, sink: Sink, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """In a group of its own, so that SIGKILL reaches its children as well."""
    running = subprocess.Popen(
        [PYTHON, *command], cwd=ROOT, env=environment(sink, **more), start_new_session=True
    )
    try:
        yield running
    finally:
        kill(running)


def kill(running: subprocess.Popen[bytes]) -> None:
    """As the kernel does when memory runs out: without a last word."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def run_tick(sink: Sink) -> int:
    """One tick in a process of its own; returns its exit code."""
    with process("manage.py", "notify_tick", sink=sink) as ticking:
        return ticking.wait(60)


@contextmanager
def worker(sink: Sink, *options: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker with children, as in production."""
    usual = ["worker", "--concurrency", "2", "--loglevel", "WARNING"]
    command = ["-m", "celery", "-A", "tracker", *usual, *options]
    with process(*command, sink=sink, **more) as running:
        yield running


def until(condition: Callable[[], object]) -> None:
    """Wait for what other processes do."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
