"""A new version is put in place of the old one while mails leave."""

import os
import signal

import pytest

from notifications.models import Delivery
from notifications.waking import wake
from tests.journeys.crew import all_sent, recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import until, worker
from tests.smtp_sink import Instant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
]
READERS = 5


def test_the_old_worker_ends_what_it_sends_and_the_new_one_goes_on(crew, broker, settings):
    readers = sorted(one.channel.address for one in SubscriptionFactory.create_batch(READERS))
    release_news()
    crew.sink.before_data = instant = Instant(number=2)

    with worker(crew.sink, REDIS_URL=settings.REDIS_URL) as old:
        until(lambda: broker.exists("_kombu.binding.celery.pidbox"))
        wake()
        with instant.lasts():
            os.kill(old.pid, signal.SIGTERM)
            release_news()
            crew.broker.ask_for_a_tick()  # the crew is the next version
            until(lambda: len(crew.sink.kept) == 1 + READERS)
        ended = old.wait(60)
    until(all_sent)

    assert ended == 0
    assert recipients(crew.sink) == sorted(2 * readers)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
