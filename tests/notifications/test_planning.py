import pytest

from notifications import planning
from notifications.models import Notification, PlannedRevision, ReminderPlan
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.reminding import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    dawn,
    moments,
    planned,
    remind,
    rows,
    utc,
)
from timeline import outbox, publishing
from timeline.models import Announcement

pytestmark = pytest.mark.django_db


@pytest.fixture
def launch():
    return MilestoneFactory(title="NISAR launch")


def test_a_season_is_reminded_of_when_it_opens_and_closes_and_is_overdue(launch):
    assert moments(planned(launch, "spring 2027")) == {
        "opens-30d": dawn("2027-01-30"),
        "opens": dawn("2027-03-01"),
        "closes-23d": dawn("2027-05-08"),
        "overdue": dawn("2027-06-08"),
    }


def test_a_year_is_reminded_of_when_it_opens_and_closes_and_is_overdue(launch):
    assert moments(planned(launch, "2027", at=utc("2026-09-01 12:00"))) == {
        "opens-90d": dawn("2026-10-03"),
        "opens": dawn("2027-01-01"),
        "closes-30d": dawn("2027-12-01"),
        "overdue": dawn("2028-01-15"),
    }


def test_a_deadline_is_reminded_of_before_it(launch):
    assert moments(planned(launch, "by 30 June 2027")) == {
        "deadline-30d": dawn("2027-05-31"),
        "deadline-7d": dawn("2027-06-23"),
        "deadline-1d": dawn("2027-06-29"),
        "overdue": dawn("2027-07-02"),
    }


def test_a_day_is_reminded_of_a_month_a_week_and_a_day_before(launch):
    assert moments(planned(launch, "30 July 2027")) == {
        "t-30d": dawn("2027-06-30"),
        "t-7d": dawn("2027-07-23"),
        "t-1d": dawn("2027-07-29"),
        "overdue": dawn("2027-08-01"),
    }


def test_not_before_is_reminded_of_when_it_is_reached(launch):
    assert moments(planned(launch, "no earlier than March 2027")) == {
        "opens-30d": dawn("2027-01-30"),
        "opens-7d": dawn("2027-02-22"),
        "reached": dawn("2027-03-01"),
        "reached+30d": dawn("2027-03-31"),
    }


def test_an_exact_time_is_reminded_of_to_the_minute(launch):
    lift_off = utc("2027-07-30 12:10")

    assert moments(planned(launch, "30 July 2027, 17:40 IST")) == {
        "t-7d": lift_off - 7 * DAY,
        "t-1d": lift_off - DAY,
        "t-1h": lift_off - HOUR,
        "overdue": lift_off + 6 * HOUR,
    }


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
    assert moments(launch)["opens"] == dawn("2027-09-01")


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


def test_planning_twice_changes_nothing(launch):
    planned(launch)
    before = list(ReminderPlan.objects.values())

    planning.plan(launch)

    assert list(ReminderPlan.objects.values()) == before


def test_when_a_zone_gets_other_rules_what_is_ahead_by_its_clock_is_planned_again(launch):
    planned(MilestoneFactory(), "spring 2027")
    right = moments(planned(launch, "30 July 2027, 17:40 IST"))
    by_old_rules = ReminderPlan.objects.get(milestone=launch, anchor="t-1d")
    by_old_rules.fire_at -= HOUR
    by_old_rules.save()

    again = list(planning.by_the_clock())
    tick(at=NOON, transport=MemoryTransport())

    assert again == [launch]
    assert moments(launch) == right


def test_a_due_reminder_fires_once(launch):
    planned(launch)
    morning = dawn("2027-03-01")

    plan = next(planning.due(at=morning))
    fired = [planning.fire(plan, at=morning) for _ in range(2)]

    assert fired == [True, False]
    statement = launch.current_revision.statement_id
    assert Notification.objects.get().key == f"reminder:{launch.pk}:{statement}:opens"


def test_before_its_moment_it_does_not_fire(launch):
    planned(launch)

    assert remind(at=dawn("2027-01-30") - SECOND) == []


def test_news_that_settles_goes_before_a_reminder_of_it(launch):
    morning = dawn("2026-12-05")
    state(launch, "12 December 2026", at=morning - 5 * MINUTE, on=morning.date())
    planning.plan(launch)

    while_it_settles = list(planning.due(at=morning))
    outbox.release(Announcement.objects.get(), at=morning)

    assert while_it_settles == []
    assert [plan.anchor for plan in planning.due(at=morning)] == ["t-7d"]


def test_a_reminder_found_before_the_news_waits_for_it(launch):
    planned(launch, "12 December 2026")
    morning = dawn("2026-12-05")
    plan = next(planning.due(at=morning))
    state(launch, "12 December 2026, 17:40 IST", at=morning, on=morning.date())
    plan.statement = launch.current_revision.statement
    plan.save()

    assert Announcement.objects.held().count() == 1
    assert planning.fire(plan, at=morning) is False


def test_of_a_date_that_holds_no_longer_nobody_is_reminded(launch):
    planned(launch, "12 December 2026")
    morning = dawn("2026-12-05")
    plan = next(planning.due(at=morning))
    state(launch, "late 2027", at=morning, on=morning.date(), announce=False)

    assert planning.fire(plan, at=morning) is False
    assert Notification.objects.count() == 0


def test_the_same_window_said_again_is_not_reminded_of_again(launch):
    planned(launch, "spring 2027")
    morning = dawn("2027-01-30")
    remind(at=morning)

    planned(launch, "spring 2027", at=morning)

    assert rows(launch)[4:] == [
        ("opens-30d", "skipped"),
        ("opens", "planned"),
        ("closes-23d", "planned"),
        ("overdue", "planned"),
    ]


def test_going_back_to_an_earlier_statement_repeats_nothing(launch):
    planned(launch, "12 December 2026")
    morning = dawn("2026-12-05")
    remind(at=morning)
    later = planned(launch, "late 2027", at=morning + SECOND)
    publishing.withdraw(
        later.statements.get(text="late 2027"), at=morning + 2 * SECOND, reason="not said"
    )

    planning.plan(launch)

    assert [row for row in rows(launch) if row[1] in ("fired", "planned")] == [
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_another_zone_of_the_milestone_moves_no_day(launch):
    before = moments(planned(launch, "30 July 2027"))

    publishing.edit(launch, {"home_zone": "Asia/Tokyo"}, at=NOON + SECOND)
    planning.plan(launch)

    assert moments(launch) == before


def test_a_reminder_reaches_the_inbox(launch):
    SubscriptionFactory(scope="milestone", milestone=launch, reminders=True)
    SubscriptionFactory()
    state(launch, "spring 2027", announce=False)
    wire = MemoryTransport()

    carried = []
    for moment in (NOON, dawn("2027-03-01"), utc("2027-03-01 08:00"), utc("2027-03-01 08:01")):
        tick(at=moment, transport=wire)
        carried.append(len(wire.carried))

    assert carried == [0, 0, 1, 1]
    assert b"Subject: NISAR launch: window open, 92 of 92 days left\r\n" in wire.carried[0].content
