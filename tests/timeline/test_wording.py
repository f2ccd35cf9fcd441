"""Dates in English: the coarsest honest phrase, the window beside it, never an ISO string."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, JAPAN
from timeline.dates import NO_DATE, VagueDate, make
from timeline.wording import date_words, window_words, zone_words

ISO = re.compile(r"\d{4}-\d|\d{2}T\d{2}|\[|\]|\.\.|X")
MANILA = "Asia/Manila"
SYDNEY = "Australia/Sydney"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (make("2027"), "2027"),
        (make("2025-07"), "July 2025"),
        (make("2025-07-30"), "30 July 2025"),
        (make("2027-25"), "spring 2027"),
        (make("2027-26"), "summer 2027"),
        (make("2027-27"), "autumn 2027"),
        (make("2026-28"), "winter 2026–27"),
        (make("2099-28"), "winter 2099–00"),
        (make("2027-29"), "southern spring 2027"),
        (make("2026-30"), "southern summer 2026–27"),
        (make("2027-31"), "southern autumn 2027"),
        (make("2027-32"), "southern winter 2027"),
        (make("2027-33"), "Q1 2027"),
        (make("2027-35"), "Q3 2027"),
        (make("2027-37"), "early 2027"),
        (make("2027-38"), "mid-2027"),
        (make("2027-39"), "late 2027"),
        (make("2027-40"), "the first half of 2027"),
        (make("2027-41"), "the second half of 2027"),
        (make("202X"), "the 2020s"),
        (make("20XX"), "the 21st century"),
        (make("05XX"), "the 6th century"),
        (make("10XX"), "the 11th century"),
        (make("[2025-07-01..2025-07-10]", "month_part"), "early July 2025"),
        (make("[2025-07-11..2025-07-20]", "month_part"), "mid-July 2025"),
        (make("[2025-07-21..2025-07-31]", "month_part"), "late July 2025"),
        (make("[2025-07-01..2025-07-15]", "month_part"), "the first half of July 2025"),
        (make("[2025-07-16..2025-07-31]", "month_part"), "the second half of July 2025"),
        (make("[2025-07-05..2025-07-09]", "month_part"), "between 5 and 9 July 2025"),
        (make("[2026-05-04..2026-05-10]", "week"), "the week of 4 May 2026"),
        (make("[2025-12-01..2025-12-07]", "week"), "the first week of December 2025"),
        (make("[2025-12-25..2025-12-31]", "week"), "the last week of December 2025"),
        (make("[2025-12-03..2025-12-09]", "week"), "between 3 and 9 December 2025"),
        (make("[2027,2028]"), "2027 or 2028"),
        (make("[2027..2029]"), "between 2027 and 2029"),
        (make("[2027-07..2027-09]"), "July – September 2027"),
        (make("[2027-09..2028-04]"), "September 2027 – April 2028"),
        (make("[2025-08-29..2025-12-31]"), "between 29 August and 31 December 2025"),
        (make("[2025-12-29..2026-01-03]"), "between 29 December 2025 and 3 January 2026"),
        (make("[2025-12-14..2025-12-17]"), "between 14 and 17 December 2025"),
        (make("[2027..2028-03]"), "between 2027 and March 2028"),
        (make("[2027-07..2027-07]"), "July 2027"),
        (make("2017-11-14/2017-11-17"), "14–17 November 2017"),
        (make("2026-02-28/2026-03-03"), "28 February – 3 March 2026"),
        (make("2026-12-30/2027-01-02"), "30 December 2026 – 2 January 2027"),
        (make("2026-07/2026-09"), "from July to September 2026"),
        (make("2026-07/2026-07"), "July 2026"),
        (make("2026-11/2027-02"), "from November 2026 to February 2027"),
        (make("2026-07-15/2026-09"), "from 15 July to September 2026"),
        (NO_DATE, "no date"),
    ],
)
def test_a_date_is_said_as_vaguely_as_it_is_known(value, words):
    assert date_words(value, home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (make("[2026-03..]"), "not before March 2026"),
        (make("[2027..]"), "not before 2027"),
        (make("[2026-03-15..]"), "not before 15 March 2026"),
        (make("[2027-07..]", "quarter"), "not before the third quarter of 2027"),
        (make("[2027-03..]", "season"), "not before spring 2027"),
        (make("[2026-12..]", "season"), "not before winter 2026–27"),
        (make("[2027-09..]", "year_part"), "not before late 2027"),
        (make("[2027-07..]", "half"), "not before the second half of 2027"),
        (make("[2026-05-04..]", "week"), "not before the week of 4 May 2026"),
        (make("[2024-05..]", "month_part"), "not before late May 2024"),
        (make("[2024-05-11..]", "month_part"), "not before mid-May 2024"),
        (make("[2030..]", "decade"), "not before the 2030s"),
        (make("[2027-08..]", "quarter"), "not before August 2027"),
        (make("[2027-08-03..]", "range"), "not before 3 August 2027"),
        (make("[..2028]"), "by the end of 2028"),
        (make("[..2026-03]"), "by March 2026"),
        (make("[..2027-06-30]"), "by 30 June 2027"),
        (make("[..2027-09]", "quarter"), "by the end of the third quarter of 2027"),
        (make("[..2027-06]", "half"), "by the end of the first half of 2027"),
        (make("[..2027-05]", "season"), "by the end of spring 2027"),
        (make("[..2027-02]", "season"), "by the end of winter 2026–27"),
        (make("[..2027-04]", "year_part"), "by early 2027"),
        (make("[..2026-05-10]", "week"), "by the week of 4 May 2026"),
        (make("[..2026-05-31]", "month_part"), "by late May 2026"),
        (make("[..2026-05-10]", "month_part"), "by early May 2026"),
        (make("[..2026-05-12]", "month_part"), "by 12 May 2026"),
        (make("[..2029]", "decade"), "by the end of the 2020s"),
        (make("[..2099]", "century"), "by the end of the 21st century"),
        (make("[..2028]", "decade"), "by 2028"),
        (make("[..0001-01]", "quarter"), "by January 1"),
    ],
)
def test_a_bound_is_said_of_the_unit_that_was_named(value, words):
    assert date_words(value, home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("edtf", "qualifier", "words"),
    [
        ("2024", "~", "around 2024"),
        ("2027-07", "?", "possibly July 2027"),
        ("2024", "%", "possibly around 2024"),
        ("[2029..]", "?", "possibly not before 2029"),
        ("[2029..]", "~", "not before around 2029"),
        ("[2029..]", "%", "possibly not before around 2029"),
        ("[..2028]", "?", "possibly by the end of 2028"),
        ("[..2028]", "~", "by around the end of 2028"),
        ("[2027..2029]", "~", "roughly between 2027 and 2029"),
        ("[2027..2029]", "%", "possibly roughly between 2027 and 2029"),
        ("[2027-07..2027-09]", "~", "around July – September 2027"),
        ("2024-01-20T00:20:00+09:00", "~", "around 19 Jan 2024, 20:50 IST"),
    ],
)
def test_doubt_is_said(edtf, qualifier, words):
    assert date_words(make(edtf, qualifier=qualifier), home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("home", "fiscal", "words"),
    [
        (JAPAN, "", "JFY2026 (Apr 2026 – Mar 2027)"),
        (INDIA, "", "Indian FY 2026–27 (Apr 2026 – Mar 2027)"),
        (MANILA, "", "fiscal year Apr 2026 – Mar 2027"),
        (INDIA, "jp", "JFY2026 (Apr 2026 – Mar 2027)"),
        (JAPAN, "in", "Indian FY 2026–27 (Apr 2026 – Mar 2027)"),
    ],
)
def test_a_year_from_april_is_that_of_the_country(home, fiscal, words):
    value = make("[2026-04..2027-03]", "fiscal_year")

    assert date_words(value, home_zone=home, fiscal=fiscal) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("[2026-10..2027-09]", "US FY2027 (Oct 2026 – Sep 2027)"),
        ("[2026-07..2027-06]", "July 2026 – June 2027"),
        ("[2026-04..]", "not before JFY2026 (Apr 2026 – Mar 2027)"),
        ("[..2027-03]", "by the end of JFY2026 (Apr 2026 – Mar 2027)"),
    ],
)
def test_a_fiscal_year_shows_its_months(edtf, words):
    assert date_words(make(edtf, "fiscal_year"), home_zone=JAPAN) == words


def test_a_season_that_the_string_leaves_open_is_that_of_the_hemisphere():
    value = make("[2027-03..]", "season")

    assert date_words(value, home_zone=SYDNEY) == "not before southern autumn 2027"
    assert date_words(value, home_zone=SYDNEY, hemisphere="N") == "not before spring 2027"
    assert date_words(value, home_zone=JAPAN, hemisphere="S") == "not before southern autumn 2027"


def test_a_season_whose_hemisphere_is_stored_does_not_move_with_the_home():
    assert date_words(make("2027-25"), home_zone=SYDNEY) == "spring 2027"


# ---- times and zones ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "precision", "home", "words"),
    [
        ("2025-07-30T12:10:00Z", "minute", INDIA, "30 Jul 2025, 17:40 IST"),
        ("2025-07-30T17:40:00+05:30", "minute", "UTC", "30 Jul 2025, 12:10 UTC"),
        ("2025-07-30T12:10:00Z", "minute", "Pacific/Auckland", "31 Jul 2025, 00:10 NZST"),
        ("2023-09-06T23:42:11Z", "second", JAPAN, "7 Sep 2023, 08:42:11 JST"),
        ("2023-09-06T23:42:11Z", "second", INDIA, "7 Sep 2023, 05:12:11 IST"),
        ("2008-10-22T06:22:00+05:30", "minute", "America/New_York", "21 Oct 2008, 20:52 EDT"),
        ("2025-07-30T12:00:00+05:30", "hour", INDIA, "30 Jul 2025, 12 pm IST"),
        ("2025-07-31T00:00:00+05:30", "hour", INDIA, "31 Jul 2025, 12 am IST"),
        ("2025-07-30T17:00:00+05:30", "hour", INDIA, "30 Jul 2025, 5 pm IST"),
        ("2025-07-30T12:00:00Z", "hour", INDIA, "30 Jul 2025, 17:30 IST"),
        ("2025-07-30T12:00:00Z", "minute", "Asia/Singapore", "30 Jul 2025, 20:00 UTC+8"),
        ("2025-07-30T12:00:00Z", "minute", "Asia/Kathmandu", "30 Jul 2025, 17:45 UTC+5:45"),
        ("2025-07-30T12:00:00Z", "minute", "America/Sao_Paulo", "30 Jul 2025, 09:00 UTC-3"),
    ],
)
def test_an_exact_time_is_shown_on_the_clock_at_home(edtf, precision, home, words):
    assert date_words(make(edtf, precision), home_zone=home) == words


@pytest.mark.parametrize(
    ("zone", "month", "words"),
    [
        (INDIA, 7, "IST"),
        ("Asia/Jerusalem", 1, "UTC+2"),
        ("Europe/Dublin", 7, "UTC+1"),
        ("Asia/Shanghai", 7, "UTC+8"),
        ("America/Chicago", 7, "CDT"),
        (MANILA, 7, "UTC+8"),
        ("America/Los_Angeles", 1, "PST"),
        ("Europe/London", 7, "BST"),
        (JAPAN, 7, "JST"),
    ],
)
def test_an_abbreviation_stands_for_the_zone_that_readers_expect(zone, month, words):
    """IST is Indian only where the zone says so: Israel and Ireland have one too."""
    assert zone_words(zone, on=date(2025, month, 30)) == words


def test_a_day_said_in_another_zone_names_it_where_it_is_not_a_day_at_home():
    utc_day = make("2023-09-06", zone="UTC")

    assert date_words(utc_day, home_zone=JAPAN) == "6 September 2023 UTC"
    assert window_words(utc_day, home_zone=JAPAN) == "6–7 Sep 2023"
    assert date_words(utc_day, home_zone="UTC") == "6 September 2023"
    assert date_words(utc_day, home_zone="Atlantic/Reykjavik") == "6 September 2023"
    assert date_words(make("[..2023-09-06]", zone="America/New_York"), home_zone=INDIA) == (
        "by 6 September 2023 EDT"
    )


# ---- windows -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2027-25", "1 Mar – 31 May 2027"),
        ("2026-28", "1 Dec 2026 – 28 Feb 2027"),
        ("2027", "1 Jan – 31 Dec 2027"),
        ("2025-07", "1–31 Jul 2025"),
        ("2025-07-30", "30 Jul 2025"),
        ("2025-07-30T18:40:00Z", "31 Jul 2025"),
        ("[2026-03..]", "from 1 Mar 2026"),
        ("[..2028]", "until 31 Dec 2028"),
        (None, "no date"),
    ],
)
def test_a_window_shows_its_first_and_last_day(edtf, words):
    assert window_words(make(edtf), home_zone=INDIA) == words


@given(value=dates, home=st.sampled_from([INDIA, JAPAN, SYDNEY, "America/New_York"]))
def test_no_date_is_ever_shown_as_a_code(value: VagueDate, home):
    for words in (date_words(value, home_zone=home), window_words(value, home_zone=home)):
        assert words == words.strip() != ""
        assert ISO.search(words) is None


@given(value=dates.filter(lambda value: value.precision.value in {"year", "month", "decade"}))
def test_a_vague_date_never_names_a_day(value):
    assert re.search(r"\b\d{1,2} [A-Z]", date_words(value, home_zone=INDIA)) is None
