"""What a worker in a test imports besides its own code, so that it dies where the test says.

The file that DYING names holds one line: "2 after notifications.fanout:fan_out_chunk". Whoever
comes back from that function for the second time is killed on the spot, as the kernel does when
memory runs out, and the line is used up. Beside it a file is locked for as long as a task runs.
"""

import fcntl
import functools
import importlib
import os
import signal
from pathlib import Path
from typing import Any

from celery import Task

from notifications import digesting, fanout, tasks

PLAN = Path(os.environ["DYING"])
WORKING = PLAN.with_name("working")
# The steps on the way of a mail, roughly in order. `send` sends one line of SMTP, or one mail.
STEPS = [
    "timeline.outbox:release",
    "notifications.fanout:note_announcement",
    "notifications.fanout:fan_out_chunk",
    "notifications.digesting:build",
    "notifications.models.delivery:DeliveryQuerySet.claim",
    "notifications.transports.email:SMTPLine.carry",
    "smtplib:SMTP.send",
    "notifications.sending:mark_digest_sent",
    "notifications.sending:Sender.taken",
    "notifications.models.heartbeat:HeartbeatQuerySet.beat",
]


def may_kill(step: str) -> None:
    """Let the function ask, before and after, whether it was its caller's last act."""
    module, _, path = step.partition(":")
    *owners, name = path.split(".")
    owner: Any = functools.reduce(getattr, owners, importlib.import_module(module))
    work = getattr(owner, name)

    @functools.wraps(work)
    def mortal(*args: Any, **kwargs: Any) -> Any:
        die_if_told(f"before {step}")
        done = work(*args, **kwargs)
        die_if_told(f"after {step}")
        return done

    setattr(owner, name, mortal)


def holds_the_lock(task: Task) -> None:
    work = task.run

    @functools.wraps(work)
    def locked(*args: Any, **kwargs: Any) -> Any:
        with WORKING.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            return work(*args, **kwargs)

    task.run = locked


def die_if_told(instant: str) -> None:
    try:
        number, _, told = PLAN.read_text().partition(" ")
    except FileNotFoundError:
        return
    if told != instant:
        return
    if int(number) > 1:
        PLAN.write_text(f"{int(number) - 1} {instant}")
        return
    PLAN.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


fanout.CHUNK = digesting.CHUNK = 2  # so that a few readers take several
for task in (tasks.tick, tasks.send_chunk):
    holds_the_lock(task)
for one in STEPS:
    may_kill(one)
