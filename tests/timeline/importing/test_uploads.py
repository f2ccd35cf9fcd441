"""A file that an editor brings: kept, read, answered and written, in steps that may be cut off."""

import csv
import io
import json
import tracemalloc
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline import exporting
from timeline.importing import ImportRefused, uploads
from timeline.models import Announcement, CalendarEntry, Statement, Upload, UploadRow

pytestmark = pytest.mark.django_db
ROW = {
    "milestone": "launch",
    "stated_on": "2026-11-19",
    "kind": "plan",
    "text": "autumn 2027",
    "source": "JAXA",
    "grade": "A",
}


@pytest.fixture
def launch():
    """Published as "spring 2027"."""
    milestone = MilestoneFactory(slug="launch", title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    jaxa = SourceFactory(publisher="JAXA", grade="A", url="", title="", published_on=None)
    state(milestone, "spring 2027", on=TODAY - timedelta(days=30), source=jaxa, announce=False)
    return milestone


def as_csv(*rows):
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in ROW | row))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    return text.getvalue().encode()


def bring(content, name="said.csv", form="csv", source=None):
    anna, _ = get_user_model().objects.get_or_create(username="anna")
    return uploads.bring(name, content, form=form, source=source, editor=anna, at=NOON)


def read(upload):
    upload.refresh_from_db()
    while upload.state == "reading":
        uploads.go_on(upload, at=NOON)
        upload.refresh_from_db()
    return list(upload.rows.in_order())


def write(upload):
    assert uploads.begin_writing(upload)
    upload.refresh_from_db()
    while upload.state == "writing":
        uploads.go_on(upload, at=NOON)
        upload.refresh_from_db()


def outcomes(rows):
    return [(row.number, row.outcome) for row in rows]


def test_each_row_says_what_it_would_do_and_nothing_is_written(launch):
    rows = read(
        bring(
            as_csv(
                {},
                {"text": "spring 2027", "stated_on": "2026-10-21"},
                {"text": "winter 2027"},
                {"milestone": "nowhere"},
                {"text": "2026", "stated_on": "2026-01-05"},
            )
        )
    )

    assert outcomes(rows) == [
        (2, "moved"),
        (3, "same"),
        (4, "question"),
        (5, "refused"),
        (6, "new"),
    ]
    assert rows[0].says == "ISSA-J1 launch: Slipped ≈ 6 months: spring 2027 → autumn 2027"
    assert rows[3].reason == "milestone: there is no milestone “nowhere”"
    assert [one["label"] for one in rows[2].options] == [
        "winter 2027-28 (1 Dec 2027 – 29 Feb 2028)",
        "winter 2026-27 (1 Dec 2026 – 28 Feb 2027)",
    ]
    assert Statement.objects.count() == 1


def test_what_is_new_and_moved_is_written_quietly(launch):
    upload = bring(as_csv({}, {"text": "2026", "stated_on": "2026-01-05"}))
    read(upload)

    write(upload)

    assert upload.state == "done"
    launch.refresh_from_db()
    assert (launch.current_revision.edtf, Statement.objects.count()) == ("2027-27", 3)
    assert Announcement.objects.count() == 0
    assert launch.announced_revision == launch.current_revision


def test_a_second_time_it_is_all_the_same(launch):
    first = bring(as_csv({}))
    read(first)
    write(first)

    assert outcomes(read(bring(as_csv({})))) == [(2, "same")]


def test_a_question_is_answered_and_then_written(launch):
    upload = bring(as_csv({"text": "winter 2027"}))
    (row,) = read(upload)

    uploads.answer(row, row.options[0]["key"], at=NOON)
    row.refresh_from_db()
    write(upload)

    assert row.outcome == "moved"
    assert Statement.objects.get(standing="current").edtf == "2027-28"


def test_a_row_may_be_dropped(launch):
    upload = bring(as_csv({"text": "winter 2027"}))
    (row,) = read(upload)

    uploads.answer(row, "dropped", at=NOON)
    write(upload)

    assert Statement.objects.count() == 1
    assert not Upload.objects.with_questions().exists()


def test_a_file_with_questions_is_found_until_they_are_answered(launch):
    upload = bring(as_csv({"text": "winter 2027"}))
    read(upload)

    assert list(Upload.objects.with_questions()) == [upload]
    assert uploads.drop(upload)
    assert not Upload.objects.with_questions().exists()


def test_cut_off_while_it_is_written_it_goes_on_and_writes_no_row_twice(launch, monkeypatch):
    monkeypatch.setattr(uploads, "A_STEP", 1)
    upload = bring(
        as_csv({}, {"text": "winter 2027/28"}, {"text": "2026", "stated_on": "2026-01-05"})
    )
    read(upload)
    uploads.begin_writing(upload)
    upload.refresh_from_db()
    uploads.go_on(upload, at=NOON)
    written = UploadRow.objects.exclude(written_at=None).count()

    while upload.state == "writing":
        uploads.go_on(upload, at=NOON)
        upload.refresh_from_db()

    assert written == 1
    assert Statement.objects.count() == 4
    assert UploadRow.objects.filter(written_at=None).count() == 0


def test_a_row_that_cannot_be_written_leaves_nothing_behind_and_stops_no_other(launch, monkeypatch):
    upload = bring(as_csv({}, {"text": "2026", "stated_on": "2026-01-05"}))
    read(upload)
    publish = uploads.publishing.state

    def refuse_one(milestone, claim, **how):
        if claim.text == "2026":
            publish(milestone, claim, **how)
            raise uploads.PublishingError("not that one")
        return publish(milestone, claim, **how)

    monkeypatch.setattr(uploads.publishing, "state", refuse_one)
    write(upload)

    assert sorted(Statement.objects.values_list("text", flat=True)) == [
        "autumn 2027",
        "spring 2027",
    ]
    refused = UploadRow.objects.get(outcome="refused")
    assert (refused.reason, refused.written_at) == ("not that one", None)


def test_what_somebody_published_meanwhile_is_not_written_over(launch):
    upload = bring(as_csv({}))
    read(upload)
    state(launch, "2029", on=TODAY, at=NOON + timedelta(minutes=5))

    write(upload)

    row = UploadRow.objects.get()
    assert row.outcome == "refused"
    assert row.reason.startswith("Somebody published meanwhile")
    launch.refresh_from_db()
    assert launch.current_revision.edtf == "2029"


def test_json_is_read_too(launch):
    content = json.dumps([ROW]).encode()

    assert outcomes(read(bring(content, "said.json", "json"))) == [(1, "moved")]


@pytest.mark.parametrize(
    ("content", "form", "why"),
    [
        (b"", "csv", "is empty; the first line names the columns"),
        (b"milestone,text\n", "csv", "holds no rows"),
        (b"milestone,text\na,b,c\n", "csv", "has 3 cells and not 2"),
        (b"milestone;text\n", "csv", "parted by semicolons"),
        (b"\xff\xfe\x00a", "csv", "is not UTF-8 text"),
        (b"milestone,text\na,\x00\n", "csv", "holds a NUL"),
        (b"{", "json", "is not JSON"),
        (b"{}", "json", "holds no list"),
        (b"[1]", "json", "is no object"),
        (b"hello", "ics", "is no calendar"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "ics", "holds no rows"),
        (b"x" * (uploads.MOST_BYTES + 1), "csv", "is over 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_not_kept(content, form, why):
    with pytest.raises(ImportRefused, match=why):
        bring(content, f"bad.{form}", form, SourceFactory() if form == "ics" else None)

    assert Upload.objects.count() == 0


def test_too_many_rows_are_refused_and_none_is_kept(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ROWS", 2)

    with pytest.raises(ImportRefused, match="has over 2 rows"):
        bring(as_csv({}, {}, {}))

    assert UploadRow.objects.count() == 0


# ---- somebody's calendar


CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:Tokyo Standard Time\r
BEGIN:STANDARD\r
DTSTART:19700101T000000\r
TZOFFSETFROM:+0900\r
TZOFFSETTO:+0900\r
END:STANDARD\r
END:VTIMEZONE\r
{}END:VCALENDAR\r
"""


def event(uid="a@x", summary="ISSA-J1 launch", start="DTSTART;VALUE=DATE:20271001", *more):
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261110T000000Z", f"SUMMARY:{summary}", start]
    return "".join(f"{line}\r\n" for line in [*lines, *more, "END:VEVENT"])


def calendar(*events):
    return CALENDAR.format("".join(events)).encode()


@pytest.fixture
def press():
    return SourceFactory(publisher="RocketCal", grade="A")


@pytest.mark.parametrize(
    ("start", "more", "edtf"),
    [
        ("DTSTART;VALUE=DATE:20271001", (), "2027-10-01"),
        ("DTSTART;VALUE=DATE:20271001", ("DTEND;VALUE=DATE:20271002",), "2027-10-01"),
        ("DTSTART;VALUE=DATE:20271001", ("DTEND;VALUE=DATE:20271004",), "2027-10-01/2027-10-03"),
        ("DTSTART:20271001T120000Z", (), "2027-10-01T12:00:00Z"),
        ("DTSTART;TZID=Asia/Tokyo:20271001T120000", (), "2027-10-01T12:00:00+09:00"),
    ],
)
def test_an_entry_of_a_calendar_is_a_claim_of_its_owner(launch, press, start, more, edtf):
    upload = bring(calendar(event("a@x", "ISSA-J1 launch", start, *more)), "x.ics", "ics", press)
    (row,) = read(upload)

    write(upload)

    assert row.outcome == "moved"
    said = Statement.objects.get(standing="current")
    assert (said.edtf, said.source, said.stated_on) == (edtf, press, date(2026, 11, 10))
    assert said.text.startswith("ISSA-J1 launch: 2027-10-01")


def test_the_same_entry_moves_the_same_milestone_whatever_it_is_called_then(launch, press):
    first = bring(calendar(event()), "x.ics", "ics", press)
    read(first)
    write(first)
    later = event("a@x", "ISSA-J1 (NET)", "DTSTART;VALUE=DATE:20271224").replace("1110T", "1115T")

    (row,) = read(bring(calendar(later), "x.ics", "ics", press))

    assert (row.outcome, row.milestone) == ("moved", launch)
    assert CalendarEntry.objects.get().milestone == launch


def test_an_entry_of_another_name_is_asked_about_and_remembered(launch, press):
    upload = bring(calendar(event("b@x", "Debris inspector launch")), "x.ics", "ics", press)
    (row,) = read(upload)
    assert (row.outcome, row.reason) == ("question", "Which milestone is it?")
    assert {"key": str(launch.pk), "label": "ISSA-J1 launch"} in row.options

    uploads.answer(row, str(launch.pk), at=NOON)
    write(upload)

    assert CalendarEntry.objects.get().uid == "b@x"
    assert Statement.objects.get(standing="current").edtf == "2027-10-01"


def test_a_cancelled_entry_cancels(launch, press):
    upload = bring(
        calendar(event("a@x", "ISSA-J1 launch", "STATUS:CANCELLED")), "x.ics", "ics", press
    )
    read(upload)
    write(upload)

    assert Statement.objects.get(standing="current").kind == "cancelled"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (event("a@x", "ISSA-J1 launch", "DTSTART:20271001T120000"), "has a time without a zone"),
        (
            event("a@x", "ISSA-J1 launch", "DTSTART;VALUE=DATE:20271001", "RRULE:FREQ=YEARLY"),
            "repeats (RRULE)",
        ),
        (event("a@x", "ISSA-J1 launch", "DTSTART;VALUE=DATE:20271399"), "has no DTSTART"),
        (event("a@x", "", "DTSTART;VALUE=DATE:20271001"), "has no SUMMARY"),
        (event("a@x", "ISSA-J1 launch", "X-NOTHING:1"), "has no DTSTART"),
    ],
)
def test_an_entry_that_claims_nothing_is_refused_with_the_reason(launch, press, bad, why):
    good = event("z@x", "ISSA-J1 launch")

    refused, taken = read(bring(calendar(bad, good), "x.ics", "ics", press))

    assert (refused.outcome, taken.outcome) == ("refused", "moved")
    assert refused.reason.startswith(why)


def test_our_own_calendar_is_read_back(launch, press, client):
    state(launch, "1 October 2027", on=TODAY, announce=False)
    feed = client.get("/calendar/all.ics")

    (row,) = read(bring(feed.content, "x.ics", "ics", press))

    assert (row.milestone, row.outcome) == (launch, "new")


# ---- many rows


def test_ten_thousand_rows_take_no_more_memory_than_a_thousand(launch):
    def peak(count):
        content = as_csv(*[{"text": f"{1 + number % 28} May 2030"} for number in range(count)])
        tracemalloc.start()
        upload = bring(content)
        for _ in range(2):
            uploads.read_some(upload, at=NOON)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest - 2 * len(content)  # the file itself, as bytes and as text

    peak(10)
    assert peak(10_000) < peak(1_000) + 3_000_000


def test_what_is_exported_is_all_the_same_when_it_is_brought_back(launch):
    state(launch, "by 2030", on=TODAY, source=SourceFactory(grade="C"), standing="dissent")
    content = "".join(exporting.as_csv(exporting.statements())).encode()

    assert [row.outcome for row in read(bring(content))] == ["same", "same"]
