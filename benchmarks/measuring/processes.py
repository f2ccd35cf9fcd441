"""Servers that are measured, and the CPU time they use. Linux only: it is read from /proc."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for a server to answer, or to end
TICKS = os.sysconf("SC_CLK_TCK")


class ServerError(RuntimeError):
    """A server did not start; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Where servers run and where the load comes from: apart, if there are two."""

    servers: set[int]
    load: set[int]

    @property
    def apart(self) -> bool:
        return self.servers.isdisjoint(self.load)


def cores() -> Cores:
    ours = sorted(os.sched_getaffinity(0))
    return Cores({ours[0]}, {ours[-1]})


@contextmanager
def on(some: set[int]) -> Iterator[None]:
    """Run on these cores; what is started meanwhile stays on them."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, some)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(
    command: Sequence[str], *, environment: dict[str, str], port: int, output: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the moment when its port answers until the end of the block."""
    with output.open("w+b") if output else tempfile.TemporaryFile() as said:
        with on(cores().servers):
            running = subprocess.Popen(
                [*_while_we_live(), *command],
                cwd=ROOT,
                env=environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            if not _answers(running, port):
                said.seek(0)
                text = said.read().decode(errors="replace")
                raise ServerError(f"{' '.join(command)} does not answer:\n{text}")
            yield running
        finally:
            stop(running)


def stop(running: subprocess.Popen[bytes]) -> None:
    """End it and its children, which are in a group of their own."""
    running.terminate()
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def cpu_seconds(*pids: int) -> float:
    """CPU time of these processes so far, with their children, also those that have ended."""
    return sum(_ticks(pid) for parent in pids for pid in family(parent)) / TICKS


def peak_memory() -> int:
    """The most that this process had in memory so far, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from family(int(child))


def _ticks(pid: int) -> int:
    # The name, in brackets, may hold spaces; utime is the twelfth field behind it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15])


def _while_we_live() -> list[str]:
    """What to put before a command so that it is stopped even when we are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _answers(running: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def refuse_elsewhere() -> None:
    if sys.platform != "linux":
        sys.exit("This benchmark reads CPU times from /proc, which only Linux has.")
