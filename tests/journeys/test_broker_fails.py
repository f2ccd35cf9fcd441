"""Redis forgets, or is not there; a worker is killed. Celery only hurries: the mail leaves."""

import socket
import subprocess
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import current_app

from notifications.models import Notification
from notifications.tick import tick
from notifications.waking import TICK, wake
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import all_sent, leases_run_out
from tests.notifications.factories import SubscriptionFactory
from tests.processes import PYTHON, ROOT, environment, kill, now, until, worker
from timeline import outbox
from timeline.models import Announcement

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
    pytest.mark.usefixtures("broker"),
]
COUNT = 4


@pytest.fixture
def announcement():
    """News that is released, and followed by some."""
    at = now()
    milestone = MilestoneFactory(title="NISAR launch", created_at=at)
    SubscriptionFactory.create_batch(COUNT)
    announcement = state(milestone, "2027", at=at, on=at.date()).announcement
    outbox.release(announcement, at=at)
    return Announcement.objects.get()


@contextmanager
def listening_worker(sink, broker):
    """One that takes what is asked for before that expires, however slow the machine."""
    with worker(sink) as running:
        until(lambda: broker.exists("_kombu.binding.celery.pidbox"))
        yield running


def test_a_real_worker_sends_what_a_real_broker_asks_it_to(announcement, sink, broker):
    with listening_worker(sink, broker):
        wake()
        until(all_sent)

    assert len({mail.recipient for mail in sink.kept}) == len(sink.kept) == COUNT


def test_redis_emptied_between_announcement_and_fan_out_loses_nothing(announcement, sink, broker):
    wake()
    asked = broker.llen("celery")
    broker.flushdb()
    forgotten = broker.llen("celery")

    with worker(sink):
        current_app.send_task(TICK)  # the next beat
        until(all_sent)

    assert (asked, forgotten) == (1, 0)
    assert len(sink.kept) == COUNT


def test_a_worker_killed_in_the_middle_is_replaced_by_another(announcement, sink, broker):
    with listening_worker(sink, broker) as first:
        sink.before_data = lambda: kill(first) if len(sink.kept) == 2 else None
        wake()
        until(lambda: first.poll() is not None)
    sink.before_data = None
    leases_run_out()

    with worker(sink):
        current_app.send_task(TICK)
        until(all_sent)

    assert len({mail.recipient for mail in sink.kept}) == len(sink.kept) == COUNT


def test_two_workers_asked_ten_times_send_each_mail_once(announcement, sink, broker):
    for _ in range(10):
        current_app.send_task(TICK)

    with worker(sink), worker(sink):
        until(all_sent)
        until(lambda: broker.llen("celery") == 0)

    assert len({mail.recipient for mail in sink.kept}) == len(sink.kept) == COUNT


WAKE = """
import django, time
django.setup()
from notifications.waking import wake
began = time.monotonic()
wake()
print(time.monotonic() - began)
"""


def seconds_to_wake(sink, redis_url):
    done = subprocess.run(
        [PYTHON, "-c", WAKE],
        env=environment(sink, REDIS_URL=redis_url, DJANGO_SETTINGS_MODULE="tracker.settings"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nonexistent/redis.sock"])
def test_without_a_broker_asking_costs_a_moment_and_raises_nothing(sink, url):
    assert seconds_to_wake(sink, url) < 2


def test_a_broker_that_is_silent_costs_seconds_and_raises_nothing(sink):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        assert seconds_to_wake(sink, f"redis://127.0.0.1:{port}/0") < 8


def test_saved_without_a_broker_it_leaves_with_the_next_tick(sink, monkeypatch):
    monkeypatch.setattr(current_app, "send_task", lambda *_, **__: (_ for _ in ()).throw(OSError))
    at = now()
    milestone = MilestoneFactory(created_at=at)
    SubscriptionFactory()
    state(milestone, "2027", at=at, on=at.date())
    wake()

    tick(at=at + timedelta(minutes=11))

    assert len(sink.kept) == 1
    assert Notification.objects.count() == 1
