"""Reminders are of what holds, in time and once, whatever moves: told in random stories.

Told with a mistake planted in the code, the story has to fail: so it can be believed.
"""

from dataclasses import replace

import pytest
from django.db import transaction

from notifications import moments, mornings, planning
from notifications.models import ReminderPlan
from notifications.models.reminder_plan import ReminderPlanQuerySet
from notifications.moments import Moment
from tests.clock import NOON
from tests.notifications.reminding import DAY, MINUTE
from tests.notifications.story_of_a_date import tell
from timeline.dates import Precision
from timeline.models import Milestone
from timeline.phases import ladder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_whatever_moves_a_reminder_is_of_what_holds_in_time_and_once(seed):
    story = tell(seed)

    assert len(story.told) > 3
    assert story.late


# ---- the story with a mistake in the code ------------------------------------------------------


def nothing_is_planned_anew(monkeypatch):
    never = planning.PlannedRevision.objects.values("milestone")
    monkeypatch.setattr(planning, "behind", lambda: Milestone.objects.exclude(pk__in=never))


def of_any_statement(monkeypatch):
    nothing_is_planned_anew(monkeypatch)
    monkeypatch.setattr(ReminderPlanQuerySet, "for_what_is_published", lambda rows: rows)


def before_the_news(monkeypatch):
    monkeypatch.setattr(ReminderPlanQuerySet, "not_settling", lambda rows: rows)


def however_late(monkeypatch):
    monkeypatch.setattr(Moment, "expires_at", property(lambda moment: NOON + 999 * DAY))


def of_what_had_passed(monkeypatch):
    still = moments.moments_of
    monkeypatch.setattr(
        planning,
        "moments_of",
        lambda revision: [replace(one, late_from=one.passed_at) for one in still(revision)],
    )


def caught_up_whatever_it_was(monkeypatch):
    def again(passed, revision, *, at):
        for one in passed:
            until = max(at, one.fire_at) + DAY
            rows = ReminderPlan.objects.filter(statement=revision.statement_id, anchor=one.anchor)
            rows.update(state="planned", expires_at=until)

    monkeypatch.setattr(planning, "catch_up", again)


def one_line_and_then_another(monkeypatch):
    monkeypatch.setattr(planning, "_is_told_soon", lambda revision, *, at: False)


def told_or_not(monkeypatch):
    monkeypatch.setattr(planning, "_was_told", lambda moment, revision: False)


def hardly_moved_or_not(monkeypatch):
    monkeypatch.setattr(Moment, "is_same_within", MINUTE)


def finer_than_the_date(monkeypatch):
    monkeypatch.setitem(vars(ladder)["_LEADS"], Precision.MONTH, (30, 7, 1))


def in_the_words_of_another_day(monkeypatch):
    monkeypatch.setattr(mornings, "newest", lambda at: at.date())


def nothing_that_is_due(monkeypatch):
    monkeypatch.setattr(planning, "due", lambda *, at: [])


# The second is the story that is known to find it.
@pytest.mark.parametrize(
    ("mistake", "seed"),
    [
        (nothing_is_planned_anew, 0),
        (of_any_statement, 0),
        (before_the_news, 1),
        (however_late, 0),
        (of_what_had_passed, 2),
        (caught_up_whatever_it_was, 0),
        (one_line_and_then_another, 6),
        (told_or_not, 0),
        (hardly_moved_or_not, 9),
        (finer_than_the_date, 0),
        (in_the_words_of_another_day, 0),
        (nothing_that_is_due, 0),
    ],
)
def test_a_planted_mistake_is_found(mistake, seed, monkeypatch):
    mistake(monkeypatch)

    def found(seed: int) -> bool:
        with transaction.atomic():
            try:
                tell(seed)
            except AssertionError:
                return True
            finally:
                transaction.set_rollback(True)
        return False

    assert any(found(number) for number in (seed, *range(10)))
