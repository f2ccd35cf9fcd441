"""The mail server is down, slow, choosy, or goes silent in the middle, and a real worker sends."""

import time
from datetime import timedelta

import pytest

from notifications.models import Channel, Circuit, Delivery, Suppression
from tests.journeys.crew import all_sent, recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now, until
from tests.smtp_sink import Instant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.redis,
    pytest.mark.xdist_group("faults"),
]
ADA, BOB, EVE, JOE = "ada@one.example", "bob@two.example", "eve@three.example", "joe@four.example"


@pytest.fixture
def news():
    for address in (ADA, BOB, EVE, JOE):
        SubscriptionFactory(channel__address=address)
    release_news(title="NISAR launch")


def its_time_has_come():
    """What waits for another try waits no longer."""
    a_moment_ago = now() - timedelta(seconds=1)
    Delivery.objects.queued().update(next_attempt_at=a_moment_ago)
    Circuit.objects.update(retry_at=a_moment_ago)


def rows():
    found = Delivery.objects.order_by("channel__address")
    return dict(found.values_list("channel__address", "state"))


def test_down_then_up_again(news, crew):
    crew.sink.close()
    crew.tick()
    while_down = set(Delivery.objects.values_list("state", "attempts"))
    crew.sink.open()

    its_time_has_come()
    crew.tick()

    assert while_down == {("queued", 0)}
    assert recipients(crew.sink) == [ADA, BOB, EVE, JOE]


def test_refusing_some_it_takes_the_others(news, crew):
    crew.sink.refuse(ADA, "550 5.1.1 no such user")
    crew.sink.refuse(BOB, "451 4.7.1 greylisted")
    crew.sink.refuse(EVE, "554 5.7.1 we do not want you", command="TAKE")

    crew.tick()
    first = (recipients(crew.sink), rows())
    its_time_has_come()
    crew.tick()

    assert first == ([JOE], {ADA: "failed", BOB: "queued", EVE: "queued", JOE: "sent"})
    assert recipients(crew.sink) == [BOB, EVE, JOE]
    assert [Suppression.objects.of(one).exists() for one in (ADA, BOB, EVE)] == [True, False, False]
    assert Channel.objects.get(address=ADA).state == Channel.State.DISABLED


def test_hanging_up_after_it_took_a_mail_gets_the_same_mail_again(news, crew):
    def hang_up():
        crew.sink.after_data = None
        raise ConnectionAbortedError

    crew.sink.after_data = hang_up
    crew.tick()
    its_time_has_come()
    crew.tick()

    first, second = crew.sink.of(crew.sink.kept[0].recipient)
    assert sorted({*recipients(crew.sink)}) == [ADA, BOB, EVE, JOE]
    assert len(crew.sink.kept) == 5
    assert first.content == second.content


def test_silent_after_it_took_a_mail_it_keeps_no_worker(news, crew):
    crew.sink.after_data = silence = Instant()
    crew.tick()
    meanwhile = (len(crew.sink.kept), set(rows().values()))
    with silence.lasts():
        its_time_has_come()
    crew.tick()

    first, second = crew.sink.of(crew.sink.kept[0].recipient)
    assert meanwhile == (1, {"queued"})
    assert sorted({*recipients(crew.sink)}) == [ADA, BOB, EVE, JOE]
    assert len(crew.sink.kept) == 5
    assert first.content == second.content


def test_slow_it_gets_each_mail_once_and_from_one_sender(news, crew):
    crew.sink.pause = 0.25

    crew.broker.ask_for_a_tick()
    until(lambda: Delivery.objects.sending().exists())
    while not all_sent():
        crew.broker.ask_for_a_tick()  # somebody who looks for work
        time.sleep(0.5)

    assert recipients(crew.sink) == [ADA, BOB, EVE, JOE]
    assert set(Delivery.objects.values_list("attempts", "lost_leases")) == {(1, 0)}
