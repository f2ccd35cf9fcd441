from datetime import UTC, datetime, timedelta

import pytest

from notifications import planning
from notifications.models import Notification, PlannedRevision, ReminderPlan
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline import outbox, publishing
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def planned(milestone, words="spring 2027", *, at=NOON, **options):
    """State a date quietly, and plan its reminders."""
    state(milestone, words, at=at, announce=False, **options)
    planning.plan(milestone)
    return milestone


def rows(milestone):
    plans = ReminderPlan.objects.filter(milestone=milestone).order_by("statement", "fire_at")
    return [(plan.anchor, plan.state) for plan in plans]


def moments(milestone):
    plans = ReminderPlan.objects.planned().filter(milestone=milestone).order_by("fire_at")
    return {plan.anchor: plan.fire_at for plan in plans}


def day(year, month, day_of_month, hour=8):
    """A morning in Kolkata."""
    local = datetime(year, month, day_of_month, hour, tzinfo=UTC)
    return local - timedelta(hours=5, minutes=30)


def fire_at(milestone, moment):
    return [planning.fire(plan, at=moment) for plan in planning.due(at=moment)]


@pytest.fixture
def launch():
    return MilestoneFactory(title="NISAR launch")


def test_a_season_is_reminded_of_when_it_opens_and_closes_and_is_overdue(launch):
    assert moments(planned(launch, "spring 2027")) == {
        "opens-30d": day(2027, 1, 30),
        "opens": day(2027, 3, 1),
        "closes-23d": day(2027, 5, 8),
        "overdue": day(2027, 6, 8),
    }


def test_a_day_is_reminded_of_a_month_a_week_and_a_day_before(launch):
    assert moments(planned(launch, "30 July 2027")) == {
        "t-30d": day(2027, 6, 30),
        "t-7d": day(2027, 7, 23),
        "t-1d": day(2027, 7, 29),
        "overdue": day(2027, 8, 1),
    }


def test_not_before_is_reminded_of_when_it_is_reached(launch):
    assert set(moments(planned(launch, "no earlier than March 2027"))) == {
        "opens-30d",
        "opens-7d",
        "reached",
        "reached+30d",
    }


def test_an_exact_time_is_reminded_of_to_the_minute(launch):
    lift_off = datetime(2027, 7, 30, 12, 10, tzinfo=UTC)

    found = moments(planned(launch, "30 July 2027, 17:40 IST"))

    assert (found["t-7d"], found["t-1d"], found["t-1h"]) == (
        lift_off - timedelta(days=7),
        lift_off - timedelta(days=1),
        lift_off - timedelta(hours=1),
    )


@pytest.mark.parametrize("words", ["TBD", "cancelled"])
def test_without_a_date_there_is_nothing_to_remind_of(launch, words):
    planned(launch, "spring 2027")
    planned(launch, words, at=NOON + SECOND)

    assert moments(launch) == {}


def test_beyond_the_end_of_the_calendar_nobody_is_reminded():
    launch = MilestoneFactory(home_zone="Pacific/Honolulu")

    assert set(moments(planned(launch, "not before 31 December 9999"))) == {
        "opens-30d",
        "opens-7d",
        "opens-1d",
    }


def test_when_the_date_moves_the_old_reminders_are_superseded(launch):
    planned(launch, "spring 2027")
    planned(launch, "autumn 2027", at=NOON + SECOND)

    assert rows(launch)[:4] == [
        ("opens-30d", "superseded"),
        ("opens", "superseded"),
        ("closes-23d", "superseded"),
        ("overdue", "superseded"),
    ]
    assert moments(launch)["opens"] == day(2027, 9, 1)


def test_what_moved_is_found_from_the_database_alone(launch):
    state(launch, "spring 2027", announce=False)
    before = list(planning.behind())
    planning.plan(launch)
    after = list(planning.behind())
    state(launch, "autumn 2027", at=NOON + SECOND, announce=False)

    assert (before, after, list(planning.behind())) == ([launch], [], [launch])
    assert PlannedRevision.objects.get().revision.number == 1


def test_a_draft_is_not_planned():
    MilestoneFactory()

    assert list(planning.behind()) == []


def test_what_lay_behind_us_when_it_was_said_is_skipped(launch):
    planned(launch, "12 December 2026")

    assert rows(launch) == [
        ("t-30d", "skipped"),
        ("t-7d", "planned"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_what_became_due_while_nobody_planned_is_not_skipped(launch):
    state(launch, "12 December 2026", announce=False)
    planning.plan(launch)

    assert fire_at(launch, day(2026, 12, 5)) == [True]


def test_planning_twice_changes_nothing(launch):
    planned(launch)
    before = list(ReminderPlan.objects.values())

    planning.plan(launch)

    assert list(ReminderPlan.objects.values()) == before


def test_another_home_zone_moves_the_mornings(launch):
    planned(launch, "30 July 2027")

    publishing.edit(launch, {"home_zone": "Asia/Tokyo"}, at=NOON + SECOND)
    planning.plan(launch)

    assert moments(launch)["t-1d"] == datetime(2027, 7, 28, 23, tzinfo=UTC)


def test_a_due_reminder_fires_once(launch):
    planned(launch)
    morning = day(2027, 3, 1)

    plan = next(planning.due(at=morning))
    fired = [planning.fire(plan, at=morning) for _ in range(2)]

    assert fired == [True, False]
    statement = launch.current_revision.statement_id
    assert Notification.objects.get().key == f"reminder:{launch.pk}:{statement}:opens"


def test_before_its_moment_it_does_not_fire(launch):
    planned(launch)

    assert fire_at(launch, day(2027, 1, 30) - SECOND) == []


def test_a_reminder_says_how_far_it_is_no_finer_than_the_date(launch):
    planned(launch)

    fire_at(launch, day(2027, 1, 30))

    notification = Notification.objects.get()
    assert notification.payload["news"] == "window opens in about 1 month"
    assert notification.payload["now"] == "spring 2027"
    assert notification.payload["window"] == "1 Mar – 31 May 2027"


def test_after_a_pause_only_the_nearest_fires(launch):
    planned(launch, "30 July 2027")

    fire_at(launch, day(2027, 7, 23))

    assert rows(launch) == [
        ("t-30d", "coalesced"),
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_what_comes_too_late_is_missed(launch):
    planned(launch, "30 July 2027")

    planning.miss(at=day(2027, 7, 29) + timedelta(hours=16, seconds=1))

    assert rows(launch) == [
        ("t-30d", "missed"),
        ("t-7d", "missed"),
        ("t-1d", "missed"),
        ("overdue", "planned"),
    ]


@pytest.mark.parametrize(
    ("anchor", "grace"),
    [("t-30d", timedelta(days=7.5)), ("t-7d", timedelta(days=1.75)), ("t-1d", timedelta(hours=16))],
)
def test_within_a_quarter_of_its_lead_it_is_still_of_use(launch, anchor, grace):
    planned(launch, "30 July 2027")

    plan = ReminderPlan.objects.get(anchor=anchor)

    assert plan.expires_at - plan.fire_at == grace


def test_an_hour_before_is_of_use_for_half_an_hour(launch):
    planned(launch, "30 July 2027, 17:40 IST")

    plan = ReminderPlan.objects.get(anchor="t-1h")

    assert plan.expires_at - plan.fire_at == timedelta(minutes=30)


def test_news_that_settles_goes_before_a_reminder_of_it(launch):
    morning = day(2026, 12, 5)
    state(launch, "12 December 2026", at=morning - timedelta(minutes=5), on=morning.date())
    planning.plan(launch)

    while_it_settles = list(planning.due(at=morning))
    outbox.release(Announcement.objects.get(), at=morning)

    assert while_it_settles == []
    assert [plan.anchor for plan in planning.due(at=morning)] == ["t-7d"]


def test_a_reminder_found_before_the_news_waits_for_it(launch):
    planned(launch, "12 December 2026")
    morning = day(2026, 12, 5)
    plan = next(planning.due(at=morning))
    state(launch, "12 December 2026, 17:40 IST", at=morning, on=morning.date())
    plan.statement = launch.current_revision.statement
    plan.save()

    assert Announcement.objects.held().count() == 1
    assert planning.fire(plan, at=morning) is False


def test_of_a_date_that_holds_no_longer_nobody_is_reminded(launch):
    planned(launch, "12 December 2026")
    morning = day(2026, 12, 5)
    plan = next(planning.due(at=morning))
    state(launch, "late 2027", at=morning, on=morning.date(), announce=False)

    assert planning.fire(plan, at=morning) is False
    assert Notification.objects.count() == 0


def test_the_same_window_said_again_is_not_reminded_of_again(launch):
    planned(launch, "spring 2027")
    morning = day(2027, 1, 30)
    fire_at(launch, morning)

    planned(launch, "spring 2027", at=morning, on=morning.date())

    assert rows(launch)[4:] == [
        ("opens-30d", "skipped"),
        ("opens", "planned"),
        ("closes-23d", "planned"),
        ("overdue", "planned"),
    ]


def test_going_back_to_an_earlier_statement_repeats_nothing(launch):
    planned(launch, "12 December 2026")
    morning = day(2026, 12, 5)
    fire_at(launch, morning)
    later = planned(launch, "late 2027", at=morning + SECOND, on=morning.date())
    publishing.withdraw(
        later.statements.get(text="late 2027"), at=morning + 2 * SECOND, reason="not said"
    )

    planning.plan(launch)

    assert [row for row in rows(launch) if row[1] in ("fired", "planned")] == [
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_a_reminder_reaches_the_inbox(launch):
    SubscriptionFactory(scope="milestone", milestone=launch, reminders=True)
    SubscriptionFactory()
    state(launch, "spring 2027", announce=False)
    wire = MemoryTransport()

    tick(at=NOON, transport=wire)
    tick(at=day(2027, 3, 1), transport=wire)
    tick(at=day(2027, 3, 1) + timedelta(minutes=1), transport=wire)

    assert len(wire.carried) == 1
    assert b"Subject: NISAR launch: window open, 92 of 92 days left\r\n" in wire.carried[0].content


def test_a_reminder_that_could_not_leave_in_time_does_not_leave(launch):
    SubscriptionFactory(reminders=True)
    planned(launch, "30 July 2027, 17:40 IST")
    due = datetime(2027, 7, 30, 11, 10, tzinfo=UTC)
    fire_at(launch, due)
    wire = MemoryTransport()

    tick(at=due + timedelta(minutes=31), transport=wire)

    assert wire.carried == []
