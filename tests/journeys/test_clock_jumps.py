"""A clock jumps, or one machine has a wrong one: no lease is stolen, no mail leaves twice."""

from datetime import date, timedelta

import pytest

from notifications.models import Delivery
from notifications.tick import tick
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import recipients, release_news
from tests.notifications.factories import SubscriptionFactory
from tests.processes import process
from tests.smtp_sink import Instant

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SETTLED = NOON + 11 * MINUTE
ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture
def news():
    """A slip that is told to Ada and Bob at the next tick."""
    milestone = MilestoneFactory(title="NISAR launch")
    state(milestone, "2026", announce=False, on=date(2026, 11, 1))
    for address in (ADA, BOB):
        SubscriptionFactory(channel__address=address)
    state(milestone, "2027")


@pytest.mark.django_db
def test_an_hour_ahead_and_an_hour_back_each_mail_leaves_once(news, sink):
    for jumped in (SETTLED, SETTLED + HOUR, SETTLED, SETTLED - HOUR, SETTLED + 2 * HOUR):
        tick(at=jumped)

    assert recipients(sink) == [ADA, BOB]


@pytest.mark.django_db
def test_set_back_it_makes_a_refused_mail_wait_and_not_leave_at_once(news, sink):
    sink.refuse(ADA, "451 4.7.1 greylisted")

    tick(at=SETTLED)
    tick(at=SETTLED - HOUR)
    tick(at=SETTLED + 4 * MINUTE - HOUR)
    meanwhile = recipients(sink)
    tick(at=SETTLED + 7 * MINUTE)

    assert (meanwhile, recipients(sink)) == ([BOB], [ADA, BOB])


@pytest.mark.django_db
def test_set_back_before_the_edit_it_opens_no_settle_time_early(news, sink):
    tick(at=NOON - HOUR)
    tick(at=NOON + 9 * MINUTE)

    assert recipients(sink) == []


@pytest.mark.postgresql
@pytest.mark.xdist_group("faults")
@pytest.mark.django_db(transaction=True)
def test_a_machine_an_hour_ahead_takes_nothing_from_one_that_sends(sink):
    for address in (ADA, BOB):
        SubscriptionFactory(channel__address=address)
    release_news()
    sink.before_data = instant = Instant()
    wrong = {"DJANGO_SETTINGS_MODULE": "tests.hasty_settings", "TEST_CLOCK_AHEAD": "3600"}

    with process("manage.py", "notify_tick", sink=sink) as sender:
        with instant.lasts(), process("manage.py", "notify_tick", sink=sink, **wrong) as ahead:
            looked = ahead.wait(60)
        sent = sender.wait(60)

    assert (looked, sent) == (0, 0)
    assert recipients(sink) == [ADA, BOB]
    assert set(Delivery.objects.values_list("attempts", "lost_leases")) == {(1, 0)}
