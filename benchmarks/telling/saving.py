"""State dates on the screen for editors, one after another; print what that took, as JSON."""

import json
import sys
import time
from http import HTTPStatus

import django
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

django.setup()

from tests.admin import screen  # noqa: E402  (rows exist from here on)
from timeline.models import Milestone  # noqa: E402

WARMING_UP = 2  # what happens only once in a process


def measure(saves: int) -> dict[str, object]:
    client = editor()
    took = [save(client) for _ in range(WARMING_UP + saves)][WARMING_UP:]
    seconds, cpu = zip(*took, strict=True)
    with CaptureQueriesContext(connection) as captured:
        save(client)
    ours = [query for query in captured if "notifications_" in query["sql"]]
    return {
        "seconds": min(seconds),
        "cpu": min(cpu),
        "statements": len(captured),
        "of notifications": len(ours),
    }


def editor() -> Client:
    users = get_user_model().objects
    client = Client()
    client.force_login(users.filter(is_superuser=True).first() or users.create_superuser("editor"))
    return client


def save(client: Client) -> tuple[float, float]:
    """Seconds from the button to the answer, and what of them is our own process's work.

    The preview before it is not among them.
    """
    milestone = Milestone.objects.get(slug="launch")
    words = f"{1 + milestone.statements.count() % 28} October {screen.today().year + 2}"
    sent = screen.typed(milestone, words)
    shown = screen.preview(client, milestone, sent).context["outlook"]
    began, worked = time.perf_counter(), time.process_time()
    answer = screen.save(client, milestone, sent | {"confirmed": shown.digest})
    lasted = time.perf_counter() - began, time.process_time() - worked
    if answer.status_code != HTTPStatus.FOUND:
        raise SystemExit(f"It was not saved: {answer.status_code}")
    return lasted


if __name__ == "__main__":
    setup_test_environment()
    print(json.dumps(measure(int(sys.argv[1]))))
