"""What becomes of rows: chain, dissent, revisions, and nobody is told."""

from datetime import date, timedelta

import pytest

from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, state
from tests.timeline.importing.files import problems
from timeline.importing import ImportRefused
from timeline.models import Announcement, Milestone, Statement

pytestmark = pytest.mark.django_db


def test_rows_are_said_in_the_order_of_their_days_not_of_the_file(milestone, imported):
    imported({"stated_on": "2026-04-01", "edtf": "2028"}, {"stated_on": "2025-01-01"})

    milestone.refresh_from_db()
    assert milestone.current_revision.edtf == "2028"
    assert [one.change_kind for one in milestone.statements.in_order_said()] == [
        "first_dated",
        "slip",
    ]
    assert [one.change_kind for one in milestone.revisions.order_by("number")] == [
        "first_dated",
        "slip",
    ]


def test_dissent_is_kept_beside_the_chain(milestone, imported):
    imported({"stated_on": "2025-01-01", "edtf": "2030", "current_chain": "no"}, {})

    milestone.refresh_from_db()
    assert milestone.current_revision.edtf == "2027-25"
    assert [one.standing for one in milestone.statements.in_order_said()] == ["dissent", "current"]


def test_dissent_from_nothing_is_refused(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"current_chain": "no"})

    assert problems(refused) == [
        "new.csv: line 2: dissents, and there is nothing yet to dissent from"
    ]


def test_without_a_standing_the_rule_for_editors_decides(milestone, imported):
    imported({}, {"stated_on": "2026-04-01", "edtf": "2027", "source": "Echo", "grade": "C"})

    assert [one.standing for one in milestone.statements.in_order_said()] == ["current", "dissent"]


def test_said_to_belong_to_the_chain_a_vaguer_statement_is_current(milestone, imported):
    echo = {"edtf": "2027", "source": "Echo", "grade": "C", "current_chain": "yes"}
    imported({}, {"stated_on": "2026-04-01"} | echo)

    assert [one.standing for one in milestone.statements.in_order_said()] == [
        "superseded",
        "current",
    ]


def test_an_older_statement_imported_later_recomputes_its_neighbour_and_publishes_nothing(
    milestone, imported
):
    imported({"edtf": "2028"})

    imported({"stated_on": "2024-01-01", "edtf": "2026"})

    assert [one.change_kind for one in milestone.statements.in_order_said()] == [
        "first_dated",
        "slip",
    ]
    assert milestone.revisions.count() == 1


def test_nobody_is_told_even_of_what_was_said_today(milestone, imported):
    imported({"stated_on": TODAY.isoformat()})

    milestone.refresh_from_db()
    assert not Announcement.objects.exists()
    assert milestone.announced_revision == milestone.current_revision


def test_news_that_is_still_held_is_not_taken_as_told(milestone, imported):
    state(milestone, "2027", on=date(2026, 11, 19))
    told_before = Milestone.objects.get(pk=milestone.pk).announced_revision

    imported({"stated_on": TODAY.isoformat(), "edtf": "2029", "current_chain": "yes"})

    milestone.refresh_from_db()
    held = Announcement.objects.held().get()
    assert held.to_revision == milestone.current_revision
    assert milestone.announced_revision == told_before


def test_the_last_of_what_is_published_was_modified_now_and_none_later(milestone, imported):
    other = MilestoneFactory(slug="other")
    imported(
        {},
        {"stated_on": "2025-12-01", "milestone": "other"},
        {"stated_on": "2026-01-01", "edtf": "2028"},
        {"stated_on": "2026-02-01"},
    )

    seconds = [one.recorded_at for one in milestone.revisions.order_by("number")]
    assert seconds == [NOON - timedelta(seconds=2), NOON - timedelta(seconds=1), NOON]
    assert other.revisions.get().recorded_at == NOON - timedelta(seconds=2)


def test_the_words_and_the_reason_of_the_source_are_kept(milestone, imported):
    imported({"text": "2027年春", "reason": "The rocket is late", "stated_on_precision": "month"})

    statement = Statement.objects.get()
    assert (statement.text, statement.reason) == ("2027年春", "The rocket is late")
    assert statement.stated_precision == "month"
