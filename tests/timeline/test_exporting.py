"""What is exported is what is imported: back and forth nothing changes."""

import csv
import io
import json
import tracemalloc

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline import exporting
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT

pytestmark = pytest.mark.django_db
NASTY = '=HYPERLINK("x"), "quoted", \'single\', ünïcødé, 打ち上げ, \\n, ;'


def export(folder, kind):
    call_command("export_statements", folder / f"said.{kind}", catalogue=folder / "catalogue.json")
    return folder / "catalogue.json", folder / f"said.{kind}"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_first_content_comes_back_as_it_left(tmp_path, kind):
    import_files(FIRST_CONTENT, at=NOON)
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    files = export(once, kind)
    said = list(exporting.statements())

    done = import_files(files, at=NOON)
    export(again, kind)

    assert (done.created, done.stated, done.known) == (0, 0, len(said))
    assert [one.read_bytes() for one in sorted(once.iterdir())] == [
        one.read_bytes() for one in sorted(again.iterdir())
    ]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_nasty_text_and_every_field_come_back(tmp_path, kind):
    launch = MilestoneFactory(title="Launch", home_zone="Asia/Tokyo", summary=NASTY)
    source = SourceFactory(publisher=NASTY[:100], title="-1+1", url="https://a.example/?a=1&b=2")
    for words in ("spring 2028", "by 2029", "TBD", "30 July 2031 17:40 JST", "around 2032"):
        state(launch, words, source=source, reason=NASTY, announce=False)
    said = list(exporting.statements())
    _, file = export(tmp_path, kind)
    text = file.read_text(encoding="utf-8")

    if kind == "csv":
        rows = [
            {name: exporting.bare(cell) for name, cell in row.items()}
            for row in csv.DictReader(io.StringIO(text))
        ]
    else:
        rows = [dict.fromkeys(exporting.COLUMNS, "") | row for row in json.loads(text)]

    assert rows == said
    assert import_files([file], at=NOON).known == len(said)


def test_an_empty_milepost_exports_empty_files(tmp_path):
    catalogue, said = export(tmp_path, "json")

    assert json.loads(said.read_text()) == []
    assert json.loads(catalogue.read_text()) == {"organisations": [], "tags": [], "programmes": []}


def test_what_was_withdrawn_is_left_out_and_dissent_is_not():
    launch = MilestoneFactory()
    state(launch, "2027", announce=False)
    state(launch, "2035", source=SourceFactory(grade="C"), announce=False, standing="dissent")

    assert [(row["text"], row["current_chain"]) for row in exporting.statements()] == [
        ("2027", "yes"),
        ("2035", "no"),
    ]


@given(st.text(max_size=20))
def test_no_cell_is_taken_for_a_formula_and_each_comes_back(cell):
    guarded = exporting.guarded(cell)

    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert exporting.bare(guarded) == cell


def test_without_a_file_csv_goes_to_the_standard_output(capsys):
    state(MilestoneFactory(slug="launch"), "2027", announce=False)

    call_command("export_statements")

    header, row = capsys.readouterr().out.splitlines()
    assert header.split(",") == list(exporting.COLUMNS)
    assert row.startswith("launch,")


def test_a_file_that_cannot_be_written_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("export_statements", tmp_path / "missing" / "said.csv")


def test_a_hundred_times_as_much_takes_no_more_memory():
    row = dict.fromkeys(exporting.COLUMNS, "x" * 20)

    def peak(count):
        tracemalloc.start()
        for _part in exporting.as_csv(row for _ in range(count)):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(10_000) < peak(100) + 100_000
