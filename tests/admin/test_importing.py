"""An editor brings a file, looks at what each row would do, and has it written."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from notifications.tick import tick
from tests.admin.screen import today
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline.models import Announcement, Source, Statement, Upload

pytestmark = pytest.mark.django_db
IMPORT = reverse("admin:timeline_milestone_import")
HEAD = "milestone,stated_on,text,source,grade\n"


@pytest.fixture
def launch():
    milestone = MilestoneFactory(slug="launch", title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "spring 2027", on=today(), at=timezone.now(), announce=False)
    return milestone


def rows(*words):
    lines = (f"launch,{today()},{one},JAXA,A\n" for one in words)
    return (HEAD + "".join(lines)).encode()


def bring(client, content, name="said.csv", **fields):
    sent = {"file": SimpleUploadedFile(name, content)} | fields
    return client.post(IMPORT, sent, follow=True)


def do(client, what, **sent):
    upload = Upload.objects.latest("pk")
    address = reverse("admin:timeline_milestone_import_one", args=[upload.pk])
    return client.post(address, {"do": what} | sent, follow=True)


def says(answer):
    return [str(one) for one in answer.context["messages"]]


def test_a_file_is_shown_row_by_row_and_nothing_is_written(editor_client, launch):
    answer = bring(editor_client, rows("autumn 2027", "winter 2027"))

    counts = {str(key): count for key, _, count in answer.context["outcomes"]}
    assert counts == {"moved": 1, "question": 1}
    assert answer.context["chosen"] == "question"
    assert "winter 2027-28 (1 Dec 2027" in answer.text
    assert Statement.objects.count() == 1


def test_what_it_would_move_is_said(editor_client, launch):
    bring(editor_client, rows("autumn 2027"))

    upload = Upload.objects.get()
    page = editor_client.get(reverse("admin:timeline_milestone_import_one", args=[upload.pk]))

    assert "Slipped ≈ 6 months: spring 2027 → autumn 2027" in page.text
    assert "Write 1 row" in page.text


def test_a_question_is_answered_on_the_page_and_all_is_written(editor, editor_client, launch):
    bring(editor_client, rows("winter 2027"))
    row = Upload.objects.get().rows.get()

    do(editor_client, "answer", row=row.pk, answer=row.options[0]["key"])
    answer = do(editor_client, "write")

    assert says(answer) == ["It is being written; this page shows how far it is."]
    said = Statement.objects.get(standing="current")
    assert (said.edtf, said.entered_by) == ("2027-28", editor)
    assert Upload.objects.get().state == "done"
    assert Announcement.objects.count() == 0


@pytest.mark.parametrize("wrong", ["", "2031", "no"])
def test_what_is_no_answer_changes_nothing(editor_client, launch, wrong):
    bring(editor_client, rows("winter 2027"))
    row = Upload.objects.get().rows.get()

    answer = do(editor_client, "answer", row=row.pk, answer=wrong)

    assert says(answer) == ["Line 2: choose one of the answers."]
    row.refresh_from_db()
    assert row.outcome == "question"


def test_it_may_be_given_up(editor_client, launch):
    bring(editor_client, rows("autumn 2027"))

    do(editor_client, "drop")

    assert Upload.objects.get().state == "dropped"
    assert says(do(editor_client, "write")) == [
        "That can no longer be done with it: nothing is changed."
    ]
    assert Statement.objects.count() == 1


def test_a_long_file_is_read_by_the_worker_and_the_page_shows_how_far(editor_client, launch):
    days = [f"{1 + number % 28} May {2030 + number // 28}" for number in range(250)]

    answer = bring(editor_client, rows(*days))
    assert '<progress max="250" value="0">' in answer.text
    assert 'http-equiv="refresh"' in answer.text
    tick(at=timezone.now(), seconds=60)

    assert Upload.objects.get().state == "read"


def test_a_calendar_needs_its_owner(editor_client, launch):
    content = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n"
        b"SUMMARY:ISSA-J1 launch\r\nDTSTART;VALUE=DATE:20271001\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    refused = bring(editor_client, content, "x.ics")
    taken = bring(
        editor_client, content, "x.ics", publisher="RocketCal", grade="C", stated_on="2026-01-01"
    )

    assert "Say who said it" in refused.context["form"].errors["source"][0]
    assert taken.context["upload"].source.publisher == "RocketCal"
    assert taken.context["upload"].rows.get().milestone == launch


@pytest.mark.parametrize(
    ("name", "content", "field", "why"),
    [
        ("said.csv", b"", "file", "The submitted file is empty."),
        ("said.csv", b"milestone;text\na;b\n", "file", "parted by semicolons"),
        ("said.csv", b"\xff\xfe", "file", "is not UTF-8 text"),
        ("said.json", b"{", "file", "is not JSON"),
        ("said.txt", b"milestone,text\n", "kind", "Its name does not say what it is"),
        ("x.ics", b"hello", "source", "Say who said it"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(
    editor_client, launch, name, content, field, why
):
    answer = bring(editor_client, content, name)

    assert any(why in error for error in answer.context["form"].errors[field])
    assert Upload.objects.count() == 0


def test_text_of_a_file_reaches_the_page_escaped(editor_client, launch):
    answer = bring(editor_client, rows("<script>alert(1)</script>"), "<b>.csv")

    assert "<script>alert" not in answer.text
    assert "<b>.csv" not in answer.text


def test_who_may_not_import_brings_nothing(client, powerless_client, launch):
    assert bring(powerless_client, rows("autumn 2027")).status_code == 403
    assert client.get(IMPORT).url.startswith(reverse("admin:login"))
    assert Upload.objects.count() == 0


def test_imports_with_questions_stand_on_the_desk(editor_client, launch):
    bring(editor_client, rows("winter 2027"))

    found = {one.name: one for one in editor_client.get("/admin/").context["sections"]}

    (row,) = found["imports"].rows
    assert row.title == "said.csv"
    assert row.line == "1 question"


# ---- export


@pytest.mark.parametrize("name", ["statements.csv", "statements.json", "catalogue.json"])
def test_what_was_said_can_be_taken_away(editor_client, launch, name):
    address = reverse("admin:timeline_milestone_export", args=[name])

    answer = editor_client.get(address)

    text = answer.getvalue().decode()
    assert answer["Content-Disposition"] == f'attachment; filename="milepost-{name}"'
    found = list(csv.DictReader(io.StringIO(text))) if name.endswith("csv") else json.loads(text)
    assert found


def test_what_is_taken_away_is_all_the_same_when_it_is_brought_back(editor_client, launch):
    SourceFactory()
    sources = Source.objects.count()
    name = reverse("admin:timeline_milestone_export", args=["statements.csv"])
    content = editor_client.get(name).getvalue()

    answer = bring(editor_client, content)

    assert [(str(key), count) for key, _, count in answer.context["outcomes"]] == [("same", 1)]
    assert Source.objects.count() == sources


def test_there_is_no_other_export(editor_client):
    address = reverse("admin:timeline_milestone_export", args=["passwords.csv"])

    assert editor_client.get(address).status_code == 404
