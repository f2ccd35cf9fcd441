"""Each row of the table of calendar properties, and what a calendar holds, when."""

import logging
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from icalendar import Calendar

from tests.calendars.feeds import everything, of_group
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, happen, overdue, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from tests.factories import MilestoneFactory, OrganisationFactory, ProgrammeFactory, TagFactory
from timeline import publishing
from timeline.ical import calendar
from timeline.ical.calendar import FeedBrokenError
from timeline.ical.selection import month_of
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

LAST_YEAR = datetime(2025, 9, 11, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"


def whole(month: date = NOVEMBER) -> bytes:
    return calendar.write(everything(), month=month).body


def titles(month: date = NOVEMBER) -> list[str]:
    return [entry["SUMMARY"] for entry in entries(whole(month))]


def another(title: str, **fields: object) -> Milestone:
    return a_milestone(title, uid=uuid4(), slug=title.lower().replace(" ", "-"), **fields)


# ---- properties --------------------------------------------------------------------------------


def test_the_calendar_says_of_itself_what_the_table_says():
    programme = ProgrammeFactory(slug="lupex", title="LUPEX; Chandrayaan-5, the \\ rover")
    say(a_milestone(programme=programme), "2027")

    feed = of_group(programme)

    assert read(calendar.write(feed, month=NOVEMBER).body).lines == [
        ("VERSION", "2.0"),
        ("PRODID", "-//Milepost//Feed 1//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", "LUPEX Chandrayaan-5 the rover – Milepost"),
        ("X-WR-CALNAME", "LUPEX Chandrayaan-5 the rover – Milepost"),
        ("DESCRIPTION", calendar.DESCRIPTION),
        ("X-WR-CALDESC", calendar.DESCRIPTION),
        ("URL", "https://milepost.example/programmes/lupex/"),
        ("SOURCE;VALUE=URI", "https://milepost.example/calendar/programme/lupex.ics"),
        ("LAST-MODIFIED", "20261120T120000Z"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT4H"),
        ("X-PUBLISHED-TTL", "PT4H"),
        ("COLOR", "steelblue"),
        ("X-APPLE-CALENDAR-COLOR", "#4682B4"),
    ]


def test_the_description_needs_no_escaping():
    assert not set(calendar.DESCRIPTION) & set(",;\\\n")


def test_a_line_break_in_a_name_begins_no_line():
    tag = TagFactory(slug="moon", name="Moon\r\nMETHOD:CANCEL\nX:y\u2028Z:z")
    milestone = a_milestone()
    milestone.tags.add(tag)
    say(milestone, "2027")

    body = calendar.write(of_group(tag), month=NOVEMBER).body

    assert read(body)["X-WR-CALNAME"] == "Moon METHOD:CANCEL X:y Z:z – Milepost"


def test_the_library_reads_back_what_it_wrote():
    say(a_milestone("Launch, at last; or \\ never"), "2027")

    (read_back,) = Calendar.from_ical(whole()).walk("VEVENT")

    assert read_back["SUMMARY"] == "~ Launch, at last; or \\ never (2027)"
    assert read_back.decoded("DTSTART") == date(2027, 1, 1)
    assert read_back.decoded("DTEND") == date(2027, 1, 2)


# ---- the same bytes ----------------------------------------------------------------------------


def test_the_same_state_gives_the_same_bytes_from_any_day_of_the_month():
    say(a_milestone(), "2027")
    first, last = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, 23, 59, tzinfo=UTC)

    assert whole(month_of(first)) == whole(month_of(last))


def test_months_begin_in_utc():
    in_tokyo = datetime(2026, 12, 1, 8, 59, tzinfo=timezone(timedelta(hours=9)))

    assert month_of(in_tokyo) == NOVEMBER


def test_last_modified_is_the_newest_revision_even_of_what_lost_its_date():
    say(another("First"), "2027", at=NOON)
    say(another("Second"), None, at=NOON + timedelta(days=2))

    written = calendar.write(everything(), month=NOVEMBER)

    assert written.last_modified == NOON + timedelta(days=2)
    assert read(written.body)["LAST-MODIFIED"] == "20261122T120000Z"


def test_last_modified_is_the_beginning_of_a_month_without_news():
    say(a_milestone(), "2027", at=NOON)

    written = calendar.write(everything(), month=date(2027, 1, 1))

    assert written.last_modified == datetime(2027, 1, 1, tzinfo=UTC)


# ---- which milestones --------------------------------------------------------------------------


def test_they_stand_in_the_order_of_what_comes_first():
    for title, edtf in [("Year", "2027"), ("Day", "2027-01-02"), ("Month", "2027-03")]:
        say(another(title), edtf)

    assert titles() == ["Day", "~ Month (March 2027)", "~ Year (2027)"]


def test_each_group_has_a_calendar_of_its_own():
    jaxa, moon = OrganisationFactory(slug="jaxa", name="JAXA"), TagFactory(slug="moon", name="moon")
    lupex, other = ProgrammeFactory(slug="lupex", title="LUPEX"), ProgrammeFactory()
    lupex.organisations.add(jaxa)
    launch = another("Launch", programme=lupex)
    landing = another("Landing", programme=lupex)
    summit = another("Summit", programme=other)
    for milestone in (launch, landing, summit):
        say(milestone, "2026-12-30")
    summit.tags.add(moon)
    landing.tags.add(moon)

    feeds = [
        everything(),
        of_group(lupex),
        of_group(jaxa),
        of_group(moon),
    ]
    held = [
        [entry["SUMMARY"] for entry in entries(calendar.write(feed, month=NOVEMBER).body)]
        for feed in feeds
    ]

    assert held == [
        ["Launch", "Landing", "Summit"],
        ["Launch", "Landing"],
        ["Launch", "Landing"],
        ["Landing", "Summit"],
    ]
    assert [read(calendar.write(feed, month=NOVEMBER).body)["NAME"] for feed in feeds] == [
        "Milepost",
        "LUPEX – Milepost",
        "JAXA – Milepost",
        "moon – Milepost",
    ]


def test_a_milestone_in_two_calendars_is_the_same_entry():
    lupex = ProgrammeFactory(slug="lupex")
    say(a_milestone(programme=lupex), "2027")

    one, other = (
        entries(calendar.write(feed, month=NOVEMBER).body)
        for feed in (everything(), of_group(lupex))
    )

    assert one == other


def test_a_draft_is_not_there():
    MilestoneFactory(title="Secret")

    assert titles() == ["Nothing to show now: Milepost"]


def test_what_happened_stays_for_a_year_and_goes_with_the_first_of_a_month():
    happen(a_milestone("Launch"), "2026-11-15")

    assert titles(date(2027, 11, 1)) == ["Launch"]
    assert titles(date(2027, 12, 1)) == ["Nothing to show now: Milepost"]


def test_a_window_that_is_still_open_stays_however_long_ago_it_began():
    say(another("Decade"), "202X", "decade", at=LAST_YEAR)
    say(another("Not before"), "[2019..]", "year", at=LAST_YEAR)

    assert titles(date(2029, 12, 1)) == [
        "~ Not before (not before 2019)",
        "~ Decade (the 2020s)",
    ]


def test_what_is_overdue_stays_for_a_year_after_its_last_day():
    say(a_milestone("Launch"), "2026-05", at=LAST_YEAR)
    overdue(at=NOON)

    assert titles(date(2027, 5, 1)) == ["~ Launch (overdue, was May 2026)"]
    assert titles(date(2027, 6, 1)) == ["Nothing to show now: Milepost"]


def test_a_cancelled_one_stays_until_its_date_has_passed():
    milestone = a_milestone("Summit")
    say(milestone, "2027-10-10", at=LAST_YEAR)
    cancel(milestone, at=NOON)

    assert titles(date(2027, 10, 1)) == ["Cancelled: Summit"]
    assert titles(date(2027, 11, 1)) == ["Nothing to show now: Milepost"]


def test_a_cancelled_one_stays_for_ninety_days_although_its_date_has_passed():
    milestone = a_milestone("Summit")
    say(milestone, "2026-11-21", at=LAST_YEAR)
    cancel(milestone, at=NOON)
    the_ninetieth_day = (NOON + timedelta(days=90)).date()

    assert the_ninetieth_day == date(2027, 2, 18)
    assert titles(date(2027, 2, 1)) == ["Cancelled: Summit"]
    assert titles(date(2027, 3, 1)) == ["Nothing to show now: Milepost"]


def test_editing_the_text_of_a_cancelled_one_does_not_bring_it_back():
    milestone = a_milestone("Summit")
    say(milestone, "2026-11-21", at=LAST_YEAR)
    cancel(milestone, at=NOON)
    publishing.edit(milestone, {"summary": "Was to be in Kyoto."}, at=NOON + timedelta(days=200))

    assert titles(date(2027, 6, 1)) == ["Nothing to show now: Milepost"]


def test_a_cancelled_not_before_goes_when_the_named_unit_has_passed():
    milestone = a_milestone("Launch")
    say(milestone, "[2026-12..]", "month", at=LAST_YEAR)
    cancel(milestone, at=LAST_YEAR + timedelta(days=1))

    assert titles(date(2026, 12, 1)) == ["Cancelled: Launch (was not before December 2026)"]
    assert titles(date(2027, 1, 1)) == ["Nothing to show now: Milepost"]


def test_what_was_cancelled_without_ever_having_a_date_is_not_there():
    milestone = a_milestone("Launch")
    say(milestone, None)
    cancel(milestone, at=NOON + timedelta(hours=1))

    assert titles() == ["Nothing to show now: Milepost"]


def test_what_lost_its_date_leaves_the_calendar():
    milestone = a_milestone("Launch")
    say(milestone, "2027", at=LAST_YEAR)
    say(milestone, None)

    assert titles() == ["Nothing to show now: Milepost"]


# ---- without entries, and with bad rows ----------------------------------------------------------


APPEAR = "Entries appear by themselves as soon as something falls into this calendar."


def test_a_calendar_without_dates_says_so_in_one_entry_that_is_no_milestone():
    programme = ProgrammeFactory(slug="lupex", title="LUPEX")
    say(a_milestone(programme=programme), None)

    (only,) = entries(calendar.write(of_group(programme), month=NOVEMBER).body)

    page = "https://milepost.example/programmes/lupex/"
    assert only.lines == [
        ("UID", "nothing-dated-calendar-programme-lupex.ics@milepost.example"),
        ("DTSTAMP", "20261120T120000Z"),
        ("LAST-MODIFIED", "20261120T120000Z"),
        ("SEQUENCE", str(date(2026, 11, 20).toordinal())),
        ("DTSTART;VALUE=DATE", "20261120"),
        ("DTEND;VALUE=DATE", "20261121"),
        ("SUMMARY", "Nothing to show now: LUPEX – Milepost"),
        ("DESCRIPTION", f"{APPEAR}\n\n{page}"),
        ("URL", page),
        ("STATUS", "TENTATIVE"),
        ("TRANSP", "TRANSPARENT"),
        ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
    ]


def test_a_calendar_of_nothing_at_all_stands_at_the_beginning_of_the_month():
    (only,) = entries(whole())

    assert ("DTSTART;VALUE=DATE", "20261101") in only.lines


END_OF_TIME = "9999-12-31"  # has no day after it, so no DTEND


def test_one_bad_row_is_left_out_and_logged_and_the_others_stay(caplog):
    say(another("Good"), "2026-12-30")
    bad = another("Bad")
    say(bad, END_OF_TIME)

    with caplog.at_level(logging.ERROR, logger="timeline.ical.calendar"):
        assert titles() == ["Good"]

    assert [record.getMessage() for record in caplog.records] == [
        f"Milestone {bad.pk} is left out of a calendar"
    ]


def test_when_every_row_is_bad_there_is_no_calendar_rather_than_an_empty_one():
    say(a_milestone(), END_OF_TIME)

    with pytest.raises(FeedBrokenError):
        whole()
