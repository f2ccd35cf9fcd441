"""A mail server that throws everything away, and the quickest client there is."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from benchmarks.measuring import processes

HOST = "127.0.0.1"
INSTALL = (
    "smtp-source and smtp-sink are missing, which send and take mails. "
    "On Debian or Ubuntu: apt-get install postfix (it need not run)"
)
PATIENCE = 5  # seconds for the server to count what it has taken


class MailError(RuntimeError):
    """The server did not take what it was sent."""


@dataclass(frozen=True, slots=True)
class Sink:
    """smtp-sink, running; `counted` is the file in which it counts."""

    port: int
    counted: Path

    def taken(self) -> int:
        """How many mails it has taken so far."""
        last = self.counted.read_bytes()[-200:].decode().rstrip("\r").rpartition("\r")[2]
        return int(last.rpartition("mesg=")[2] or 0)

    @contextmanager
    def takes(self, mails: int) -> Iterator[None]:
        """Raises MailError unless it takes exactly so many meanwhile."""
        expected = self.taken() + mails
        yield
        deadline = time.monotonic() + PATIENCE
        while self.taken() < expected and time.monotonic() < deadline:
            time.sleep(0.01)
        if (taken := self.taken()) != expected:
            raise MailError(f"{mails} mails were sent, {taken - expected + mails} were taken.")


def program(name: str) -> str | None:
    """Where it is; only root has /usr/sbin in his PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def missing() -> bool:
    return not (program("smtp-source") and program("smtp-sink"))


@contextmanager
def sink() -> Iterator[Sink]:
    port = processes.free_port()
    as_nobody = ("-u", "nobody") if os.geteuid() == 0 else ()
    command = (program("smtp-sink") or "smtp-sink", *as_nobody, "-c", f"{HOST}:{port}", "100")
    with NamedTemporaryFile() as file:
        counted = Path(file.name)
        with processes.server(command, environment={}, port=port, output=counted):
            yield Sink(port, counted)


def smtp_source(sink: Sink, *, mails: int, size: int) -> float:
    """The seconds that it takes to send so many of this size, all in one session."""
    command = [
        *(program("smtp-source") or "smtp-source", "-d", "-s", "1"),
        *("-m", str(mails), "-l", str(size), f"{HOST}:{sink.port}"),
    ]
    with processes.on(processes.cores().load), sink.takes(mails):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - began
