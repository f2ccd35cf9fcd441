"""Each row of the table of event properties in docs/feeds.md."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.calendars.feeds import everything
from tests.calendars.rows import (
    NOVEMBER,
    a_milestone,
    cancel,
    happen,
    say,
)
from tests.calendars.strict import Component, entries
from tests.clock import NOON
from tests.factories import ProgrammeFactory, SourceFactory, TagFactory
from timeline import publishing
from timeline.ical import calendar
from timeline.ical.entry import location
from timeline.ical.marker import places
from timeline.models import Revision, Source

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example:8443"


def body() -> bytes:
    return calendar.write(everything(), month=NOVEMBER).body


def the_entry() -> Component:
    (only,) = entries(body())
    return only


def test_properties_stand_in_the_order_of_the_table_each_once():
    milestone = a_milestone(place="Tanegashima")
    say(milestone, "2027-06")

    assert the_entry().names == [
        "UID",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART;VALUE=DATE",
        "DTEND;VALUE=DATE",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "STATUS",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "CATEGORIES",
        "LOCATION",
    ]


def test_the_uid_is_the_milestone_at_our_host_and_survives_every_other_name():
    milestone = a_milestone()
    say(milestone, "2027-06")

    publishing.edit(milestone, {"title": "LUPEX goes", "slug": "lupex-goes"}, at=LATER)

    assert the_entry()["UID"] == "milestone-3f0c5e0a-0000-4000-8000-000000000001@milepost.example"


def test_dtstamp_is_last_modified_is_when_the_revision_was_recorded():
    say(a_milestone(), "2027-06", at=NOON + timedelta(microseconds=700_000))

    only = the_entry()

    assert only["DTSTAMP"] == only["LAST-MODIFIED"] == "20261120T120000Z"
    assert only["CREATED"] == "20250801T093000Z"


def test_an_entry_is_never_changed_before_it_was_created():
    say(a_milestone(created_at=LATER), "2027-06", at=NOON)

    assert the_entry()["CREATED"] == "20261120T120000Z"


def test_created_never_moves_whatever_comes_after():
    milestone = a_milestone(created_at=NOON + timedelta(seconds=3, microseconds=500))
    say(milestone, "2027-06", at=NOON)
    created = [the_entry()["CREATED"]]
    publishing.edit(milestone, {"summary": "Two rovers."}, at=LATER)
    created.append(the_entry()["CREATED"])
    say(milestone, "2027-07", at=LATER + timedelta(days=1))
    created.append(the_entry()["CREATED"])

    assert created == ["20261120T120000Z"] * 3


def test_sequence_counts_changes_of_the_date_and_not_of_the_text():
    milestone = a_milestone()
    say(milestone, "2027-06")
    first = the_entry()
    publishing.edit(milestone, {"summary": "Two rovers."}, at=LATER)
    edited = the_entry()
    say(milestone, "2027-07", at=LATER + timedelta(days=1))
    slipped = the_entry()

    assert [one["SEQUENCE"] for one in (first, edited, slipped)] == ["0", "0", "1"]
    assert [one["LAST-MODIFIED"] for one in (first, edited, slipped)] == [
        "20261120T120000Z",
        "20261123T120000Z",
        "20261124T120000Z",
    ]


def test_two_edits_in_one_second_still_raise_last_modified():
    milestone = a_milestone()
    say(milestone, "2027-06", at=NOON)
    publishing.edit(milestone, {"summary": "Two rovers."}, at=NOON)

    assert the_entry()["LAST-MODIFIED"] == "20261120T120001Z"


def test_no_entry_makes_anybody_busy():
    say(a_milestone(), "2026-12-30T12:10:00Z", "minute")

    assert the_entry()["TRANSP"] == "TRANSPARENT"
    assert the_entry()["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"


@pytest.mark.parametrize(
    ("certainty", "status"),
    [("", "CONFIRMED"), ("go", "CONFIRMED"), ("tbc", "TENTATIVE"), ("tbd", "TENTATIVE")],
)
def test_a_day_is_confirmed_unless_the_source_leaves_it_to_be_said(certainty, status):
    say(a_milestone(), "2026-12-30", certainty=certainty)

    assert the_entry()["STATUS"] == status


def test_a_launch_window_that_closes_before_it_opens_lasts_half_an_hour():
    milestone = a_milestone()
    say(milestone, "2026-12-30T12:10:00Z", "minute", window_end_at=NOON)

    assert the_entry()["DTEND"] == "20261230T124000Z"


def test_a_fixed_offset_is_written_in_utc():
    say(a_milestone(), "2026-12-30T00:40:00+09:00", "minute")

    assert ("DTSTART", "20261229T154000Z") in the_entry().lines


def test_a_moment_is_in_utc_wherever_it_comes_from():
    tokyo = timezone(timedelta(hours=9))
    starts_at = datetime(2026, 12, 30, 0, 40, tzinfo=tokyo)
    revision = Revision(instant=starts_at, window_end_at=starts_at + timedelta(hours=1))

    assert [str(moment) for one in places(revision) for moment in (one.start, one.end)] == [
        "2026-12-29 15:40:00+00:00",
        "2026-12-29 16:40:00+00:00",
    ]


def test_there_is_no_alarm_no_rule_and_nothing_but_events():
    say(a_milestone(), "2026-12-30T12:10:00Z", "minute")

    assert the_entry().parts == []
    for never in (b"VALARM", b"RRULE", b"METHOD", b"VTODO", b"VTIMEZONE", b"TZID", b"<"):
        assert never not in body()


def test_a_fiscal_year_and_a_season_are_named_as_the_milestone_counts_them():
    milestone = a_milestone(home_zone="UTC", fiscal="jp", hemisphere="S")
    say(milestone, "[2026-04..2027-03]", "fiscal_year")
    fiscal = the_entry()["SUMMARY"]
    say(milestone, "[2027-03..]", "season", at=LATER)

    assert fiscal == "~ LUPEX launch (JFY2026)"
    assert the_entry()["SUMMARY"] == "~ LUPEX launch (not before southern autumn 2027)"


def test_a_long_title_gives_way_to_the_words_of_its_date():
    say(a_milestone("Long " * 24), "2027-25")

    summary = the_entry()["SUMMARY"]

    assert len(summary) <= 120
    assert summary.startswith("~ Long Long")
    assert summary.endswith(" Lon… (spring 2027)")


def test_a_cancelled_long_title_still_says_so():
    milestone = a_milestone("Long " * 24)
    say(milestone, "2026-12-30")
    cancel(milestone, at=LATER)

    assert len(the_entry()["SUMMARY"]) <= 120
    assert the_entry()["SUMMARY"].startswith("Cancelled: Long")


def test_the_description_says_when_how_firm_what_changed_who_said_so_what_it_is_and_where():
    milestone = a_milestone()
    isro = SourceFactory(publisher="ISRO", grade="A")
    say(milestone, "2027-25", at=datetime(2025, 9, 11, tzinfo=UTC))
    say(milestone, "2027-26", source=isro, reason="The lander is late.", on=date(2026, 11, 19))

    assert the_entry()["DESCRIPTION"] == (
        "When: summer 2027, 1 Jun – 31 Aug 2027.\n"
        "Not firm: any of these days is possible; this entry marks the first.\n"
        "Slipped ≈ 3 months: spring 2027 → summer 2027 (published 20 November 2026).\n"
        "Said by ISRO on 19 November 2026.\n"
        "Why: The lander is late.\n"
        "\n"
        "Lands a rover near the south pole of the Moon.\n"
        "\n"
        "https://milepost.example:8443/milestones/lupex-launch/"
    )


def test_the_description_keeps_the_last_move_when_only_the_text_was_edited():
    milestone = a_milestone(summary="")
    say(milestone, "2027-25", at=datetime(2025, 9, 11, tzinfo=UTC))
    say(milestone, "2027-26")
    publishing.edit(milestone, {"title": "LUPEX goes"}, at=LATER)

    assert "Slipped ≈ 3 months: spring 2027 → summer 2027 (published 20 November 2026)." in (
        the_entry()["DESCRIPTION"].split("\n")
    )


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        (("2027-25", "season", ""), "When: spring 2027, 1 Mar – 31 May 2027."),
        (("2026-12-30", "day", ""), "When: 30 December 2026."),
        (("2027-05-12", "day", "~"), "When: around 12 May 2027."),
        (("[..2027]", "year", ""), "When: by the end of 2027, until 31 Dec 2027."),
        (("[2027-03..]", "month", ""), "When: not before March 2027, from 1 Mar 2027."),
        (("2026-12-30T12:10:00Z", "minute", ""), "When: 30 Dec 2026, 21:10 JST."),
    ],
)
def test_the_description_begins_with_the_words_and_the_days_they_mean(stated, line):
    say(a_milestone(), *stated)

    assert the_entry()["DESCRIPTION"].split("\n")[0] == line


def test_a_source_known_to_the_month_is_quoted_by_the_month():
    say(a_milestone(), "2027", on=date(2026, 5, 1), stated_precision=Source.Known.MONTH)

    assert "Said by JAXA in May 2026." in the_entry()["DESCRIPTION"].split("\n")


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (("2026-12-30", "day", ""), "Firm: the day was named."),
        (("2026-12-30T12:10:00Z", "minute", ""), "Firm: the time was named."),
        (("2026-11-21/2026-11-23", "day", ""), "Firm: the days were named."),
        (
            ("2027", "year", "~"),
            "Not firm: any of these days is possible; this entry marks the first.",
        ),
        (
            ("[..2027-06-30]", "day", ""),
            "Not firm: any day until then is possible; this entry marks the last.",
        ),
        (
            ("[2027-03..]", "month", ""),
            "Not firm: any day from then on is possible; this entry marks the first.",
        ),
        (
            ("2027-03/2027-05", "month", ""),
            "Not firm: only this much is known; this entry marks the first day.",
        ),
        (("2027-05-12", "day", "~"), "Not firm: it may be a little earlier or later."),
        (("2027-05-12", "day", "?"), "Not firm: the source is in doubt about it."),
    ],
)
def test_the_description_says_what_the_day_of_the_entry_means(stated, sentence):
    say(a_milestone(), *stated)

    assert the_entry()["DESCRIPTION"].split("\n")[1] == sentence


def test_a_very_long_summary_is_cut():
    say(a_milestone(summary="word " * 100_000), "2027")

    assert len(body()) < 5000
    assert "word…\n\nhttps://" in the_entry()["DESCRIPTION"]


def test_the_url_is_our_page():
    say(a_milestone(url="https://elsewhere.example/"), "2027")

    assert the_entry()["URL"] == "https://milepost.example:8443/milestones/lupex-launch/"


def test_categories_are_programme_and_tags_and_whether_the_date_is_approximate():
    milestone = a_milestone(programme=ProgrammeFactory(title="Moon, Mars; both"))
    milestone.tags.set([TagFactory(name="moon"), TagFactory(name="diplomacy")])
    say(milestone, "2027")

    vague = the_entry()["CATEGORIES"]
    happen(milestone, "2026-11-20", at=LATER)
    exact = the_entry()["CATEGORIES"]

    assert vague == "Moon Mars both,diplomacy,moon,Date approximate"
    assert exact == "Moon Mars both,diplomacy,moon"


def test_a_category_is_neither_doubled_nor_empty():
    milestone = a_milestone(programme=ProgrammeFactory(title="Moon"))
    milestone.tags.set([TagFactory(name="Moon"), TagFactory(name="\x1b")])
    say(milestone, "2026-12-30")

    assert the_entry()["CATEGORIES"] == "Moon"


def test_where_no_category_is_left_there_is_none():
    say(a_milestone(programme=ProgrammeFactory(title=";")), "2026-12-30")

    assert "CATEGORIES" not in the_entry()


@pytest.mark.parametrize("place", ["", "https://maps.example/x", " \x00 "])
def test_what_is_no_place_is_not_written(place):
    assert location(place) == ""


def test_without_a_place_there_is_no_location():
    say(a_milestone(place=""), "2027")

    assert "LOCATION" not in the_entry()


def test_a_place_is_written():
    say(a_milestone(place="Tanegashima, Japan"), "2027")

    assert the_entry()["LOCATION"] == "Tanegashima, Japan"
