"""The mail server says no, later, or nothing at all; nothing is lost, nobody is told twice."""

from datetime import date, timedelta

import pytest

from notifications.models import Channel, Circuit, Delivery, Suppression
from notifications.tick import tick
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.smtp_sink import running_sink

pytestmark = pytest.mark.django_db

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


def recipients(sink):
    return [mail.recipient for mail in sink.kept]


def states():
    rows = Delivery.objects.order_by("channel__address")
    return dict(rows.values_list("channel__address", "state"))


def test_not_now_then_taken(news, sink):
    sink.refuse(ADA, "451 4.7.1 greylisted")

    tick(at=SETTLED)
    first = recipients(sink)
    tick(at=SETTLED + 3 * MINUTE)
    too_early = recipients(sink)
    tick(at=SETTLED + 7 * MINUTE)
    tick(at=SETTLED + 60 * MINUTE)

    assert (first, too_early, recipients(sink)) == ([BOB], [BOB], [BOB, ADA])
    assert states() == {ADA: "sent", BOB: "sent"}
    assert Delivery.objects.get(channel__address=ADA).attempts == 2


def test_no_such_mailbox_is_tried_once_and_never_again(news, sink):
    sink.refuse(ADA, "550 5.1.1 no such user")

    tick(at=SETTLED)
    tick(at=SETTLED + timedelta(days=1))

    assert recipients(sink) == [BOB]
    assert states() == {ADA: "failed", BOB: "sent"}
    assert Suppression.objects.of(ADA).exists()
    assert Channel.objects.get(address=ADA).state == Channel.State.DISABLED


def test_blocked_by_all_of_them_suppresses_nobody_and_drains_afterwards(news, sink):
    sink.refuse("*", *["554 5.7.1 blocked"] * 50, command="TAKE")

    for hour in range(5):
        tick(at=SETTLED + timedelta(hours=hour))
    during = (recipients(sink), states(), Suppression.objects.count())
    sink.replies.clear()
    for minute in range(3):
        tick(at=SETTLED + timedelta(hours=8, minutes=minute))

    assert during == ([], {ADA: "queued", BOB: "queued"}, 0)
    assert sorted(recipients(sink)) == [ADA, BOB]
    assert Circuit.objects.count() == 0


def test_the_relay_is_down_for_a_day_then_up(news, sink, settings):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    for hour in range(24):
        tick(at=SETTLED + timedelta(hours=hour))
    attempts = set(Delivery.objects.values_list("state", "attempts"))
    settings.EMAIL_PORT = up
    tick(at=SETTLED + timedelta(hours=25))

    assert attempts == {("queued", 0)}
    assert recipients(sink) == [ADA, BOB]


def test_the_relay_goes_away_in_the_middle(news, sink):
    sink.refuse(ADA, "hang up", command="TAKE")

    tick(at=SETTLED)
    tick(at=SETTLED + 2 * MINUTE)
    tick(at=SETTLED + 10 * MINUTE)

    assert recipients(sink) == [BOB, ADA]


def test_taken_but_the_answer_is_lost_goes_again_under_the_same_name(news, sink):
    def hang_up():
        sink.after_data = None
        raise ConnectionAbortedError

    sink.after_data = hang_up

    tick(at=SETTLED)
    tick(at=SETTLED + 10 * MINUTE)

    assert sorted(recipients(sink)) == [ADA, ADA, BOB]
    assert len({mail.message_id for mail in sink.of(ADA)}) == 1


def test_a_second_server_takes_over(news, sink, settings):
    sink.refuse("", *["421 going down"] * 9, command="CONNECT")
    tick(at=SETTLED)

    with running_sink() as other:
        settings.EMAIL_PORT = other.port
        tick(at=SETTLED + 2 * MINUTE)

        assert (recipients(sink), recipients(other)) == ([], [ADA, BOB])
