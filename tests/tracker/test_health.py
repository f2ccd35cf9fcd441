import pytest
from django.db import OperationalError

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
def test_ready_names_each_part(client):
    answer = client.get("/readyz", headers=UNKNOWN_HOST)

    assert (answer.status_code, answer.json()) == (200, dict.fromkeys(health.PARTS, True))


def test_one_part_that_fails_makes_us_unready_without_telling_strangers_why():
    def broken():
        raise OperationalError("password of milepost@db is wrong")

    answer = readiness({"database": broken, "broker": lambda: None})

    assert (answer.status_code, answer.content) == (503, b'{"database": false, "broker": true}')
