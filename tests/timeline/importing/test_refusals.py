"""Each bad row is reported with its line and the reason, each bad file with the reason."""

import json

import pytest

from tests.clock import NOON
from tests.timeline.importing.files import GOOD, problems
from timeline.dates import Precision
from timeline.importing import ImportRefused, import_files
from timeline.importing.statements import COLUMNS
from timeline.models import Statement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"milestone": "vega"}, "line 2, milestone: there is no milestone “vega”"),
        ({"milestone": ""}, "line 2, milestone: is needed and missing"),
        ({"text": " "}, "line 2, text: is needed and missing"),
        ({"source": ""}, "line 2, source: is needed and missing"),
        ({"stated_on": ""}, "line 2, stated_on: is needed and missing"),
        ({"stated_on": "2025-02-30"}, "line 2, stated_on: there is no day 2025-02-30"),
        (
            {"stated_on": "11/09/2025"},
            "line 2, stated_on: “11/09/2025” is no day; write it as 2025-09-11",
        ),
        ({"stated_on": "2026-11-22"}, "line 2: The source's day is in the future."),
        ({"kind": "planned"}, "line 2, kind: “planned” is none of plan, occurred, cancelled"),
        (
            {"stated_on_precision": "year"},
            "line 2, stated_on_precision: “year” is none of day, month",
        ),
        ({"qualifier": "!"}, "line 2, qualifier: “!” is none of ~, ?, %"),
        ({"precision": "days"}, f"line 2, precision: “days” is none of {', '.join(Precision)}"),
        ({"precision": "week"}, "line 2, edtf: “2027-25” cannot have the precision “week”."),
        (
            {"precision": "none"},
            "line 2, edtf: holds a date, although the precision is “none”",
        ),
        ({"edtf": "2027-13"}, "line 2, edtf: “2027-13” names no month and no part of a year."),
        ({"edtf": "mid 2027"}, "line 2, edtf: “mid 2027” is not in Milepost's EDTF profile."),
        (
            {"edtf": "2027-05-02", "zone": "Mars/Gale"},
            "line 2, edtf: “Mars/Gale” is not a time zone of the IANA list.",
        ),
        (
            {"earliest": "2027-01-01"},
            "line 2, earliest: says “2027-01-01”, but the date makes it “2027-03-01”",
        ),
        (
            {"edtf": "[2027..]", "latest": "2027-12-31"},
            "line 2, latest: says “2027-12-31”, but the date makes it “open”",
        ),
        ({"mode": "net"}, "line 2, mode: says “net”, but the date makes it “within”"),
        (
            {"current_chain": "maybe"},
            "line 2, current_chain: “maybe” is none of yes, no, true, false",
        ),
        ({"grade": "seed"}, "line 2, grade: “seed” is none of A, B, C"),
        ({"ref": "seed:003"}, "line 2, ref: Enter a valid URL."),
        ({"ref": "ftp://news.example/1"}, "line 2, ref: Enter a valid URL."),
        (
            {"text": "x" * 301},
            "line 2, text: Ensure this value has at most 300 characters (it has 301).",
        ),
        (
            {"source": "x" * 121},
            "line 2, source: Ensure this value has at most 120 characters (it has 121).",
        ),
        ({"text": "spring\n2027"}, "line 2, text: holds the character U+000A; take it out"),
        ({"reason": "\x1b[2J"}, "line 2, reason: holds the character U+001B; take it out"),
        ({"source": "evil\u202etxt"}, "line 2, source: holds the character U+202E; take it out"),
        (
            {"presicion": "day"},
            "line 2, presicion: there is no such column; known are " + ", ".join(COLUMNS),
        ),
        (
            {"kind": "occurred", "edtf": "", "precision": "none"},
            "line 2: Something that happened has a date: say when, at least the year.",
        ),
        (
            {"kind": "cancelled"},
            "line 2: A cancelled milestone has no date; its old one stays shown.",
        ),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_reason(row, problem, milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported(row)

    assert problems(refused) == [f"new.csv: {problem}"]
    assert not Statement.objects.exists()


def test_every_bad_row_is_reported_at_once(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"edtf": "soon"}, {}, {"grade": "D", "stated_on": "never"})

    assert problems(refused) == [
        "new.csv: line 2, edtf: “soon” is not in Milepost's EDTF profile.",
        "new.csv: line 4, stated_on: “never” is no day; write it as 2025-09-11",
    ]


def test_a_line_is_counted_as_an_editor_counts_it(milestone, tmp_path):
    path = tmp_path / "new.csv"
    header = "milestone,stated_on,text,edtf,source"
    two_lines = 'issa-j1-launch,2025-09-11,"a\nb",2027,Astroscale'
    path.write_text(f"{header}\n\n{two_lines}\nissa-j1-launch,2025-09-11,c,2027-13,Astroscale\n")

    with pytest.raises(ImportRefused) as refused:
        import_files([path], at=NOON)

    assert problems(refused) == [
        "new.csv: line 3, text: holds the character U+000A; take it out",
        "new.csv: line 5, edtf: “2027-13” names no month and no part of a year.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "new.csv",
            "milestone,text\nx,Kin\xe9is\n".encode("latin-1"),
            "line 2: is not UTF-8 text. In a spreadsheet: save as “CSV UTF-8”",
        ),
        ("new.csv", b"a\n\0", "line 2: holds a NUL: this is no text file, or a broken one"),
        ("new.csv", b"", "line 1: is empty; the first line names the columns"),
        ("new.csv", b"a;b\n1;2\n", "line 1: cells are parted by semicolons; save it with commas"),
        ("new.csv", b"text,text\n1,2\n", "line 1: the column “text” is there twice"),
        ("new.csv", b'text\n"open\n', "line 2: is not CSV: unexpected end of data"),
        (
            "new.csv",
            b"milestone,text\nx,in 2027, perhaps\n",
            "line 2: has 3 cells and not 2; put cells with commas in quotes",
        ),
        ("new.json", b'[\n{"text": }]', "line 2: is not JSON: Expecting value"),
        ("new.json", b"7", "holds no object with “programmes”"),
        ("new.json", b'[{}, \n"x"]', "line 2: this entry is no object with named values"),
    ],
)
def test_a_file_that_is_no_table_is_refused(name, content, problem, tmp_path):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ImportRefused) as refused:
        import_files([tmp_path / name], at=NOON)

    assert problems(refused) == [f"{name}: {problem}"]


def test_json_without_an_end_is_refused(tmp_path):
    (tmp_path / "new.json").write_text("[" * 100_000)

    with pytest.raises(ImportRefused, match=r"^new\.json: is not JSON that can be read"):
        import_files([tmp_path / "new.json"], at=NOON)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match=r"^gone\.csv: cannot be read: No such file"):
        import_files([tmp_path / "gone.csv"], at=NOON)


def test_a_bad_entry_in_json_is_reported_with_the_line_it_begins_on(milestone, tmp_path):
    bad = json.dumps([GOOD, GOOD | {"edtf": 2027}, [], GOOD | {"text": "later"}], indent=1)
    bad = bad.replace("[],", "{},")
    (tmp_path / "new.json").write_text(bad)

    with pytest.raises(ImportRefused) as refused:
        import_files([tmp_path / "new.json"], at=NOON)

    assert problems(refused) == [
        "new.json: line 9, edtf: is 2027; write it as text, in quotes",
        *(
            f"new.json: line 16, {column}: is needed and missing"
            for column in ("milestone", "stated_on", "text", "source")
        ),
    ]
