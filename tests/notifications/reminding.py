"""Reminders for tests: dates stated quietly, and what became of the plans."""

from datetime import UTC, datetime, timedelta

from notifications import planning
from notifications.models import Notification, ReminderPlan
from tests.clock import NOON
from tests.factories import state

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dawn(day: str) -> datetime:
    """When that day begins, on the Line Islands."""
    return utc(day) - 14 * HOUR


def planned(milestone, words="spring 2027", *, at=NOON, announce=False, **options):
    """State a date, quietly unless said otherwise, and plan its reminders."""
    state(milestone, words, at=at, on=at.date(), announce=announce, **options)
    planning.plan(milestone)
    return milestone


def rows(milestone):
    plans = ReminderPlan.objects.filter(milestone=milestone).order_by("statement", "fire_at")
    return [(plan.anchor, plan.state) for plan in plans]


def moments(milestone):
    plans = ReminderPlan.objects.planned().filter(milestone=milestone).order_by("fire_at")
    return {plan.anchor: plan.fire_at for plan in plans}


def remind(*, at):
    """Miss what is too late and fire what is due, as each tick does; returns the anchors fired."""
    for milestone in planning.late(at=at):
        planning.miss(milestone, at=at)
    return [plan.anchor for plan in planning.due(at=at) if planning.fire(plan, at=at)]


def told():
    """What was told, in order: the reminder, and its words."""
    reminders = Notification.objects.filter(kind="reminder").order_by("pk")
    return [(one.payload["anchor"], one.payload["news"]) for one in reminders]
