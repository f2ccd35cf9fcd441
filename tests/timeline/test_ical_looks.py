"""What each option makes of an entry: the tables of docs/feeds.md, row by row and byte by byte.

tests/calendars/option-….ics hold the whole calendar of each row.
"""

from collections.abc import Callable
from functools import partial

import pytest

from tests.calendars import expected
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, happen, say
from tests.calendars.stories import (
    EARLIER_AT,
    cancelled_season,
    overdue_deadline,
    overdue_spring,
    overdue_time,
    window_of_a_launch,
)
from tests.calendars.strict import Component, entries
from timeline.ical import calendar
from timeline.ical.calendar import Feed
from timeline.ical.current import Current
from timeline.ical.options import Options
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

UID = "milestone-3f0c5e0a-0000-4000-8000-000000000001"
Story = Callable[[Milestone], object]


def said(edtf: str, precision: str = "", qualifier: str = "", **more: object) -> Story:
    return partial(say, edtf=edtf, precision=precision, qualifier=qualifier, **more)


def cancelled(edtf: str, precision: str = "") -> Story:
    def story(milestone: Milestone) -> None:
        say(milestone, edtf, precision, at=EARLIER_AT)
        cancel(milestone)

    return story


SEASON = said("2027-25", "season")
WEEK = said("[2027-03-15..2027-03-21]", "week")
DAY = said("2026-12-30")
DAYS = said("2026-11-21/2026-11-23", "day")
INSTANT = said("2026-12-30T12:10:00Z", "minute")
MIDNIGHT = said("2026-12-30T20:00:00Z", "minute")


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"


# (name of the file, options, how it came about,
#  its entries: end of the UID, DTSTART, DTEND, SUMMARY, STATUS)
Row = tuple[str, dict[str, object], Story, list[tuple[str, str, str, str, str]]]
ROWS: list[Row] = [
    (
        "end-season",
        {"vague": "end"},
        SEASON,
        [("", "20270531", "20270601", "~ LUPEX launch (spring 2027)", "TENTATIVE")],
    ),
    (
        "end-year",
        {"vague": "end"},
        said("2027"),
        [("", "20271231", "20280101", "~ LUPEX launch (2027)", "TENTATIVE")],
    ),
    (
        "end-months",
        {"vague": "end"},
        said("2027-03/2027-05", "month"),
        [("", "20270531", "20270601", "~ LUPEX launch (from March to May 2027)", "TENTATIVE")],
    ),
    (
        "end-not-before",
        {"vague": "end"},
        said("[2027-03..]", "month"),
        [("", "20270301", "20270302", "~ LUPEX launch (not before March 2027)", "TENTATIVE")],
    ),
    (
        "end-around-day",
        {"vague": "end"},
        said("2027-05-12", "day", "~"),
        [("", "20270512", "20270513", "~ LUPEX launch (around 12 May 2027)", "TENTATIVE")],
    ),
    (
        "end-overdue",
        {"vague": "end"},
        overdue_spring,
        [("", "20260531", "20260601", "~ LUPEX launch (overdue, was spring 2026)", "TENTATIVE")],
    ),
    (
        "both-season",
        {"vague": "both"},
        SEASON,
        [
            ("", "20270301", "20270302", "~ LUPEX launch (spring 2027)", "TENTATIVE"),
            (
                "-close",
                "20270531",
                "20270601",
                "~ LUPEX launch (spring 2027, last day)",
                "TENTATIVE",
            ),
        ],
    ),
    (
        "both-cancelled",
        {"vague": "both"},
        cancelled_season,
        [
            ("", "20270301", "20270302", "Cancelled: LUPEX launch (was spring 2027)", "CANCELLED"),
            (
                "-close",
                "20270531",
                "20270601",
                "Cancelled: LUPEX launch (was spring 2027, last day)",
                "CANCELLED",
            ),
        ],
    ),
    (
        "both-overdue",
        {"vague": "both"},
        overdue_spring,
        [("", "20260531", "20260601", "~ LUPEX launch (overdue, was spring 2026)", "TENTATIVE")],
    ),
    (
        "both-by",
        {"vague": "both"},
        said("[..2027-06-30]", "day"),
        [("", "20270630", "20270701", "LUPEX launch (by 30 June 2027)", "TENTATIVE")],
    ),
    (
        "both-day",
        {"vague": "both"},
        DAY,
        [("", "20261230", "20261231", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "span-week",
        {"vague": "span"},
        WEEK,
        [("", "20270315", "20270322", "~ LUPEX launch (the week of 15 March 2027)", "TENTATIVE")],
    ),
    (
        "span-month",
        {"vague": "span"},
        said("2027-05"),
        [("", "20270501", "20270601", "~ LUPEX launch (May 2027)", "TENTATIVE")],
    ),
    (
        "span-too-long",
        {"vague": "span"},
        said("[2027-05-01..2027-06-01]", "range"),
        [
            (
                "",
                "20270501",
                "20270502",
                "~ LUPEX launch (between 1 May and 1 June 2027)",
                "TENTATIVE",
            )
        ],
    ),
    (
        "span-long",
        {"vague": "span", "long": "1"},
        SEASON,
        [("", "20270301", "20270601", "~ LUPEX launch (spring 2027)", "TENTATIVE")],
    ),
    (
        "span-cancelled",
        {"vague": "span"},
        cancelled("2027-05"),
        [("", "20270501", "20270601", "Cancelled: LUPEX launch (was May 2027)", "CANCELLED")],
    ),
    (
        "span-overdue",
        {"vague": "span", "long": "1"},
        overdue_spring,
        [("", "20260531", "20260601", "~ LUPEX launch (overdue, was spring 2026)", "TENTATIVE")],
    ),
    (
        "none-day",
        {"vague": "none"},
        DAY,
        [("", "20261230", "20261231", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "days-each",
        {"days": "each"},
        DAYS,
        [
            ("", "20261121", "20261122", "LUPEX launch", "CONFIRMED"),
            ("-day2", "20261122", "20261123", "LUPEX launch", "CONFIRMED"),
            ("-day3", "20261123", "20261124", "LUPEX launch", "CONFIRMED"),
        ],
    ),
    (
        "days-each-cancelled",
        {"days": "each"},
        cancelled("2026-12-21/2026-12-22", "day"),
        [
            ("", "20261221", "20261222", "Cancelled: LUPEX launch", "CANCELLED"),
            ("-day2", "20261222", "20261223", "Cancelled: LUPEX launch", "CANCELLED"),
        ],
    ),
    (
        "days-each-of-very-many",
        {"days": "each"},
        said("2027-05-01/2027-06-01", "day"),
        [("", "20270501", "20270602", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "allday",
        {"allday": "1"},
        MIDNIGHT,  # which is in the morning of the 31st in Tokyo
        [("", "20261231", "20270101", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "allday-window",
        {"allday": "1"},
        window_of_a_launch,
        [("", "20261230", "20261231", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "busy",
        {"busy": "1"},
        INSTANT,
        [("", "20261230T121000Z", "20261230T124000Z", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "alarms",
        {"alarms": ("1d", "1h")},
        INSTANT,
        [("", "20261230T121000Z", "20261230T124000Z", "LUPEX launch", "CONFIRMED")],
    ),
    (
        "alarms-days",
        {"alarms": ("2w", "30m"), "days": "each"},
        said("2026-12-21/2026-12-22", "day"),
        [
            ("", "20261221", "20261222", "LUPEX launch", "CONFIRMED"),
            ("-day2", "20261222", "20261223", "LUPEX launch", "CONFIRMED"),
        ],
    ),
    (
        "prefix",
        {"prefix": "0"},
        SEASON,
        [("", "20270301", "20270302", "LUPEX launch (spring 2027)", "TENTATIVE")],
    ),
    (
        "digest",
        {"year": "digest"},
        said("2027"),
        [],
    ),
]
by_name = pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])


def written(story: Story, **options: object) -> bytes:
    story(a_milestone())
    return shown(**options)


def shown(**options: object) -> bytes:
    feed = Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        options=Options(**options),  # type: ignore[arg-type]
    )
    return calendar.write(feed, month=NOVEMBER).body


def looked_up(entry: Component) -> tuple[str, str, str, str, str]:
    suffix = entry["UID"].removesuffix("@milepost.example").removeprefix(UID)
    return (suffix, entry["DTSTART"], entry["DTEND"], entry["SUMMARY"], entry["STATUS"])


@by_name
def test_each_option_has_its_entries_in_their_places(row):
    name, options, story, wanted = row
    if name == "digest":
        wanted = [
            (
                "digest-2027-all",
                "20270101",
                "20270102",
                "~ Some time in 2027: 1 milestone",
                "TENTATIVE",
            )
        ]

    assert [looked_up(one) for one in entries(written(story, **options))] == wanted


@by_name
def test_each_option_is_written_as_expected_to_the_byte(row):
    name, options, story, _ = row

    expected.compare(f"option-{name}", written(story, **options))


def test_every_expected_file_belongs_to_a_row():
    assert expected.names("option-") == {f"option-{row[0]}" for row in ROWS}


# ---- what the day of an entry means --------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "story", "sentences"),
    [
        (
            {"vague": "end"},
            SEASON,
            ["Not firm: any of these days is possible; this entry marks the last."],
        ),
        (
            {"vague": "both"},
            SEASON,
            [
                "Not firm: any of these days is possible; this entry marks the first.",
                "Not firm: any of these days is possible; this entry marks the last.",
            ],
        ),
        (
            {"vague": "span"},
            WEEK,
            ["Not firm: any of these days is possible; this entry shows them all."],
        ),
        (
            {"vague": "span"},
            SEASON,
            ["Not firm: any of these days is possible; this entry marks the first."],
        ),
        (
            {"vague": "span", "long": "1"},
            said("2027-03/2027-05", "month"),
            ["Not firm: only this much is known; this entry shows all of it."],
        ),
        (
            {"vague": "end"},
            said("2027-03/2027-05", "month"),
            ["Not firm: only this much is known; this entry marks the last day."],
        ),
    ],
)
def test_the_description_says_which_of_the_days_the_entry_marks(options, story, sentences):
    found = entries(written(story, **options))

    assert [one["DESCRIPTION"].split("\n")[1] for one in found] == sentences


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "A name with ~ before it has no day yet: the entry marks the first day that is"),
        ({"vague": "end"}, "A name with ~ before it has no day yet: the entry marks the last day"),
        ({"vague": "both"}, "one entry marks the first day that is possible and one the last."),
        ({"vague": "span"}, "the entry shows the days that are possible"),
        ({"vague": "none"}, "A name with ~ before it has no day yet and is left out."),
        ({"prefix": "0"}, "A name with words behind it in brackets has no day yet: the entry"),
    ],
)
def test_the_calendar_says_how_it_is_to_be_read_without_an_escape(options, sentence):
    lines = shown(**options).replace(b"\r\n ", b"").decode().split("\r\n")
    (told,) = [line for line in lines if line.startswith("X-WR-CALDESC:")]

    assert sentence in told
    assert not set(told.removeprefix("X-WR-CALDESC:")) & set(",;\\")


# ---- busy and alarms -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "story", "busy"),
    [
        ({"busy": "1"}, INSTANT, True),
        ({}, INSTANT, False),
        ({"busy": "1", "allday": "1"}, INSTANT, False),
        ({"busy": "1"}, DAY, False),
        ({"busy": "1"}, DAYS, False),
        ({"busy": "1"}, SEASON, False),
        ({"busy": "1"}, cancelled("2026-12-30T12:10:00Z", "minute"), False),
    ],
)
def test_only_what_has_a_time_and_is_on_makes_busy_and_only_on_request(options, story, busy):
    (only,) = entries(written(story, **options))

    assert (only["TRANSP"], only["X-MICROSOFT-CDO-BUSYSTATUS"]) == (
        ("OPAQUE", "BUSY") if busy else ("TRANSPARENT", "FREE")
    )


def alarms(entry: Component) -> list[list[tuple[str, str]]]:
    assert {part.name for part in entry.parts} <= {"VALARM"}
    return [part.lines for part in entry.parts]


@pytest.mark.parametrize("story", [INSTANT, DAY, said("2026-12-21/2026-12-22", "day")])
def test_an_alarm_is_displayed_so_long_before_the_start(story):
    (only,) = entries(written(story, alarms=("1w", "1d", "1h")))

    assert alarms(only) == [
        [("ACTION", "DISPLAY"), ("DESCRIPTION", "LUPEX launch"), ("TRIGGER", before)]
        for before in ("-P7D", "-P1D", "-PT1H")
    ]


@pytest.mark.parametrize(
    "story",
    [
        SEASON,
        said("2026-12-30", certainty="tbc"),
        said("2026-12-30", certainty="tbd"),
        said("2027-05-12", "day", "~"),
        said("[..2027-06-30]", "day"),
        said("[2027-03-03..]", "day"),
        said("2026-12-30T12:10:00Z", "minute", "?"),
        cancelled("2026-12-30"),
        overdue_time,
        overdue_deadline,
        partial(happen, edtf="2026-11-20"),
    ],
)
def test_nobody_is_woken_for_what_is_not_firm_or_is_over(story):
    (only,) = entries(written(story, alarms=("1d",)))

    assert alarms(only) == []


def test_no_digest_and_no_note_rings_or_makes_busy():
    (note,) = entries(shown(alarms=("1d",), busy="1"))
    (digest,) = entries(written(said("2027"), alarms=("1d",), busy="1", year="digest"))

    for one in (note, digest):
        assert alarms(one) == []
        assert one["TRANSP"] == "TRANSPARENT"
