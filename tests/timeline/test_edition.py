"""The database itself counts what feeds may show, whoever changes it and however."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.clock import NOON, TODAY
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from timeline import publishing
from timeline.models import Edition, Milestone, Source

pytestmark = pytest.mark.django_db(transaction=True)


LATER = NOON + timedelta(days=3)


@pytest.fixture
def milestone():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027")
    return milestone


def rename_programme(milestone):
    milestone.programme.title = "Another"
    milestone.programme.save()


def rename_in_sql(milestone):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_tag SET name = 'Moon' WHERE slug = 'moon'")


CHANGES = {
    "a date stated": lambda milestone: state(milestone, "autumn 2027"),
    "a text edited": lambda one: publishing.edit(one, {"place": "Kyoto"}, at=NOON),
    "a tag given": lambda one: one.tags.add(TagFactory(slug="debris")),
    "a tag taken": lambda one: one.tags.clear(),
    "a programme renamed": rename_programme,
    "an organisation joined": lambda one: one.programme.organisations.add(OrganisationFactory()),
    "a row changed by hand": rename_in_sql,
    "a source renamed": lambda one: Source.objects.update(publisher="Another"),
    "many rows at once": lambda one: Milestone.objects.update(place="Kyoto"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_feed_shows_turns_the_edition(milestone, change):
    milestone.tags.add(TagFactory(slug="moon"))
    before = Edition.objects.number()

    change(milestone)

    assert Edition.objects.number() > before


def test_a_note_that_nobody_sees_in_a_feed_turns_nothing(milestone):
    before = Edition.objects.number()

    publishing.check(milestone, today=TODAY)

    assert Edition.objects.number() == before


def test_what_is_rolled_back_turns_nothing(milestone):
    before = Edition.objects.number()

    with transaction.atomic():
        state(milestone, "autumn 2027")
        transaction.set_rollback(True)

    assert Edition.objects.number() == before


@pytest.mark.postgresql
def test_a_transaction_turns_it_once_and_only_when_it_commits(milestone):
    before = Edition.objects.number()

    with transaction.atomic():
        Milestone.objects.update(place="Kyoto")
        milestone.tags.add(TagFactory(slug="debris"))
        inside = Edition.objects.number()

    assert (inside, Edition.objects.number()) == (before, before + 1)


@pytest.mark.parametrize("after", [timedelta(), timedelta(milliseconds=900), -timedelta(hours=1)])
def test_the_moment_of_a_regrouping_always_rises_by_a_second(after):
    Edition.objects.regrouped(at=NOON)
    Edition.objects.regrouped(at=NOON + after)

    assert Edition.objects.get().regrouped_at == NOON + timedelta(seconds=1)


def test_a_regrouping_is_later_than_all_that_is_published(milestone):
    Edition.objects.regrouped(at=NOON - timedelta(hours=1))

    assert Edition.objects.get().regrouped_at == NOON + timedelta(seconds=1)


def regrouped_at():
    return Edition.objects.values_list("regrouped_at", flat=True).first()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: publishing.edit(one, {"programme": ProgrammeFactory()}, at=LATER),
        lambda one: publishing.edit(one, {}, tags=[], at=LATER),
    ],
    ids=["another programme", "a tag taken"],
)
def test_a_milestone_that_leaves_a_group_is_noted(milestone, change):
    milestone.tags.add(TagFactory())

    change(milestone)

    assert regrouped_at() == LATER


@pytest.mark.parametrize("fields", [{"place": "Kyoto"}, {"slug": "another"}, {}])
def test_what_stays_in_its_groups_is_not_noted(milestone, fields):
    publishing.edit(milestone, fields, tags=milestone.tags.all(), at=LATER)

    assert regrouped_at() is None
