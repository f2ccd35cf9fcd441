from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from tests.factories import MilestoneFactory, state
from timeline.models import Announcement, Revision, Statement

pytestmark = pytest.mark.django_db

# SQLite names the column, PostgreSQL the constraint.
ONE_CURRENT = r"statement_one_current|timeline_statement\.milestone_id"
ONE_HELD = r"announcement_one_held|timeline_announcement\.milestone_id"


def test_the_database_refuses_to_rewrite_a_revision():
    revision = state(MilestoneFactory(), "2027").revision

    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(edtf="2026")

    revision.refresh_from_db()
    assert revision.edtf == "2027"


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", "2026"), ("edtf", "2026"), ("stated_on", date(2020, 1, 1)), ("kind", "occurred")],
)
def test_the_database_refuses_to_rewrite_what_a_source_said(field, value):
    statement = state(MilestoneFactory(), "2027").statement

    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(**{field: value})


def test_the_standing_of_a_statement_may_change():
    statement = state(MilestoneFactory(), "2027").statement

    changed = Statement.objects.filter(pk=statement.pk).update(standing="dissent")

    assert changed == 1


@pytest.mark.postgresql
def test_postgresql_refuses_to_delete_what_was_published():
    revision = state(MilestoneFactory(), "2027").revision

    with (
        pytest.raises(IntegrityError, match="never edited or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM timeline_revision WHERE id = %s", [revision.pk])


def test_neither_a_revision_nor_a_statement_can_be_deleted_by_us():
    published = state(MilestoneFactory(), "2027")

    with pytest.raises(ValidationError):
        published.revision.delete()
    with pytest.raises(ValidationError):
        published.statement.delete()
    with pytest.raises(ValidationError):
        published.revision.save()


def test_a_milestone_has_one_current_statement_at_most():
    milestone = MilestoneFactory()
    first = state(milestone, "2027").statement
    state(milestone, "2028")

    with pytest.raises(IntegrityError, match=ONE_CURRENT), transaction.atomic():
        Statement.objects.filter(pk=first.pk).update(standing="current")


def test_a_milestone_has_one_held_announcement_at_most():
    held = state(MilestoneFactory(), "2027").announcement
    held.pk = None

    with pytest.raises(IntegrityError, match=ONE_HELD), transaction.atomic():
        held.save(force_insert=True)
    assert Announcement.objects.count() == 1


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("in_order", {"earliest": date(2028, 1, 1)}),
        ("net_is_open_above", {"mode": "net"}),
        ("by_is_open_below", {"mode": "by"}),
        ("none_is_none", {"precision": "none"}),
        ("instant_has_time", {"precision": "minute"}),
        # Two at once; which of them is named is the database's choice.
        ("closed_or_open_or_none|net_is_open_above", {"latest": None}),
        ("in_profile", {"edtf": "2027~"}),
        ("in_profile", {"edtf": "next year"}),
    ],
)
def test_the_database_refuses_dates_that_contradict_themselves(constraint, wrong):
    statement = state(MilestoneFactory(), "2027").statement
    statement.pk, statement.standing = None, "dissent"
    for field, value in wrong.items():
        setattr(statement, field, value)

    with pytest.raises(IntegrityError, match=f"statement_({constraint})"), transaction.atomic():
        statement.save(force_insert=True)
