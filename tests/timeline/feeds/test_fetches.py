"""Noting who fetched a private feed costs the fetch nothing and breaks it by nothing."""

import logging
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError, connection

from tests.clock import NOON
from tests.timeline.private import a_feed
from timeline.feeds.fetches import Fetches
from timeline.models import PrivateFeed

pytestmark = pytest.mark.django_db

NOW = NOON.timestamp()


@pytest.fixture
def feed() -> PrivateFeed:
    return a_feed().feed


def last(feed: PrivateFeed) -> tuple[object, str]:
    feed.refresh_from_db()
    return feed.last_fetched_at, feed.last_fetched_by


def test_a_fetch_is_written_with_its_moment_and_the_name_of_its_app(feed):
    fetches = Fetches()

    fetches.note(feed.pk, "Google-Calendar-Importer", at=NOW)
    fetches.write()

    assert last(feed) == (NOON, "Google Calendar")


def test_to_note_a_fetch_asks_the_database_nothing(feed, django_assert_num_queries):
    with django_assert_num_queries(0):
        Fetches().note(feed.pk, "curl/8", at=NOW)


def test_where_nothing_was_fetched_nothing_is_written(feed, django_assert_num_queries):
    fetches = Fetches()
    fetches.note(feed.pk, "curl/8", at=NOW)
    fetches.write()

    with django_assert_num_queries(0):
        fetches.write()


def test_however_often_a_feed_is_fetched_it_is_written_once(feed):
    other = a_feed().feed
    fetches = Fetches()
    for second in range(100):
        fetches.note(feed.pk, "curl/8", at=NOW + second)
        fetches.note(other.pk, "Wget/1", at=NOW)
    updates = []

    def count(execute, sql, params, many, context):
        updates.append(sql.startswith("UPDATE"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        fetches.write()

    assert updates.count(True) == 2
    assert last(feed) == (NOON + timedelta(seconds=99), "curl")
    assert last(other) == (NOON, "Wget")


def test_what_another_process_noted_later_stands(feed):
    early, late = Fetches(), Fetches()
    early.note(feed.pk, "curl/8", at=NOW)
    late.note(feed.pk, "Wget/1", at=NOW + 1)

    late.write()
    early.write()

    assert last(feed) == (NOON + timedelta(seconds=1), "Wget")


def test_a_fetch_changes_nothing_that_is_shown(feed):
    fetches = Fetches()
    fetches.note(feed.pk, "curl/8", at=NOW)
    fetches.write()

    feed.refresh_from_db()
    assert (feed.number, feed.changed_at) == (0, NOON)


def test_a_feed_that_is_gone_is_no_trouble(feed):
    fetches = Fetches()
    fetches.note(feed.pk + 1, "curl/8", at=NOW)
    fetches.note(feed.pk, "curl/8", at=NOW)

    fetches.write()

    assert last(feed) == (NOON, "curl")


def test_what_cannot_be_written_is_logged_and_dropped(feed, caplog):
    fetches = Fetches()
    fetches.note(feed.pk, "curl/8", at=NOW)

    def fail(*args):
        raise OperationalError("the database is away")

    with caplog.at_level(logging.ERROR), connection.execute_wrapper(fail):
        fetches.write()
    fetches.write()

    assert caplog.messages == ["The last fetches of 1 private feeds are not noted"]
    assert last(feed) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_a_thread_of_its_own_writes_what_was_noted(feed):
    written = Event()

    class Watched(Fetches):
        def write(self) -> None:
            super().write()
            if last(feed)[0] is not None:
                written.set()

    fetches = Watched()
    fetches.keep_writing(every=0.01)
    fetches.keep_writing(every=0.01)
    fetches.note(feed.pk, "vdirsyncer/0.19.3", at=NOW)

    assert written.wait(timeout=30)
    fetches.stop()
    assert last(feed) == (NOON, "vdirsyncer")
