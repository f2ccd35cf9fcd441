"""An editor states that a date moved; whoever follows it hears of it, once."""

from datetime import date, timedelta

import pytest

from notifications import fanout
from notifications.models import Delivery, Notification
from notifications.tick import tick
from tests.clock import NOON
from tests.factories import MilestoneFactory, OrganisationFactory, ProgrammeFactory, state
from tests.notifications.factories import ChannelFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SETTLED = NOON + 11 * MINUTE


@pytest.fixture
def launch():
    milestone = MilestoneFactory(title="ISSA-J1 launch")
    state(milestone, "spring 2027", announce=False, on=date(2026, 11, 1))
    return milestone


@pytest.fixture
def follower(launch):
    return SubscriptionFactory(
        scope="milestone", milestone=launch, channel__address="ada@example.org"
    )


def subjects(sink):
    return [mail.message["Subject"] for mail in sink.kept]


def test_a_slip_reaches_the_inbox_when_it_has_settled(launch, follower, sink):
    state(launch, "autumn 2027")

    tick(at=NOON + 9 * MINUTE)
    before = list(sink.kept)
    tick(at=SETTLED)
    tick(at=SETTLED + MINUTE)

    assert before == []
    assert subjects(sink) == ["ISSA-J1 launch: spring 2027 → autumn 2027"]
    assert sink.kept[0].recipient == "ada@example.org"


def test_what_is_undone_while_it_settles_is_told_to_nobody(launch, follower, sink):
    state(launch, "autumn 2027")
    state(launch, "spring 2027", at=NOON + MINUTE)

    tick(at=NOON + 2 * timedelta(hours=1))

    assert sink.kept == []
    assert Notification.objects.count() == 0


def test_twenty_quick_edits_are_one_mail_with_the_net_change(launch, follower, sink):
    for number in range(1, 20):
        state(launch, f"{number} June 2027", at=NOON + number * MINUTE)
        tick(at=NOON + number * MINUTE)
    state(launch, "autumn 2027", at=NOON + 20 * MINUTE)

    tick(at=NOON + 31 * MINUTE)

    assert subjects(sink) == ["ISSA-J1 launch: spring 2027 → autumn 2027"]


def test_endless_edits_are_told_after_an_hour_at_the_latest(launch, follower, sink):
    for number in range(1, 13):
        state(launch, f"{number} June 2027", at=NOON + number * 5 * MINUTE)
        tick(at=NOON + number * 5 * MINUTE)

    tick(at=NOON + 65 * MINUTE)

    assert subjects(sink) == ["ISSA-J1 launch: spring 2027 → 12 June 2027"]


def test_a_milestone_followed_thrice_is_one_mail_for_the_narrowest_reason(launch, follower, sink):
    launch.programme.organisations.add(agency := OrganisationFactory())
    SubscriptionFactory(channel=follower.channel)
    SubscriptionFactory(channel=follower.channel, scope="organisation", organisation=agency)
    state(launch, "autumn 2027")

    tick(at=SETTLED)

    assert len(sink.kept) == 1
    assert sink.kept[0].message["X-Milepost-Reason"] == "following-milestone"


def test_each_follower_gets_a_mail_of_his_own(launch, follower, sink):
    SubscriptionFactory(channel__address="bob@example.org")
    SubscriptionFactory(
        scope="programme", programme=ProgrammeFactory(), channel__address="eve@example.org"
    )
    state(launch, "autumn 2027")

    tick(at=SETTLED)

    assert sorted(mail.recipient for mail in sink.kept) == ["ada@example.org", "bob@example.org"]
    assert all(mail.message["To"] == mail.recipient for mail in sink.kept)
    assert len({mail.message_id for mail in sink.kept}) == 2


def test_who_ends_between_fan_out_and_sending_hears_nothing(launch, follower, sink):
    state(launch, "autumn 2027")
    tick(at=SETTLED, seconds=0)
    owed = Delivery.objects.count()
    follower.channel.subscriptions.all().end(at=SETTLED, reason="one_click")

    tick(at=SETTLED + MINUTE)

    assert (owed, sink.kept) == (1, [])
    assert Delivery.objects.get().skip_reason == "unsubscribed"


def test_after_three_days_of_silence_all_changes_are_told(launch, follower, sink):
    state(launch, "autumn 2027")

    tick(at=NOON + timedelta(days=3))

    assert subjects(sink) == ["ISSA-J1 launch: spring 2027 → autumn 2027"]


def test_a_stage_that_fails_stops_no_other(launch, follower, sink, monkeypatch):
    def broken(**_options):
        raise RuntimeError

    state(launch, "autumn 2027")
    monkeypatch.setattr("notifications.planning.late", broken)
    monkeypatch.setattr("notifications.planning.plan", broken)

    assert tick(at=SETTLED) is False
    assert len(sink.kept) == 1


def test_one_notification_that_fails_stops_no_other(launch, follower, sink, monkeypatch):
    other = MilestoneFactory(title="Other")
    state(other, "2027")
    state(launch, "autumn 2027", at=NOON + SECOND)
    noting = fanout.note_announcement

    def fail_for_other(announcement, *, at):
        if announcement.milestone == other:
            raise RuntimeError
        return noting(announcement, at=at)

    monkeypatch.setattr(fanout, "note_announcement", fail_for_other)

    assert tick(at=SETTLED) is False
    assert subjects(sink) == ["ISSA-J1 launch: spring 2027 → autumn 2027"]


def test_somebody_else_is_told_nothing(launch, sink):
    ChannelFactory()
    state(launch, "autumn 2027")

    tick(at=SETTLED)

    assert sink.kept == []
