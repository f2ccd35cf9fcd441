"""Redis is emptied, stops answering, dies and comes back, all while a worker is at work."""

import time

import pytest

from notifications.models import Delivery
from tests.journeys.crew import all_sent, recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import until
from tests.smtp_sink import Instant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
]
READERS = 5


@pytest.fixture
def readers():
    following = SubscriptionFactory.create_batch(READERS)
    return sorted(one.channel.address for one in following)


@pytest.fixture
def sending(readers, crew):
    """The instant in which a worker is in the middle of telling them."""
    release_news()
    crew.sink.before_data = instant = Instant(number=2)
    crew.broker.ask_for_a_tick()
    return instant


def all_were_told_twice_over(crew):
    """Of the news before and of the news after: the worker goes on, and consumes again."""
    crew.beat_until(all_sent)
    release_news()
    crew.beat_until(lambda: Delivery.objects.count() == 2 * READERS and all_sent())
    return recipients(crew.sink)


def test_emptied_while_a_worker_sends(readers, sending, crew):
    with sending.lasts():
        crew.broker.client.flushall()

    assert all_were_told_twice_over(crew) == sorted(readers * 2)


def test_killed_and_started_again_while_a_worker_sends(readers, sending, crew):
    with sending.lasts():
        crew.broker.kill()
        time.sleep(1)  # long enough for the worker to find nobody there
        crew.broker.start()

    assert all_were_told_twice_over(crew) == sorted(readers * 2)


def test_killed_while_a_worker_sends_and_started_again_later(readers, sending, crew):
    with sending.lasts():
        crew.broker.kill()
    until(all_sent)
    crew.broker.start()

    assert all_were_told_twice_over(crew) == sorted(readers * 2)


def test_silent_for_seconds_while_a_worker_sends(readers, sending, crew):
    with sending.lasts(), crew.broker.silent():
        time.sleep(2)  # twice as long as anybody waits for its answer

    assert all_were_told_twice_over(crew) == sorted(readers * 2)
