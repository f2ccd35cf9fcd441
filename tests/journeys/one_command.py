"""`manage.py up` as a process of its own, with a database and a mail folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 90


class Up:
    """The running service, and what it printed."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self.log = process, log

    @property
    def said(self) -> str:
        return self.log.read_text()

    def word_after(self, pattern: str) -> str:
        found = re.search(pattern + r"(\S+)", self.said)
        assert found, self.said
        return found[1]

    @property
    def url(self) -> str:
        return self.word_after(r"Milepost  ").rstrip("/")

    @property
    def password(self) -> str:
        return self.word_after(r"editor · ")


def unused_port() -> int:
    """Any port that is free. Two that begin to look from the same one find the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def up(folder: Path, **environment: str) -> Iterator[Up]:
    """Started with nothing but Python; stopped as by Ctrl-C, and killed if that does not do."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"REDIS_URL", "DATABASE_URL", "PYTEST_XDIST_WORKER"}
    }
    log = folder / f"up-{time.monotonic_ns()}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(unused_port())],
            cwd=ROOT,
            env={
                **clean,
                "DATABASE_URL": f"sqlite:///{folder}/milepost.sqlite3",
                "MILEPOST_OUTBOX_DIR": str(folder / "mails"),
                "MILEPOST_SETTLE_SECONDS": "2",
                **environment,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Up(process, log)
    try:
        until(lambda: "Ctrl-C" in running.said or process.poll() is not None)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def until(ready: Callable[[], object], *, seconds: float = SECONDS) -> None:
    """Wait for something to come true; the test fails if it does not."""
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.1)
