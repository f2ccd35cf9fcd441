"""One worker, with a broker and a mail server of its own, for many tests that hurt it."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import redis
from celery import current_app
from kombu import Connection

from notifications.models import Delivery, Heartbeat
from notifications.waking import TICK
from tests import servers
from tests.factories import MilestoneFactory, state
from tests.processes import now, until, worker
from tests.smtp_sink import Sink, running_sink
from timeline import outbox
from tracker import environment


class Broker:
    """A Redis that a test may stop, kill and start again; it is found where it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = servers.redis_url(folder)
        self.client = redis.Redis.from_url(self.url, socket_timeout=5)
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        self.process = self.running.enter_context(servers.redis_process(self.folder))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """It is there, it takes connections, and it answers nobody."""
        os.kill(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process.pid, signal.SIGCONT)

    def ask_for_a_tick(self) -> None:
        """As beat does; but what is asked for here does not expire."""
        with Connection(environment.broker(self.url)) as connection:
            current_app.send_task(TICK, connection=connection)

    def has_workers(self, count: int = 1) -> bool:
        return self.client.scard("_kombu.binding.celery.pidbox") >= count

    def is_empty(self) -> bool:
        return self.client.llen("celery") == self.client.hlen("unacked") == 0


@dataclass
class Crew:
    sink: Sink
    broker: Broker
    plan: Path
    process: Popen[bytes] = field(repr=False)

    def tick(self) -> None:
        """Have it tick once, to the end of all that this asks for."""
        asked_at = now()
        self.broker.ask_for_a_tick()
        until(Heartbeat.objects.filter(name="tick", at__gt=asked_at).exists)
        self.wait_until_idle()

    def beat_until(self, condition: Callable[[], object]) -> None:
        """Ask for a tick each second, as beat does.

        A worker that loses its broker may give up what it does: the next tick goes on with it.
        """
        asked_at = 0.0

        def asked_and_so() -> object:
            nonlocal asked_at
            if time.monotonic() - asked_at > 1:
                self.broker.ask_for_a_tick()
                asked_at = time.monotonic()
            return condition()

        until(asked_and_so)

    def dies(self, instant: str, *, number: int = 1) -> None:
        """The child that works will be killed then: see tests/dying.py."""
        self.plan.write_text(f"{number} {instant}")

    def has_died(self) -> bool:
        return not self.plan.exists()

    def is_idle(self) -> bool:
        with self.plan.with_name("working").open("ab") as working:
            try:
                fcntl.flock(working, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return self.broker.is_empty()

    def wait_until_idle(self) -> None:
        until(self.is_idle)
        time.sleep(0.1)  # what was just taken from the broker begins
        until(self.is_idle)

    def rest(self) -> None:
        """Leave nothing of a test to the next."""
        self.sink.reset()
        self.wait_until_idle()
        self.sink.reset()
        self.plan.unlink(missing_ok=True)
        assert self.process.poll() is None


@contextmanager
def running_crew(folder: Path) -> Iterator[Crew]:
    with servers.folder_of_our_own(servers.place()) as private, running_sink() as sink:
        broker = Broker(private)
        plan = folder / "dying"
        environ = {
            "REDIS_URL": broker.url,
            "DJANGO_SETTINGS_MODULE": "tests.hasty_settings",
            "DYING": str(plan),
        }
        with (
            broker.running,
            worker(sink, "--include", "tests.dying", **environ) as process,
        ):
            until(broker.has_workers)
            yield Crew(sink, broker, plan, process)


def release_news(**milestone: object) -> None:
    """News that has settled, of one more milestone."""
    at = now()
    stated = state(MilestoneFactory(created_at=at, **milestone), "2027", at=at, on=at.date())
    outbox.release(stated.announcement, at=at)


def recipients(sink: Sink) -> list[str]:
    return sorted(mail.recipient for mail in sink.kept)


def all_sent() -> bool:
    return set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def leases_run_out() -> None:
    Delivery.objects.sending().update(lease_until=now() - timedelta(seconds=1))
