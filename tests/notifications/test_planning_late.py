"""What is late, too late, or told after all: one line, never a flood."""

import pytest

from notifications import planning
from notifications.models import Notification, ReminderPlan
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, release_due, state
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.reminding import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    dawn,
    planned,
    remind,
    rows,
    told,
    utc,
)

pytestmark = pytest.mark.django_db

LIFT_OFF = utc("2027-07-30 12:10")


@pytest.fixture
def launch():
    return MilestoneFactory(title="NISAR launch")


# ---- late, and too late ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "graces"),
    [
        ("30 July 2027", {"t-30d": 8 * DAY, "t-7d": 2 * DAY, "t-1d": 2 * DAY, "overdue": 2 * DAY}),
        ("spring 2027", {"opens-30d": 8 * DAY, "opens": 2 * DAY, "closes-23d": 6 * DAY,
                         "overdue": 2 * DAY}),
        ("30 July 2027, 17:40 IST", {"t-7d": 42 * HOUR, "t-1d": 6 * HOUR, "t-1h": 30 * MINUTE,
                                     "overdue": 30 * MINUTE}),
    ],
)  # fmt: skip
def test_a_reminder_is_of_use_on_its_day_and_for_a_quarter_of_its_lead(launch, words, graces):
    planned(launch, words)

    plans = ReminderPlan.objects.order_by("fire_at")

    assert {plan.anchor: plan.expires_at - plan.fire_at for plan in plans} == graces


def test_a_day_late_it_says_what_is_true_then(launch):
    planned(launch, "30 July 2027")

    remind(at=dawn("2027-07-25") - SECOND)

    assert told() == [("t-7d", "in 6 days")]
    assert str(Notification.objects.get().local_on) == "2027-07-24"


def test_the_day_before_is_told_on_the_day_itself_at_the_latest(launch):
    planned(launch, "30 July 2027")

    remind(at=dawn("2027-07-31") - SECOND)

    assert told() == [("t-1d", "today")]


def test_after_the_day_nobody_is_told_that_it_comes(launch):
    planned(launch, "30 July 2027")

    remind(at=dawn("2027-07-31"))

    assert told() == []
    assert rows(launch) == [
        ("t-30d", "missed"),
        ("t-7d", "missed"),
        ("t-1d", "missed"),
        ("overdue", "planned"),
    ]


def test_without_a_look_at_what_is_missed_nothing_fires_too_late(launch):
    planned(launch, "30 July 2027")

    assert list(planning.due(at=dawn("2027-07-31"))) == []


def test_after_a_pause_only_the_nearest_fires(launch):
    planned(launch, "30 July 2027")

    remind(at=dawn("2027-07-23"))

    assert told() == [("t-7d", "in 7 days")]
    assert rows(launch) == [
        ("t-30d", "missed"),
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_of_two_that_are_not_too_late_the_older_is_left_out(launch):
    planned(launch, "1 to 7 March 2027")
    ReminderPlan.objects.filter(anchor="t-30d").update(expires_at=dawn("2027-02-24"))

    remind(at=dawn("2027-02-22"))

    assert rows(launch)[:2] == [("t-30d", "coalesced"), ("t-7d", "fired")]


# ---- one line after all ------------------------------------------------------------------------


def test_what_was_missed_is_told_in_one_line_as_things_stand(launch):
    planned(launch, "30 July 2027")

    after_downtime = [remind(at=dawn("2027-07-26") + wait) for wait in (HOUR, 2 * HOUR, DAY)]

    assert after_downtime == [["t-7d"], [], []]
    assert told() == [("t-7d", "in 4 days")]
    assert rows(launch) == [
        ("t-30d", "missed"),
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_of_an_exact_time_as_well(launch):
    planned(launch, "30 July 2027, 17:40 IST")

    remind(at=LIFT_OFF - 3 * DAY - HOUR)

    assert told() == [("t-7d", "in 3 days")]


def test_even_minutes_before_it(launch):
    planned(launch, "30 July 2027, 17:40 IST")

    remind(at=LIFT_OFF - 20 * MINUTE)

    assert told() == [("t-1h", "in 20 min")]
    assert Notification.objects.get().expires_at == LIFT_OFF


def test_nothing_is_caught_up_once_it_is_there(launch):
    planned(launch, "30 July 2027, 17:40 IST")

    remind(at=LIFT_OFF)

    assert told() == []


def test_that_a_window_opened_is_not_caught_up(launch):
    planned(launch, "spring 2027")

    remind(at=dawn("2027-03-10"))

    assert told() == []


def test_with_a_reminder_within_a_day_nothing_is_caught_up(launch):
    planned(launch, "30 July 2027")

    two_days_before = remind(at=dawn("2027-07-29") - DAY)
    a_day_before = remind(at=dawn("2027-07-29"))

    assert (two_days_before, a_day_before) == ([], ["t-1d"])


def test_just_over_a_day_before_the_next_it_is(launch):
    planned(launch, "30 July 2027")

    assert remind(at=dawn("2027-07-29") - DAY - SECOND) == ["t-7d"]


def test_after_news_of_the_date_nothing_is_caught_up(launch):
    planned(launch, "30 July 2027", announce=True, at=dawn("2027-07-22"))
    after_downtime = dawn("2027-07-26")
    release_due(at=after_downtime)

    assert remind(at=after_downtime) == []


def test_after_news_of_another_date_it_is(launch):
    planned(launch, "12 August 2027", announce=True, at=dawn("2027-07-22"))
    release_due(at=dawn("2027-07-22") + HOUR)
    planned(launch, "28 July 2027", at=dawn("2027-07-22") + 2 * HOUR)

    remind(at=dawn("2027-07-22") + 2 * HOUR)

    assert told() == [("t-7d", "in 6 days")]


# ---- entered late ------------------------------------------------------------------------------


def test_a_date_entered_late_and_quietly_is_told_in_one_line(launch):
    planned(launch, "25 November 2026")

    remind(at=NOON)

    assert told() == [("t-7d", "in 4 days")]
    assert rows(launch) == [
        ("t-30d", "skipped"),
        ("t-7d", "fired"),
        ("t-1d", "planned"),
        ("overdue", "planned"),
    ]


def test_a_date_entered_late_and_announced_is_told_by_its_news(launch):
    planned(launch, "25 November 2026", announce=True)
    release_due(at=NOON + HOUR)

    assert remind(at=NOON + HOUR) == []
    assert rows(launch)[:2] == [("t-30d", "skipped"), ("t-7d", "skipped")]


def test_where_most_are_not_told_of_a_narrower_window_they_are_told_that_it_comes(launch):
    planned(launch, "2027", announce=True)
    release_due(at=NOON + HOUR)
    in_february = utc("2027-02-15 08:00")
    planned(launch, "spring 2027", at=in_february, announce=True)

    while_it_settles = remind(at=in_february)
    release_due(at=in_february + HOUR)
    remind(at=in_february + HOUR)

    assert while_it_settles == []
    assert told() == [("opens-30d", "window opens in 14 days")]


def test_a_date_entered_on_its_day_of_reminding_is_not_late(launch):
    planned(launch, "12 December 2026", at=utc("2026-12-05 09:59"))

    assert rows(launch)[:2] == [("t-30d", "skipped"), ("t-7d", "planned")]


def test_a_date_entered_when_that_day_is_over_somewhere_is(launch):
    planned(launch, "12 December 2026", at=utc("2026-12-05 10:00"), announce=True)

    assert rows(launch)[:2] == [("t-30d", "skipped"), ("t-7d", "skipped")]


def test_what_became_due_while_nobody_planned_is_not_late(launch):
    state(launch, "12 December 2026", announce=False)

    planning.plan(launch)

    assert remind(at=dawn("2026-12-05")) == ["t-7d"]


def test_the_same_date_said_again_quietly_is_not_caught_up_again(launch):
    planned(launch, "30 July 2027")
    remind(at=dawn("2027-07-26"))

    planned(launch, "30 July 2027", at=dawn("2027-07-26") + HOUR)

    assert remind(at=dawn("2027-07-26") + HOUR) == []
    assert told() == [("t-7d", "in 4 days")]


def test_planning_again_catches_up_nothing_new(launch):
    planned(launch, "25 November 2026")
    remind(at=NOON)

    planning.plan(launch)

    assert remind(at=NOON + MINUTE) == []


# ---- no flood ----------------------------------------------------------------------------------


def test_after_three_days_of_downtime_each_milestone_says_one_thing_at_most():
    back = dawn("2027-07-26")
    for number in range(30):
        planned(MilestoneFactory(), f"{20 + number // 3} July 2027")

    for wait in (0 * HOUR, MINUTE, HOUR, 9 * HOUR):
        remind(at=back + wait)

    reminders = Notification.objects.filter(kind="reminder")
    # Those of 23 and 24 July are overdue; 26, 27 and 29 July are ahead; 28 July has its turn
    # tomorrow, and of 25 July it is too late for the one and too early for the other.
    assert reminders.values("milestone").distinct().count() == reminders.count() == 15


def test_after_months_of_downtime_as_well():
    for _ in range(30):
        planned(MilestoneFactory(), "30 July 2027")

    for wait in (0 * HOUR, MINUTE, HOUR, 9 * HOUR):
        remind(at=dawn("2027-07-26") + wait)

    assert told() == [("t-7d", "in 4 days")] * 30


def test_a_reminder_that_could_not_leave_in_time_does_not_leave(launch):
    SubscriptionFactory(reminders=True)
    planned(launch, "30 July 2027, 17:40 IST")
    due = LIFT_OFF - HOUR
    remind(at=due)
    wire = MemoryTransport()

    tick(at=due + 31 * MINUTE, transport=wire)

    assert wire.carried == []
