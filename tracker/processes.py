"""Child processes that live and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

GRACE_SECONDS = 20
PR_SET_PDEATHSIG = 1


class Processes:
    """Starts children; `wait` returns when one of them ends or somebody asks to stop.

    They are told to stop with SIGTERM, and killed after 20 seconds. On Linux they also end
    when this process is killed.
    """

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)

    def start(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self.running[name] = subprocess.Popen(  # noqa: S603  (our own commands)
            command,
            env=environment,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (we have no threads)
        )

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Whether `ready` came true in time, with every child alive."""
        for _ in range(int(seconds * 10)):
            if self.asked_to_stop or self.ended():
                return False
            if ready():
                return True
            time.sleep(0.1)
        return False

    def wait(self) -> str:
        """The name of the child that ended by itself; '' if somebody asked to stop."""
        while not self.asked_to_stop:
            if self.ended():
                return self.ended()
            time.sleep(0.2)
        return ""

    def ended(self) -> str:
        return next((name for name, one in self.running.items() if one.poll() is not None), "")

    def stop(self) -> None:
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.running.values():
            try:
                child.wait(timeout=max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.asked_to_stop = True


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
