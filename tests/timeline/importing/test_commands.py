"""The commands an operator types."""

import pytest
from django.core.management import CommandError, call_command

from tests.clock import NOON
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Milestone, Statement

pytestmark = pytest.mark.django_db


def test_a_refused_import_ends_with_an_error_that_says_how_much_is_to_put_right(tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text("milestone,stated_on,text,source\nvega,2025-01-01,2027,X\nvega,,2027,X\n")

    with pytest.raises(CommandError) as error:
        call_command("import_statements", path)

    assert str(error.value).splitlines() == [
        "new.csv: line 2, milestone: there is no milestone “vega”",
        "new.csv: line 3, stated_on: is needed and missing",
        "new.csv: line 3, milestone: there is no milestone “vega”",
        "Nothing was imported: 3 to put right.",
    ]


def test_a_dry_run_says_what_it_would_do(capsys):
    call_command("import_statements", "--dry-run")

    assert capsys.readouterr().out.splitlines()[-1] == (
        "Would import: 83 statements, 72 milestones, programmes, organisations and tags; "
        "0 statements were known."
    )
    assert not Milestone.objects.exists()


def test_without_verbosity_the_import_is_silent(capsys):
    call_command("import_statements", verbosity=0)

    assert capsys.readouterr().out == ""


def test_a_rebuild_changes_nothing(capsys):
    import_files(FIRST_CONTENT, at=NOON)
    before = list(Statement.objects.order_by("pk").values())

    call_command("rebuild")

    assert capsys.readouterr().out == "Rewritten: 0.\n"
    assert list(Statement.objects.order_by("pk").values()) == before


def test_a_rebuild_puts_a_damaged_cache_right(capsys):
    import_files(FIRST_CONTENT, at=NOON)
    before = list(Statement.objects.order_by("pk").values())
    nisar = Statement.objects.filter(milestone__slug="nisar-launch")
    nisar.filter(edtf="2020").update(change_kind="slip", latest="2021-12-31")
    nisar.filter(edtf="2025-06").update(days=7)

    call_command("rebuild")

    assert capsys.readouterr().out == "NISAR launch (GSLV-F16): 3 rewritten\nRewritten: 3.\n"
    assert list(Statement.objects.order_by("pk").values()) == before
