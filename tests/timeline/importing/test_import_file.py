"""The command that imports a file row by row, and says of each what it does."""

import pytest
from django.core.management import CommandError, call_command

from tests.clock import TODAY
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline.models import Source, Statement, Upload

pytestmark = pytest.mark.django_db
HEAD = "milestone,stated_on,text,source,grade\n"
ROWS = HEAD + (
    "launch,2026-11-20,autumn 2027,JAXA,A\n"
    "launch,2026-11-20,winter 2027,JAXA,A\n"
    "nowhere,2026-11-20,2027,JAXA,A\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261120T000000Z\r\n"
    "SUMMARY:ISSA-J1 launch\r\nDTSTART;VALUE=DATE:20271001\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def launch():
    milestone = MilestoneFactory(slug="launch", title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    jaxa = SourceFactory(publisher="JAXA", grade="A", url="", title="", published_on=None)
    state(milestone, "spring 2027", on=TODAY, source=jaxa, announce=False)
    return milestone


def written(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder / name


def test_a_dry_run_says_of_each_row_what_it_would_do_and_writes_nothing(tmp_path, launch, capsys):
    call_command("import_file", written(tmp_path, "said.csv", ROWS), dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "line 2: moved: ISSA-J1 launch: Slipped ≈ 6 months: spring 2027 → autumn 2027",
        "line 3: question: winter 2027 (Does that season start or end in that year?)",
        "line 4: refused: 2027 (milestone: there is no milestone “nowhere”)",
        "Nothing was written.",
    ]
    assert (Statement.objects.count(), Upload.objects.count()) == (1, 0)


def test_what_is_new_or_moved_is_written_and_questions_wait(tmp_path, launch, capsys):
    call_command("import_file", written(tmp_path, "said.csv", ROWS))

    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "Written: 1. Questions: 1. Refused: 1."
    assert "3 of 3 rows read" in said.err
    assert "1 of 1 rows written" in said.err
    assert Statement.objects.get(standing="current").edtf == "2027-27"
    assert Upload.objects.with_questions().count() == 1


def test_a_calendar_is_the_word_of_its_publisher(tmp_path, launch):
    file = written(tmp_path, "x.ics", CALENDAR)

    call_command("import_file", file, publisher="RocketCal", grade="A")
    call_command("import_file", file, publisher="RocketCal", grade="A")

    said = Statement.objects.get(standing="current")
    assert (said.edtf, said.source.publisher) == ("2027-10-01", "RocketCal")
    assert (Statement.objects.count(), Source.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("x.ics", CALENDAR, "Say whose calendar it is"),
        ("said.txt", ROWS, "ends neither in .csv, .json nor .ics"),
        ("said.csv", "", "is empty"),
        ("said.json", "{", "is not JSON"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(tmp_path, launch, name, text, why):
    with pytest.raises(CommandError, match=why):
        call_command("import_file", written(tmp_path, name, text))

    assert Upload.objects.count() == 0


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_file", tmp_path / "missing.csv")
