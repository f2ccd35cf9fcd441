from datetime import date

import pytest

from tests.factories import MilestoneFactory, state
from timeline.asof import looks
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


def edtf(as_of: date | None = None) -> list[str | None]:
    return [look.when.edtf for look in looks(Milestone.objects.all(), as_of=as_of)]


def test_a_milestone_looks_as_it_was_last_published():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2025, 1, 1))
    state(milestone, "2028", on=date(2026, 1, 1))

    assert edtf() == ["2028"]


def test_as_of_a_day_it_looks_as_had_been_said_until_then():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2025, 1, 1))
    state(milestone, "2028", on=date(2026, 1, 1))

    assert edtf(date(2024, 12, 31)) == []
    assert edtf(date(2025, 1, 1)) == ["2027"]
    assert edtf(date(2025, 12, 31)) == ["2027"]
    assert edtf(date(2026, 1, 1)) == ["2028"]


def test_as_of_today_everything_looks_as_it_is_published():
    for words in ["2027", "TBD", "spring 2027", "by 2028", "NET March 2027"]:
        milestone = MilestoneFactory()
        state(milestone, "2026", on=date(2025, 1, 1))
        state(milestone, words, on=date(2026, 1, 1))
    state(milestone, "cancelled", on=date(2026, 2, 1))

    assert edtf(date(2026, 11, 20)) == edtf()


def test_what_others_say_changes_no_look():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2025, 1, 1))
    state(milestone, "2029", on=date(2026, 1, 1), standing="dissent")

    assert edtf() == ["2027"]
    assert edtf(date(2026, 6, 1)) == ["2027"]


def test_the_last_step_is_the_last_that_changed_anything():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2025, 1, 1))
    state(milestone, "2028", on=date(2026, 1, 1))
    state(milestone, "2028", on=date(2026, 2, 1))

    (look,) = looks(Milestone.objects.all())

    assert look.last_step is not None
    assert look.last_step.statement.stated_on == date(2026, 1, 1)
    assert look.last_step.before == look.said[0].stated


def test_a_date_after_a_time_without_one_is_compared_with_that_before():
    milestone = MilestoneFactory()
    for year, words in ((2023, "2025"), (2024, "TBD"), (2025, "2027")):
        state(milestone, words, on=date(year, 1, 1))

    (look,) = looks(Milestone.objects.all())

    assert look.last_step is not None
    assert look.last_step.before == look.said[0].stated
