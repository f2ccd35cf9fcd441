"""The database is full, read-only, or started again while a worker sends."""

import signal
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests import servers
from tests.journeys.crew import all_sent, leases_run_out, recipients, release_news, running_crew
from tests.notifications.factories import SubscriptionFactory
from tests.processes import database_url, run_tick, until
from tests.smtp_sink import Instant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
]
READERS = 5
MAY_WRITE = "-c default_transaction_read_only=off"
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE UPDATE ON notifications_delivery EXECUTE FUNCTION no_room();
"""


def execute(statement):
    with psycopg.connect(database_url(), autocommit=True, options=MAY_WRITE) as own:
        own.execute(statement)


@contextmanager
def read_only():
    """Whoever connects from now on may only read."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    execute(f"ALTER DATABASE {name} SET default_transaction_read_only TO on")
    try:
        yield
    finally:
        execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def follow():
    following = SubscriptionFactory.create_batch(READERS)
    return sorted(one.channel.address for one in following)


def test_what_cannot_be_claimed_is_not_sent(sink):
    readers = follow()
    release_news()

    with read_only():
        failed = run_tick(sink)
        meanwhile = recipients(sink)
    worked = run_tick(sink)

    assert (failed, meanwhile) == (1, [])
    assert (worked, recipients(sink)) == (0, readers)


def test_full_in_the_middle_it_lets_one_mail_leave_twice_and_no_other(crew):
    readers = follow()
    release_news()
    crew.sink.before_data = instant = Instant(number=2)
    crew.broker.ask_for_a_tick()

    with instant.lasts():
        execute(NO_ROOM)
    until(crew.is_idle)
    crew.broker.ask_for_a_tick()
    until(crew.is_idle)
    while_full = len(crew.sink.kept)
    execute("DROP FUNCTION no_room CASCADE")
    leases_run_out()
    crew.broker.ask_for_a_tick()
    until(all_sent)

    first, second = crew.sink.of(crew.sink.kept[1].recipient)
    assert while_full == 2
    assert sorted(set(recipients(crew.sink))) == readers
    assert len(crew.sink.kept) == READERS + 1
    assert first.content == second.content


@pytest.fixture
def own_database(transactional_db):
    """A PostgreSQL that the test may end, with our tables; until its end Django uses that one."""
    usual = dict(connection.settings_dict)
    connection.close()
    with servers.folder_of_our_own(servers.place()) as folder, ExitStack() as stack:
        database = Database(folder, stack)
        database.start()
        connection.settings_dict |= database.settings()
        call_command("migrate", verbosity=0)
        yield database
        connection.close()
        connection.settings_dict |= {part: usual[part] for part in database.settings()}


@dataclass
class Database:
    folder: Path
    stack: ExitStack

    def start(self):
        # What is committed is on the disk, as where it is worth something.
        more = {"synchronous_commit": "on", "fsync": "off"}
        self.process = self.stack.enter_context(servers.postgres_process(self.folder, **more))

    def crash(self):
        """All its processes end at once; what was not committed is gone."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def settings(self):
        return {"HOST": str(self.folder), "NAME": "postgres", "USER": "postgres", "PORT": ""}


def test_started_again_while_a_worker_sends(own_database, tmp_path):
    readers = follow()
    release_news()
    with running_crew(tmp_path) as crew:
        crew.sink.before_data = instant = Instant(number=3)
        crew.broker.ask_for_a_tick()
        with instant.lasts():
            time.sleep(1)  # longer than PostgreSQL keeps what nobody waits for in memory
            own_database.crash()
            connection.close()
            own_database.start()
        crew.wait_until_idle()
        leases_run_out()
        crew.broker.ask_for_a_tick()
        until(all_sent)
        crew.wait_until_idle()
        connection.close()

    first, second = crew.sink.of(crew.sink.kept[2].recipient)
    assert sorted(set(recipients(crew.sink))) == readers
    assert len(crew.sink.kept) == READERS + 1
    assert first.content == second.content
