"""A production start is refused while something it needs is missing."""

import os
import subprocess
import sys

import pytest
from django.core.management.base import SystemCheckError

from tracker.checks import configuration, refuse_half_configured

PRODUCTION = {
    "LAPTOP": "0",
    "SECRET_KEY": "7#" * 13 + "kz!9wQ_y" * 4,
    "MILEPOST_ADDRESS_KEY": "5%" * 13 + "mu?4RbXt" * 4,
    "MILEPOST_BASE_URL": "https://milepost.example",
    "MILEPOST_MAIL_FROM": "Milepost <news@milepost.example>",
    "EMAIL_HOST": "mail.milepost.example",
}


@pytest.fixture
def production(settings):
    settings.LAPTOP = False
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]
    settings.MILEPOST_ADDRESS_KEY = PRODUCTION["MILEPOST_ADDRESS_KEY"]
    settings.MILEPOST_BASE_URL = PRODUCTION["MILEPOST_BASE_URL"]
    settings.MILEPOST_MAIL_FROM = PRODUCTION["MILEPOST_MAIL_FROM"]
    settings.MILEPOST_OUTBOX_DIR = ""
    settings.EMAIL_HOST = PRODUCTION["EMAIL_HOST"]
    settings.ALLOWED_HOSTS = ["milepost.example"]
    settings.REDIS_URL = ""
    return settings


def found():
    return [problem.id for problem in configuration()]


def test_a_laptop_needs_nothing(settings):
    settings.LAPTOP = True

    assert found() == []


def test_a_whole_production_configuration_is_accepted(production):
    assert found() == []


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        ("E002", "SECRET_KEY", ""),
        ("E002", "SECRET_KEY", "k" * 49),
        ("E004", "ALLOWED_HOSTS", ["milepost.example", "*"]),
        ("E004", "ALLOWED_HOSTS", ["other.example"]),
        ("E005", "MILEPOST_OUTBOX_DIR", "var/outbox"),
        ("E006", "EMAIL_HOST", ""),
        ("E007", "MILEPOST_MAIL_FROM", "Milepost <milepost@localhost>"),
        ("E007", "MILEPOST_MAIL_FROM", ""),
        ("E008", "EMAIL_HOST_PASSWORD", "secret"),
        ("E012", "MILEPOST_ADDRESS_KEY", ""),
        ("E014", "MILEPOST_MAIL_BACKEND", "anymail.backends.postmark.EmailBackend"),
        ("E013", "DEBUG", True),
        ("E010", "MILEPOST_SETTLE_MAX_SECONDS", 599),
    ],
)
def test_a_half_configured_production_is_refused(production, number, name, value):
    setattr(production, name, value)

    assert found() == [f"tracker.{number}"]


def test_a_provider_does_in_place_of_a_mail_server(production):
    production.EMAIL_HOST = ""
    production.MILEPOST_MAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    production.ANYMAIL = {"WEBHOOK_SECRET": "postmark:a-long-one"}

    assert found() == []


@pytest.mark.parametrize("address", ["http://milepost.example", "https://localhost", ""])
def test_readers_are_served_over_tls_under_a_public_name(production, address):
    production.MILEPOST_BASE_URL = address
    production.ALLOWED_HOSTS = ["milepost.example", "localhost", None]

    assert found() == ["tracker.E003"]


def test_several_processes_do_not_share_a_sqlite_file(production, monkeypatch):
    production.REDIS_URL = "redis://redis"
    monkeypatch.setitem(production.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")

    assert found() == ["tracker.E009"]


def test_a_laptop_does_not_serve_the_public(settings):
    settings.LAPTOP = True
    settings.MILEPOST_BASE_URL = "https://milepost.example"

    assert found() == ["tracker.E001"]


def test_two_ways_to_encrypt_mail_exclude_each_other(production):
    production.EMAIL_USE_TLS = production.EMAIL_USE_SSL = True

    assert found() == ["tracker.E011"]


def test_a_server_that_runs_no_checks_is_refused_too(production):
    production.EMAIL_HOST = ""

    with pytest.raises(SystemCheckError, match=r"tracker\.E006"):
        refuse_half_configured()


def in_a_process(*command, **environment):
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "DATABASE_URL"}}
    return subprocess.run(
        [sys.executable, *command],
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_own_deployment_checks_find_nothing_in_production():
    check = in_a_process("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (check.stdout, check.returncode) == (
        "System check identified no issues (2 silenced).\n",
        0,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("-c", "import tracker.wsgi"),
        ("-m", "celery", "-A", "tracker", "worker", "--pool=solo"),
    ],
)
def test_no_way_to_start_gets_past_a_missing_secret(command):
    started = in_a_process(*command, **(PRODUCTION | {"SECRET_KEY": ""}))

    assert started.returncode != 0
    assert "tracker.E002" in started.stderr
