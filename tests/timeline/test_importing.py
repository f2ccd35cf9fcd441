"""A file of statements: imported whole or not at all, quietly, and the second time not again."""

import csv
import json
from datetime import date, timedelta

import pytest

from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, SourceFactory, state
from tests.factories import claim as claimed
from timeline.dates import Precision
from timeline.importing import Imported, ImportRefused, import_files
from timeline.importing.statements import COLUMNS
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Announcement, Milestone, Programme, Revision, Source, Statement, Tag
from timeline.publishing import correct

pytestmark = pytest.mark.django_db

GOOD = {
    "milestone": "issa-j1-launch",
    "stated_on": "2025-09-11",
    "text": "spring 2027",
    "edtf": "2027-25",
    "source": "Astroscale",
}


@pytest.fixture
def milestone():
    return MilestoneFactory(slug="issa-j1-launch", title="ISSA-J1 launch")


@pytest.fixture
def imported(tmp_path):
    """Import rows, each like a good one except for what is given."""

    def write_and_import(*rows, at=NOON, **options):
        return import_files([csv_file(tmp_path, *rows)], at=at, **options)

    return write_and_import


def csv_file(folder, *rows):
    path = folder / "new.csv"
    cells = [GOOD | row for row in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in cells for name in row)))
        writer.writeheader()
        writer.writerows(cells)
    return path


def problems(refused) -> list[str]:
    return [str(problem) for problem in refused.value.problems]


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


def test_statements_in_json_are_imported_as_those_in_csv(milestone, tmp_path):
    rows = [GOOD | {"current_chain": True, "edtf": "2027-25", "latest": None}]
    (tmp_path / "new.json").write_text("\ufeff" + json.dumps(rows), encoding="utf-8")

    import_files([tmp_path / "new.json"], at=NOON)

    assert Statement.objects.get().edtf == "2027-25"


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


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(milestone, tmp_path):
    path = csv_file(tmp_path, {})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    import_files([path], at=NOON)

    assert Statement.objects.get().text == "spring 2027"


# ---- what is read ------------------------------------------------------------------------------


def test_without_edtf_the_words_are_read_as_an_editors_are(milestone, imported):
    imported({"edtf": "", "text": "spring 2027"})

    assert Statement.objects.get().edtf == "2027-25"


def test_words_without_a_date_are_no_date(milestone, imported):
    imported({"edtf": "", "text": "TBD"})

    statement = Statement.objects.get()
    assert (statement.edtf, statement.certainty) == (None, "tbd")


def test_precision_none_is_no_date_whatever_the_words_are(milestone, imported):
    imported({"edtf": "", "precision": "none", "text": "talks only"})

    assert Statement.objects.get().edtf is None


def test_words_with_two_meanings_are_asked_and_not_guessed(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"edtf": "", "text": "2027-28"})

    (problem,) = problems(refused)
    assert problem.startswith("new.csv: line 2, text: ")
    assert "[2027,2028]" in problem
    assert "[2027-04..2028-03]" in problem
    assert not Statement.objects.exists()


@pytest.mark.parametrize("words", ["31 February 2027", "H3-24L", "when pigs fly"])
def test_words_that_are_no_date_are_reported(words, milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"edtf": "", "text": words})

    assert [problem.where for problem in refused.value.problems] == ["line 2, text"]


def test_words_that_say_it_happened_are_asked_about_unless_the_kind_is_given(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({"edtf": "", "text": "launched in 2011"})

    assert problems(refused) == [
        (
            "new.csv: line 2, text: sounds as if it were “occurred”: "
            "write plan, occurred or cancelled in kind"
        )
    ]
    imported({"edtf": "", "text": "launched in 2011", "kind": "occurred"})
    assert Statement.objects.get().kind == "occurred"


def test_a_day_without_a_year_is_the_last_one_if_it_happened(milestone, imported):
    imported({"edtf": "", "text": "14 October", "kind": "occurred"})

    assert Statement.objects.get().edtf == "2024-10-14"


def test_a_season_without_hemisphere_is_that_of_the_milestone(imported):
    MilestoneFactory(slug="issa-j1-launch", hemisphere="S")

    imported({"edtf": "2027-21?"})

    statement = Statement.objects.get()
    assert (statement.edtf, statement.qualifier) == ("2027-29", "?")


def test_a_day_said_in_another_zone_keeps_that_zone(milestone, imported):
    imported({"edtf": "2027-05-02", "zone": "UTC"})

    statement = Statement.objects.get()
    assert (statement.zone, statement.latest) == ("UTC", date(2027, 5, 3))


def test_the_milestones_own_zone_is_no_other_zone(milestone, imported):
    imported({"edtf": "2027-05-02", "zone": milestone.home_zone})

    assert Statement.objects.get().zone == ""


# ---- sources -----------------------------------------------------------------------------------


def test_one_url_is_one_source(milestone, imported):
    url = "https://news.example/issa"

    imported({"ref": url, "grade": "A"}, {"ref": url, "stated_on": "2025-09-12"})

    source = Source.objects.get()
    assert (source.url, source.grade, source.statements.count()) == (url, "A", 2)


def test_two_accounts_of_one_url_are_reported(milestone, imported):
    url = "https://news.example/issa"

    with pytest.raises(ImportRefused) as refused:
        imported({"ref": url}, {"ref": url, "source": "JAXA", "stated_on": "2025-09-12"})

    assert problems(refused) == [
        "new.csv: line 3, source: line 2 says “Astroscale” of the same source"
    ]


def test_a_source_that_is_known_stays_as_the_editors_have_it(milestone, imported):
    known = SourceFactory(url="https://news.example/issa", publisher="Astroscale Holdings")

    imported({"ref": known.url})

    assert Statement.objects.get().source == known
    known.refresh_from_db()
    assert known.publisher == "Astroscale Holdings"


def test_without_a_url_publisher_title_and_day_make_the_source(milestone, imported):
    imported({"source_title": "On ISSA-J1"})

    imported({"source_title": "On ISSA-J1", "stated_on": "2025-09-12"})

    assert Source.objects.get().statements.count() == 2


# ---- what becomes of it --------------------------------------------------------------------------


def test_the_same_row_twice_is_reported(milestone, imported):
    with pytest.raises(ImportRefused) as refused:
        imported({}, {})

    assert problems(refused) == ["new.csv: line 3: says the same as line 2"]


def test_a_statement_that_an_editor_corrected_is_not_imported_again(milestone, imported):
    imported({})
    statement = Statement.objects.get()
    correct(statement, claimed("summer 2027", on=TODAY, source=statement.source), at=NOON)

    assert imported({}) == Imported(created=0, stated=0, known=1)


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
