"""A file is imported whole or not at all, and the second time not again."""

from datetime import timedelta

import pytest

from tests.clock import NOON, TODAY
from tests.factories import claim as claimed
from tests.timeline.importing.files import csv_file, problems
from timeline.importing import Imported, ImportRefused, import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Announcement, Milestone, Programme, Revision, Source, Statement, Tag
from timeline.publishing import correct

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[object]]:
    models = [Announcement, Milestone, Programme, Revision, Source, Statement, Tag]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_a_second_import_changes_nothing():
    first = import_files(FIRST_CONTENT, at=NOON)
    held = everything()

    second = import_files(FIRST_CONTENT, at=NOON + timedelta(days=1))

    assert (first, second) == (
        Imported(created=72, stated=83, known=0),
        Imported(created=0, stated=0, known=83),
    )
    assert everything() == held


def test_the_first_content_says_what_happens():
    import_files(FIRST_CONTENT, at=NOON)

    assert [one.name for one in Tag.objects.kinds().in_order()] == [
        "agreement",
        "end of mission",
        "landing",
        "launch",
        "meeting",
        "training",
    ]


def test_a_dry_run_counts_and_writes_nothing(milestone, imported):
    assert imported({}, dry_run=True) == Imported(created=0, stated=1, known=0)

    assert not Statement.objects.exists()
    assert not Source.objects.exists()


def test_one_bad_row_and_nothing_is_written(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({}, {"stated_on": "2025-09-12", "edtf": "2027-02-30"})

    assert problems(refused) == ["new.csv: line 3, edtf: There is no day 2027-02-30."]
    assert not Statement.objects.exists()
    assert not Source.objects.exists()


def test_a_catalogue_is_not_written_either_if_a_statement_is_bad(tmp_path):
    catalogue = tmp_path / "new.json"
    catalogue.write_text('{"tags": [{"slug": "moon", "name": "Moon"}]}')

    with pytest.raises(ImportRefused):
        import_files([catalogue, csv_file(tmp_path, {})], at=NOON)

    assert not Tag.objects.exists()


def test_the_same_row_twice_is_reported(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({}, {})

    assert problems(refused) == ["new.csv: line 3: says the same as line 2"]


def test_a_statement_that_an_editor_corrected_is_not_imported_again(milestone, imported):
    imported({})
    statement = Statement.objects.get()
    correct(statement, claimed("summer 2027", on=TODAY, source=statement.source), at=NOON)

    assert imported({}) == Imported(created=0, stated=0, known=1)
