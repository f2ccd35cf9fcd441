from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings as loaded

from notifications import sending, tasks, waking
from notifications.models import Delivery, Heartbeat
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory, DeliveryFactory, NotificationFactory
from tests.processes import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def asked(monkeypatch):
    """How often other workers were asked for help."""
    calls = []
    monkeypatch.setattr(tasks.send_chunk, "apply_async", lambda **options: calls.append(options))
    return calls


def test_the_beat_ticks_and_drops_ticks_that_nobody_took():
    entry = loaded.CELERY_BEAT_SCHEDULE["tick"]

    assert entry["task"] in current_app.tasks
    assert entry["options"] == {"expires": entry["schedule"]}
    assert entry["task"] == waking.TICK


def test_a_tick_reads_the_clock(asked):
    tasks.tick()

    assert abs(Heartbeat.objects.get(name="tick").at - now()) < timedelta(seconds=30)
    assert asked == []


def test_what_one_tick_leaves_is_shared(asked, monkeypatch):
    monkeypatch.setattr(sending, "CHUNK", 2)
    monkeypatch.setattr(tasks, "HELPERS", 2)
    notification = NotificationFactory(milestone=None, kind="confirm", payload={})
    for channel in ChannelFactory.create_batch(9):
        DeliveryFactory(notification=notification, channel=channel)

    tasks.ask_for_help()

    assert asked == [{"retry": False}] * 2


def test_a_worker_that_helps_sends_a_chunk(outbox):
    DeliveryFactory(
        notification__kind="confirm",
        notification__milestone=None,
        notification__payload={"asked_at": NOON.isoformat()},
    )

    tasks.send_chunk()

    assert Delivery.objects.get().state == "sent"
    assert len(list(outbox.glob("*.eml"))) == 1


def test_a_broker_in_memory_is_not_asked(settings, monkeypatch):
    calls = []
    monkeypatch.setattr(current_app, "send_task", lambda *args, **_: calls.append(args))
    settings.REDIS_URL = ""
    waking.wake()
    settings.REDIS_URL = "redis://redis"
    waking.wake()

    assert calls == [(waking.TICK,)]
