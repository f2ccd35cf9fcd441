from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from notifications.models import Heartbeat
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from notifications.wishes import Reminders
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.timeline.private import a_feed
from timeline import outbox, publishing
from timeline.models import PrivateFeed

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_each_tick_leaves_a_heartbeat():
    tick(at=NOON)
    tick(at=NOON + MINUTE)

    beat = Heartbeat.objects.get(name="tick")
    assert (beat.at, beat.info) == (NOON + MINUTE, {"failed": []})


def broken_for(broken):
    release = outbox.release
    return lambda news, *, at: 1 / 0 if news == broken else release(news, at=at)


def test_a_heartbeat_says_which_stage_failed(monkeypatch):
    first, second = (state(MilestoneFactory(), "2027").announcement for _ in range(2))
    monkeypatch.setattr(outbox, "release", broken_for(first))

    assert tick(at=NOON + 10 * MINUTE) is False
    second.refresh_from_db()
    assert second.state == "released"
    assert Heartbeat.objects.get(name="tick").info == {"failed": ["release"]}


def test_what_is_overdue_is_looked_for_once_an_hour(monkeypatch):
    state(MilestoneFactory(), "18 November 2026", announce=False)
    looked = []
    monkeypatch.setattr(publishing, "mark_overdue", lambda _, *, at: looked.append(at))

    for minutes in (0, 1, 59, 61):
        tick(at=NOON + minutes * MINUTE)

    assert looked == [NOON, NOON + 61 * MINUTE]


def test_private_feeds_that_nobody_uses_are_forgotten_once_a_day():
    first, second = a_feed(at=NOON - 181 * DAY).feed, a_feed(at=NOON - 179.5 * DAY).feed

    tick(at=NOON)
    left = list(PrivateFeed.objects.all())
    tick(at=NOON + 0.9 * DAY)
    still_left = list(PrivateFeed.objects.all())
    tick(at=NOON + 1.1 * DAY)

    assert first not in left
    assert left == still_left == [second]
    assert not PrivateFeed.objects.exists()


def test_a_window_that_passed_is_published_as_overdue_and_told_to_who_wants_reminders():
    milestone = MilestoneFactory(title="NISAR launch")
    state(milestone, "30 November 2026", announce=False)
    SubscriptionFactory(reminders=True, reminder_kinds=Reminders.OVERDUE)
    tick(at=NOON)
    wire = MemoryTransport()

    tick(at=NOON + timedelta(days=11), transport=wire)
    tick(at=NOON + timedelta(days=12), transport=wire)

    milestone.refresh_from_db()
    assert milestone.current_revision.overdue is True
    assert [b"was due 2 days ago, no news" in parcel.content for parcel in wire.carried] == [True]


def test_a_quiet_night_costs_few_statements(django_assert_max_num_queries):
    tick(at=NOON)

    with django_assert_max_num_queries(20):
        tick(at=NOON + MINUTE)


def test_the_command_ticks_once(settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)

    call_command("notify_tick")

    assert Heartbeat.objects.filter(name="tick").exists()


def test_the_command_says_that_something_failed(settings, tmp_path, monkeypatch):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    monkeypatch.setattr("notifications.planning.late", lambda *, at: 1 / 0)

    with pytest.raises(CommandError, match="A part of it failed"):
        call_command("notify_tick")
