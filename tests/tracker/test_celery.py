"""Celery hurries what the database owes. It may fail, but nobody waits for it."""

import os
import signal
import time

import pytest
import redis
from kombu.exceptions import OperationalError

from tests import servers
from tracker import environment
from tracker.celery import app

pytestmark = pytest.mark.redis


@pytest.fixture
def own_redis():
    with (
        servers.folder_of_our_own(servers.place()) as folder,
        servers.redis_server(folder) as url,
    ):
        yield url


def send(url):
    with app.connection(environment.broker(url)) as connection:
        app.send_task("hurry", connection=connection, queue="tests")


def seconds_until_refused(url):
    start = time.monotonic()
    with pytest.raises(OperationalError):
        send(url)
    return time.monotonic() - start


def test_a_message_reaches_the_broker(own_redis):
    send(own_redis)

    assert redis.Redis.from_url(own_redis).llen("tests") == 1


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/redis.sock"])
def test_a_broker_that_is_not_there_refuses_at_once(url):
    assert seconds_until_refused(url) < 1.5  # kombu by itself goes on for 2 seconds


def test_a_broker_that_hangs_costs_a_second_and_no_more(own_redis):
    process = redis.Redis.from_url(own_redis).info()["process_id"]
    os.kill(process, signal.SIGSTOP)
    try:
        waited = seconds_until_refused(own_redis)
    finally:
        os.kill(process, signal.SIGCONT)

    assert waited < 4  # kombu by itself waits for as long as it hangs


def test_messages_are_json_and_no_result_is_kept():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result is True
    assert app.conf.result_backend is None


def test_a_worker_notices_that_its_broker_came_back():
    """Celery 5.7 stops consuming for good when Redis restarts, unless this is on."""
    assert app.conf.worker_enable_remote_control is True


def test_beat_has_fixed_intervals_only_and_no_tick_outlives_its_turn():
    for name, entry in app.conf.beat_schedule.items():
        assert isinstance(entry["schedule"], (int, float)), name
        assert entry["options"]["expires"] == entry["schedule"], name
