"""What each precision becomes: the table of docs/feeds.md, row by row, and byte by byte.

tests/calendars/ holds the whole calendar of each row.
"""

from collections.abc import Callable

import pytest

from tests.calendars import expected
from tests.calendars.feeds import everything
from tests.calendars.rows import NOVEMBER, a_milestone, happen, say
from tests.calendars.stories import (
    cancelled_day,
    cancelled_season,
    happened_late,
    happened_time,
    overdue_deadline,
    overdue_spring,
    overdue_time,
    slipped,
    window_of_a_launch,
)
from tests.calendars.strict import Component, entries
from timeline.ical import calendar
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"


# (name of the file, how it came about, DTSTART, DTEND, SUMMARY, STATUS)
Row = tuple[str, Callable[[Milestone], object], str, str, str, str]
ROWS: list[Row] = [
    (
        "instant",
        lambda one: say(one, "2026-12-30T12:10:00Z", "minute"),
        "20261230T121000Z",
        "20261230T124000Z",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "instant-window",
        window_of_a_launch,
        "20261230T121000Z",
        "20261230T144000Z",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "instant-possibly",
        lambda one: say(one, "2026-12-30T12:10:00Z", "minute", "?"),
        "20261230T121000Z",
        "20261230T124000Z",
        "~ LUPEX launch (possibly 30 Dec 2026, 21:10 JST)",
        "TENTATIVE",
    ),
    (
        "day",
        lambda one: say(one, "2026-12-30"),
        "20261230",
        "20261231",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "day-to-be-confirmed",
        lambda one: say(one, "2026-12-30", certainty="tbc"),
        "20261230",
        "20261231",
        "LUPEX launch",
        "TENTATIVE",
    ),
    (
        "day-elsewhere",
        lambda one: say(one, "2026-12-30", zone="America/New_York"),
        "20261230",
        "20261231",
        "~ LUPEX launch (30 December 2026 EST)",
        "TENTATIVE",
    ),
    (
        "days",
        lambda one: say(one, "2026-11-21/2026-11-23", "day"),
        "20261121",
        "20261124",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "months",
        lambda one: say(one, "2027-03/2027-05", "month"),
        "20270301",
        "20270302",
        "~ LUPEX launch (from March to May 2027)",
        "TENTATIVE",
    ),
    (
        "week",
        lambda one: say(one, "[2027-03-15..2027-03-21]", "week"),
        "20270315",
        "20270316",
        "~ LUPEX launch (the week of 15 March 2027)",
        "TENTATIVE",
    ),
    (
        "month",
        lambda one: say(one, "2027-06"),
        "20270601",
        "20270602",
        "~ LUPEX launch (June 2027)",
        "TENTATIVE",
    ),
    (
        "quarter",
        lambda one: say(one, "2027-35"),
        "20270701",
        "20270702",
        "~ LUPEX launch (Q3 2027)",
        "TENTATIVE",
    ),
    (
        "season",
        lambda one: say(one, "2027-25"),
        "20270301",
        "20270302",
        "~ LUPEX launch (spring 2027)",
        "TENTATIVE",
    ),
    (
        "half",
        lambda one: say(one, "2027-41"),
        "20270701",
        "20270702",
        "~ LUPEX launch (the second half of 2027)",
        "TENTATIVE",
    ),
    (
        "year-part",
        lambda one: say(one, "2027-39"),
        "20270901",
        "20270902",
        "~ LUPEX launch (late 2027)",
        "TENTATIVE",
    ),
    (
        "fiscal-year",
        lambda one: say(one, "[2026-04..2027-03]", "fiscal_year"),
        "20260401",
        "20260402",
        "~ LUPEX launch (JFY2026)",
        "TENTATIVE",
    ),
    (
        "year",
        lambda one: say(one, "2027"),
        "20270101",
        "20270102",
        "~ LUPEX launch (2027)",
        "TENTATIVE",
    ),
    (
        "around-year",
        lambda one: say(one, "2027", "year", "~"),
        "20270101",
        "20270102",
        "~ LUPEX launch (around 2027)",
        "TENTATIVE",
    ),
    (
        "around-day",
        lambda one: say(one, "2027-05-12", "day", "~"),
        "20270512",
        "20270513",
        "~ LUPEX launch (around 12 May 2027)",
        "TENTATIVE",
    ),
    (
        "range",
        lambda one: say(one, "[2027-11-14..2027-11-17]", "range"),
        "20271114",
        "20271115",
        "~ LUPEX launch (between 14 and 17 November 2027)",
        "TENTATIVE",
    ),
    (
        "by",
        lambda one: say(one, "[..2027-06-30]", "day"),
        "20270630",
        "20270701",
        "LUPEX launch (by 30 June 2027)",
        "TENTATIVE",
    ),
    (
        "by-around",
        lambda one: say(one, "[..2027]", "year", "~"),
        "20271231",
        "20280101",
        "~ LUPEX launch (by around the end of 2027)",
        "TENTATIVE",
    ),
    (
        "not-before",
        lambda one: say(one, "[2027-03..]", "month"),
        "20270301",
        "20270302",
        "~ LUPEX launch (not before March 2027)",
        "TENTATIVE",
    ),
    (
        "slipped",
        slipped,
        "20270601",
        "20270602",
        "~ LUPEX launch (summer 2027)",
        "TENTATIVE",
    ),
    (
        "overdue",
        overdue_spring,
        "20260531",
        "20260601",
        "~ LUPEX launch (overdue, was spring 2026)",
        "TENTATIVE",
    ),
    (
        "overdue-instant",
        overdue_time,
        "20261118T121000Z",
        "20261118T124000Z",
        "LUPEX launch (overdue, was 18 Nov 2026, 21:10 JST)",
        "TENTATIVE",
    ),
    (
        "overdue-by",
        overdue_deadline,
        "20260630",
        "20260701",
        "LUPEX launch (overdue, was by 30 June 2026)",
        "TENTATIVE",
    ),
    (
        "occurred",
        happened_late,
        "20261119",
        "20261120",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "occurred-instant",
        happened_time,
        "20261120T091000Z",
        "20261120T094000Z",
        "LUPEX launch",
        "CONFIRMED",
    ),
    (
        "occurred-month",
        lambda one: happen(one, "2026-10"),
        "20261001",
        "20261002",
        "~ LUPEX launch (October 2026)",
        "CONFIRMED",
    ),
    (
        "cancelled",
        cancelled_day,
        "20261230",
        "20261231",
        "Cancelled: LUPEX launch",
        "CANCELLED",
    ),
    (
        "cancelled-season",
        cancelled_season,
        "20270301",
        "20270302",
        "Cancelled: LUPEX launch (was spring 2027)",
        "CANCELLED",
    ),
]
by_name = pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])


def written(row: Row) -> bytes:
    row[1](a_milestone())
    return calendar.write(everything(), month=NOVEMBER).body


def the_entry(body: bytes) -> Component:
    (only,) = entries(body)
    return only


@by_name
def test_each_precision_has_its_place_its_title_and_its_status(row):
    _, _, start, end, title, status = row
    only = the_entry(written(row))

    given = [(name, value) for name, value in only.lines if name.startswith(("DTSTART", "DTEND"))]
    kind = "" if "T" in start else ";VALUE=DATE"
    assert given == [(f"DTSTART{kind}", start), (f"DTEND{kind}", end)]
    assert (only["SUMMARY"], only["STATUS"]) == (title, status)


@by_name
def test_each_precision_is_written_as_expected_to_the_byte(row):
    expected.compare(row[0], written(row))


def test_what_has_no_date_is_not_there():
    say(a_milestone(), None)

    body = calendar.write(everything(), month=NOVEMBER).body

    assert the_entry(body)["UID"] == "nothing-dated-calendar-all.ics@milepost.example"


def test_every_expected_file_belongs_to_a_row():
    of_others = {"closed-feed", *expected.names("option-")}

    assert expected.names() - of_others == {row[0] for row in ROWS}
