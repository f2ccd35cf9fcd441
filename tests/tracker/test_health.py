from datetime import timedelta

import pytest
from django.db import OperationalError

from notifications.models import Heartbeat
from tests.clock import NOON
from tests.notifications.factories import DeliveryFactory
from tracker import health
from tracker.health import readiness

UNKNOWN_HOST = {"host": "10.0.0.7:8000"}


def test_a_live_process_says_so_to_whoever_asks_by_address(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["milepost.example"]

    answer = client.get("/healthz", headers=UNKNOWN_HOST)

    assert (answer.status_code, answer.json()) == (200, {"live": True})


def test_other_pages_stay_behind_the_host_check(client, settings):
    settings.ALLOWED_HOSTS = ["milepost.example"]

    assert client.get("/healthz/", headers=UNKNOWN_HOST).status_code == 400


@pytest.mark.django_db
def test_ready_means_that_every_part_is_there_and_nothing_is_late(client, monkeypatch):
    monkeypatch.setattr(health.timezone, "now", lambda: NOON)
    Heartbeat.objects.beat("tick", at=NOON)

    answer = client.get("/readyz", headers=UNKNOWN_HOST)

    parts = {"database": True, "broker": True, "tick": True, "punctual": True}
    assert (answer.status_code, answer.json()) == (200, parts)


def test_one_part_that_fails_makes_us_unready_without_telling_strangers_why():
    def broken(at):
        raise OperationalError("password of milepost@db is wrong")

    answer = readiness({"database": broken, "broker": lambda at: True}, at=NOON)

    assert (answer.status_code, answer.content) == (503, b'{"database": false, "broker": true}')


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "alive"), [(60, True), (61, False)])
def test_four_missed_ticks_are_noticed(seconds, alive):
    Heartbeat.objects.beat("tick", at=NOON - timedelta(seconds=seconds))

    assert health.tick(NOON) is alive


@pytest.mark.django_db
def test_a_mail_that_is_ten_minutes_late_is_noticed():
    DeliveryFactory(next_attempt_at=NOON - timedelta(minutes=10))

    assert health.punctual(NOON - timedelta(seconds=1)) is True
    assert health.punctual(NOON) is False
