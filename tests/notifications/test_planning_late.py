"""What is late, what is too late, and what is left out: never a flood."""

import pytest

from notifications import planning
from notifications.models import Notification, ReminderPlan
from notifications.tick import tick
from notifications.transports.memory import MemoryTransport
from tests.factories import MilestoneFactory
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
