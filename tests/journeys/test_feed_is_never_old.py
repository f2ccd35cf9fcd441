"""A real server answers from memory, and never with what was true before its last look.

That look is each request on SQLite, and at most a second ago on PostgreSQL.
"""

import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection

import pytest
from django.db import connection

from tests.calendars.rows import a_milestone, say
from tests.journeys.one_command import until, unused_port
from tests.processes import now, process
from timeline import publishing
from timeline.models import Milestone
from tracker.laptop import answers, commands

pytestmark = pytest.mark.django_db(transaction=True)

EDITS = 30
DJANGO = {"DJANGO_SETTINGS_MODULE": "tracker.settings"}
KILLED = """
import os, signal, sys, django
django.setup()
from django.utils import timezone
from timeline import publishing
from timeline.models import Milestone
publishing.edit(Milestone.objects.get(), {"place": sys.argv[1]}, at=timezone.now())
os.kill(os.getpid(), signal.SIGKILL)
"""


@dataclass(frozen=True)
class Fetch:
    """When it was begun, and the number of the edit that it showed."""

    begun: float
    number: int
    tag: str


class Reader(threading.Thread):
    """Fetches one feed again and again, as often as the server answers."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__()
        self.fetches: list[Fetch] = []
        self.stopped = threading.Event()
        self._path = path
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def run(self) -> None:
        with closing(self.connection):
            while not self.stopped.is_set():
                self.fetches.append(self.fetch())
            self.fetches.append(self.fetch())  # a slow one may not have come round again

    def fetch(self) -> Fetch:
        begun = time.monotonic()
        self.connection.request("GET", self._path)
        response = self.connection.getresponse()
        shown = re.search(rb"LOCATION:Pad (\d+)", response.read())
        assert shown is not None, response.status
        return Fetch(begun, int(shown[1]), response.headers["ETag"])


@pytest.fixture
def milestone() -> Milestone:
    milestone = a_milestone(place="Pad 0")
    say(milestone, "2031-25", at=now() - timedelta(hours=1))
    return milestone


@pytest.fixture
def port(sink, milestone) -> Iterator[int]:
    port = unused_port()
    with process(*commands(port)["web"][1:], sink=sink) as running:
        until(lambda: answers(port) or running.poll() is not None)
        yield port


@pytest.fixture
def may_be_old() -> float:
    return 0.0 if connection.vendor == "sqlite" else 1.0


def edited(milestone: Milestone) -> list[float]:
    """When each of many edits had been committed; the first is that of what there was."""
    committed = [0.0]
    for number in range(1, EDITS + 1):
        at = now() + timedelta(seconds=number)
        publishing.edit(milestone, {"place": f"Pad {number}"}, at=at)
        committed.append(time.monotonic())
        time.sleep(0.05)
    return committed


def test_no_answer_is_older_than_the_look_while_editors_write(port, milestone, may_be_old):
    paths = ["/calendar/all.ics", "/calendar/programme/lupex.ics?vague=end"]
    readers = [Reader(port, path) for path in paths]
    for reader in readers:
        reader.fetches.append(reader.fetch())
        reader.start()

    committed = edited(milestone)
    time.sleep(may_be_old + 0.1)
    for reader in readers:
        reader.stopped.set()
        reader.join()

    for reader in readers:
        numbers = [fetch.number for fetch in reader.fetches]
        old = [
            fetch
            for fetch in reader.fetches
            if fetch.number < EDITS and fetch.begun > committed[fetch.number + 1] + may_be_old
        ]
        assert old == []
        assert numbers == sorted(numbers)
        assert (numbers[0], numbers[-1]) == (0, EDITS)
        tags = {fetch.tag: fetch.number for fetch in reader.fetches}
        assert [tags[fetch.tag] for fetch in reader.fetches] == numbers


def test_an_edit_is_shown_though_its_process_is_killed_as_it_commits(
    port, milestone, may_be_old, sink
):
    reader = Reader(port, "/calendar/all.ics")
    with closing(reader.connection):
        before = reader.fetch().number
        with process("-c", KILLED, "Pad 7", sink=sink, **DJANGO) as editing:
            ended = editing.wait(60)
        time.sleep(may_be_old)

        assert (before, ended, reader.fetch().number) == (0, -signal.SIGKILL, 7)
