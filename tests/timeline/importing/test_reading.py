"""What a row is read as: its date, its words, its source."""

import json
from datetime import date

import pytest

from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory
from tests.timeline.importing.files import GOOD, csv_file, problems
from timeline.importing import ImportRefused, import_files
from timeline.models import Source, Statement

pytestmark = pytest.mark.django_db


def test_statements_in_json_are_imported_as_those_in_csv(milestone, tmp_path):
    rows = [GOOD | {"current_chain": True, "edtf": "2027-25", "latest": None}]
    (tmp_path / "new.json").write_text("\ufeff" + json.dumps(rows), encoding="utf-8")

    import_files([tmp_path / "new.json"], at=NOON)

    assert Statement.objects.get().edtf == "2027-25"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(milestone, tmp_path):
    path = csv_file(tmp_path, {})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    import_files([path], at=NOON)

    assert Statement.objects.get().text == "spring 2027"


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
