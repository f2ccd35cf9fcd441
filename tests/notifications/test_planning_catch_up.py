"""What was missed, or was past when it was entered, is told after all: in one line."""

import pytest

from notifications import planning
from notifications.models import Notification
from tests.clock import NOON
from tests.factories import MilestoneFactory, release_due, state
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
from timeline import publishing

pytestmark = pytest.mark.django_db

LIFT_OFF = utc("2027-07-30 12:10")


@pytest.fixture
def launch():
    return MilestoneFactory(title="NISAR launch")


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


def test_going_back_to_an_earlier_statement_catches_up_nothing_that_was_told(launch):
    planned(launch, "January 2027")
    planned(launch, "January 2027", at=NOON + HOUR)
    closing = dawn("2027-01-24")
    remind(at=closing)
    again = launch.statements.order_by("pk").last()
    publishing.withdraw(again, at=closing + HOUR, reason="said by mistake")

    planning.plan(launch)

    assert remind(at=closing + HOUR) == []
    assert told() == [("closes-7d", "window open, 8 of 31 days left")]


def test_planning_again_catches_up_nothing_new(launch):
    planned(launch, "25 November 2026")
    remind(at=NOON)

    planning.plan(launch)

    assert remind(at=NOON + MINUTE) == []
