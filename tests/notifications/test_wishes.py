"""Which flag a reader must have set to hear of something, and how far it must have moved."""

import pytest

from notifications.wishes import (
    ANY_DISTANCE,
    USUAL_NEWS,
    USUAL_REMINDERS,
    News,
    Reminders,
    kind_of_news,
    kind_of_reminder,
    reach,
)
from tests.clock import TODAY
from tests.factories import date_of
from timeline.changes import Stated, StatementKind, classify

UTC = "UTC"


def stated(words):
    kind = {"cancelled": StatementKind.CANCELLED}.get(words, StatementKind.PLAN)
    return Stated(date_of(words, on=TODAY, home_zone=UTC), TODAY, UTC, kind)


@pytest.mark.parametrize(
    ("before", "after", "kind", "farthest"),
    [
        (None, "2027", News.FIRST_DATED, ANY_DISTANCE),
        ("1 March 2027", "11 March 2027", News.LATER, 10),
        ("11 March 2027", "1 March 2027", News.EARLIER, 10),
        ("March 2027", "15 March 2027", News.FIRMER, ANY_DISTANCE),
        ("2027", "Q4 2027", News.FIRMER, 273),
        ("2027", "Q1 2027", News.REFINED, ANY_DISTANCE),
        ("March 2027", "March to April 2027", News.VAGUER, 30),
        ("March 2027", "February to March 2027", News.REFINED, ANY_DISTANCE),
        ("March 2027", "TBD", News.UNDATED, ANY_DISTANCE),
        ("March 2027", "cancelled", News.CANCELLED, ANY_DISTANCE),
        ("March 2027", "March 2027", None, ANY_DISTANCE),
    ],
)
def test_a_change_is_news_of_a_kind_and_passes_thresholds_up_to_what_moved(
    before, after, kind, farthest
):
    new = stated(after)
    change = classify(stated(before) if before else None, new)

    assert kind_of_news(change, after=new.date) == kind
    assert reach(change, after=new.date) == farthest


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ("opens-90d", Reminders.MONTH_AHEAD),
        ("t-30d", Reminders.MONTH_AHEAD),
        ("deadline-7d", Reminders.WEEK_AHEAD),
        ("t-1d", Reminders.DAY_AHEAD),
        ("t-1h", Reminders.HOUR_AHEAD),
        ("opens", Reminders.BEGINS),
        ("reached", Reminders.BEGINS),
        ("closes-23d", Reminders.CLOSES),
        ("reached+30d", Reminders.STILL_OPEN),
        ("overdue", Reminders.OVERDUE),
    ],
)
def test_each_moment_is_a_reminder_of_one_kind(anchor, kind):
    assert kind_of_reminder(anchor) == kind


@pytest.mark.parametrize("name", ["", "t", "soon", "t-1w"])
def test_what_is_no_moment_is_refused(name):
    with pytest.raises(ValueError, match="is no moment of a reminder"):
        kind_of_reminder(name)


def test_the_usual_wishes_leave_out_small_news_and_what_comes_after_the_date():
    assert list(News) == [*USUAL_NEWS, News.REFINED]
    assert list(Reminders) == [*USUAL_REMINDERS, Reminders.OVERDUE]
