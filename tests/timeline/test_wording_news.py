"""Changes in English: amounts, ranges, one line of news, and the countdown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import CANCELLED, INDIA, TBD, said
from timeline.changes import Change, ChangeKind, StatementKind, classify, classify_chain
from timeline.dates import Mode, Precision, Qualifier, VagueDate, make
from timeline.wording import (
    amount_words,
    change_words,
    countdown_words,
    kind_words,
    mode_words,
    precision_words,
    qualifier_words,
    range_words,
)

SAID_ON = date(2025, 9, 11)


# ---- amounts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "less than a week"),
        (3, "less than a week"),
        (4, "≈ 1 week"),
        (-6, "≈ 1 week"),
        (25, "≈ 4 weeks"),
        (26, "≈ 1 month"),
        (46, "≈ 2 months"),
        (350, "≈ 11 months"),
        (351, "≈ 1 year"),
        (380, "≈ 1 year"),
        (381, "≈ 13 months"),
        (399, "≈ 13 months"),
        (400, "≈ 1.1 years"),
        (502, "≈ 1.4 years"),
        (730, "≈ 2 years"),
        (-1096, "≈ 3 years"),
        (1854, "≈ 5.1 years"),
    ],
)
def test_an_amount_is_no_finer_than_the_dates(days, words):
    change = Change(kind=ChangeKind.SLIP if days > 0 else ChangeKind.PULL_IN, days=days)

    assert amount_words(change, said("2026-01"), said("2026-05-05")) == words


def test_an_amount_is_in_days_between_days_and_finer():
    change = Change(kind=ChangeKind.SLIP, days=400)

    assert amount_words(change, said("2026-01-02"), said("2027-02-06T12:00:00Z")) == "400 days"
    assert amount_words(change, said("2026-01"), said("2027-02-06")) == "≈ 1.1 years"


@pytest.mark.parametrize(
    ("minutes", "days", "words"),
    [
        (5, 0, "5 min"),
        (-59, 0, "59 min"),
        (60, 0, "1 h"),
        (95, 1, "1 h 35 min"),
        (1439, 1, "23 h 59 min"),
        (1440, 1, "1 day"),
        (1530, 2, "2 days"),
        (-2880, -2, "2 days"),
    ],
)
def test_an_amount_between_times_is_in_minutes_under_a_day(minutes, days, words):
    change = Change(kind=ChangeKind.SLIP, minutes=minutes, days=days)

    assert amount_words(change, said("2025-07-30"), said("2025-07-30")) == words


def test_only_what_moved_has_an_amount():
    firmed = classify(said("2027"), said("2027-25"))

    assert firmed.days == -78
    assert amount_words(firmed, said("2027"), said("2027-25")) == ""


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (1, 729, "at least 1 day, at most 2 years"),
        (1, 395, "at least 1 day, at most 13 months"),
        (-364, -1, "at least 1 day, at most 1 year"),
        (75, 75, "exactly 75 days"),
        (1, 1, "exactly 1 day"),
        (-365, -365, "exactly 365 days"),
        (0, 0, ""),
        (0, 1, "at most 1 day"),
        (-274, 454, "from 9 months earlier to 1.2 years later"),
        (52, 62, "about 2 months"),
        (None, None, ""),
    ],
)
def test_a_range_tells_all_movements_that_agree_with_both_dates(least, most, words):
    change = Change(kind=ChangeKind.SLIP, at_least=least, at_most=most)

    assert range_words(change, said("2024"), said("2025")) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (said("2024", qualifier="~"), said("[2025..]"), "at least 1 day"),
        (said("2025-01"), said("[2025-06..]"), "at least 4 months"),
        (said("2026"), said("[2025..]"), "at most 2 years"),
        (said("[2024..]"), said("2025"), "at most 2 years"),
        (said("[2026..]"), said("2025"), "at least 1 day"),
        (said("2027-03-01"), said("[2027-03-21..]"), "at least 20 days"),
        (said("[2027-03-01..]"), said("2027-03-21"), "at most 20 days"),
        (said("[2024..]"), said("[2025..]"), ""),
        (said("[..2024]"), said("[..2025]"), "exactly 365 days"),
        (said("2027-27"), said("2027-27"), ""),
        (said("2027-27"), said("2027-39"), ""),
    ],
)
def test_nobody_said_at_most_where_a_date_is_open_ended(before, after, words):
    assert range_words(classify(before, after), before, after) == words


def test_a_bound_on_the_other_side_says_which():
    change = Change(kind=ChangeKind.SLIP, days=30, at_least=-90, at_most=150)

    assert range_words(change, said("2027"), said("[2027-04..]")) == "at most 3 months earlier"
    assert range_words(change, said("[2027-04..]"), said("2027")) == "at most 5 months"


# ---- news --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (said("2024", qualifier="~"), said("2025"), "Slipped ≈ 1 year: around 2024 → 2025"),
        (said("2028"), said("2027"), "Pulled in ≈ 1 year: 2028 → 2027"),
        (said("2025-07-30"), said("2025-07-31"), "Slipped 1 day: 30 July 2025 → 31 July 2025"),
        (
            said("2025-07-30T17:40:00+05:30"),
            said("2025-07-30T17:10:00+05:30"),
            "Pulled in 30 min on the same day: 30 Jul 2025, 17:40 IST → 30 Jul 2025, 17:10 IST",
        ),
        (said("2027"), said("2027-25"), "Firmed up, to the early part: 2027 → spring 2027"),
        (said("2027"), said("2027-38"), "Firmed up, to the middle: 2027 → mid-2027"),
        (said("2027"), said("2027-39"), "Firmed up, to the late part: 2027 → late 2027"),
        (
            said("[2027..]"),
            said("2027"),
            "Firmed up, with a latest date: not before 2027 → 2027",
        ),
        (
            said("2024", qualifier="~"),
            said("2024"),
            "Firmed up, with less doubt: around 2024 → 2024",
        ),
        (
            said("2025-07-30"),
            said("2025-07-30T12:10:00Z"),
            "Firmed up, with a time: 30 July 2025 → 30 Jul 2025, 17:40 IST",
        ),
        (said("2028"), said("[2028,2029]"), "May be later: 2028 → 2028 or 2029"),
        (said("2028"), said("[2027,2028]"), "May be earlier: 2028 → 2027 or 2028"),
        (
            said("2028"),
            said("[2027..2029]"),
            "May be earlier or later: 2028 → between 2027 and 2029",
        ),
        (
            said("[2027,2028]"),
            said("[..2028]"),
            "Less exact, without an earliest date: 2027 or 2028 → by the end of 2028",
        ),
        (said("2024"), said("2024", qualifier="?"), "Less certain: 2024 → possibly 2024"),
        (None, said("2027-25"), "First dated: spring 2027"),
        (TBD, said("2027-25"), "First dated: spring 2027"),
        (None, TBD, "No date yet"),
        (TBD, TBD, "Still no date"),
        (said("2027-25"), TBD, "No date any more: was spring 2027"),
        (said("2027-25"), CANCELLED, "Cancelled: was spring 2027"),
        (TBD, CANCELLED, "Cancelled"),
        (CANCELLED, CANCELLED, "Still cancelled"),
        (CANCELLED, said("2028"), "Reinstated: 2028"),
        (CANCELLED, TBD, "Reinstated, no date yet"),
        (
            said("2025-07-30", kind="occurred"),
            said("2025-08-02"),
            "Has not happened, planned again, 3 days later than last said: 2 August 2025",
        ),
        (said("2027-25"), said("2027-25"), "Unchanged: spring 2027"),
        (said("2027-37"), said("2027-33"), "Unchanged: early 2027 → Q1 2027"),
        (None, said("2025-08-29", kind="occurred"), "Happened: 29 August 2025"),
        (
            said("2025-07-30T12:10:00Z"),
            said("2025-07-30T12:10:00Z", kind="occurred"),
            "Happened as stated: 30 Jul 2025, 17:40 IST",
        ),
        (
            said("2013-02-25T17:56:00+05:30"),
            said("2013-02-25T18:01:00+05:30", kind="occurred"),
            "Happened 5 min late: 25 Feb 2013, 18:01 IST",
        ),
        (
            said("2011-09"),
            said("2011-10-12", kind="occurred"),
            "Happened 12 days after the stated window: 12 October 2011",
        ),
        (
            said("2011-09"),
            said("2018-04-08", kind="occurred"),
            "Happened about 6.5 years after the stated window: 8 April 2018",
        ),
        (
            said("2011-09-25"),
            said("2011-09-24", kind="occurred"),
            "Happened 1 day before the stated day: 24 September 2011",
        ),
    ],
)
def test_a_change_is_one_line_of_news(before, after, line):
    assert change_words(classify(before, after), before, after) == line


@pytest.mark.parametrize(
    ("gap", "edtf", "line"),
    [
        (TBD, "2028", "Dated again, ≈ 1 year later than last said: 2028"),
        (TBD, "2026", "Dated again, ≈ 1 year earlier than last said: 2026"),
        (TBD, "2027", "Dated again, as before: 2027"),
        (TBD, "2027-25", "Dated again: spring 2027"),
        (CANCELLED, "2028", "Reinstated, ≈ 1 year later than last said: 2028"),
        (CANCELLED, "2027", "Reinstated: 2027"),
    ],
)
def test_after_a_gap_the_news_is_that_there_is_a_date(gap, edtf, line):
    after = said(edtf)

    *_, change = classify_chain([said("2027"), gap, after])

    assert change_words(change, gap, after) == line


def test_an_edit_says_what_was_edited():
    spring = said("2027-25")

    edited = Change(kind=ChangeKind.EDITED)
    overdue = Change(kind=ChangeKind.EDITED, sub="overdue")

    assert change_words(edited, spring, spring) == "Edited: spring 2027"
    assert change_words(overdue, spring, spring) == "The window passed without news: spring 2027"


def test_everything_has_a_label():
    assert [kind_words(kind) for kind in ChangeKind] == [
        "first dated",
        "slip",
        "pull-in",
        "firmed",
        "loosened",
        "undated",
        "cancelled",
        "reinstated",
        "happened",
        "unchanged",
        "edited",
    ]
    assert all(precision_words(one) for one in Precision)
    assert all(mode_words(one) for one in Mode)
    assert [qualifier_words(one) for one in Qualifier] == [
        "",
        "approximate",
        "uncertain",
        "approximate and uncertain",
    ]


# ---- countdown ---------------------------------------------------------------------------------


def countdown(value: VagueDate, now: datetime, *, kind: str = "plan") -> str:
    return countdown_words(
        value, kind=StatementKind(kind), home_zone=INDIA, said_on=SAID_ON, now=now
    )


@pytest.mark.parametrize(
    ("edtf", "day", "words"),
    [
        ("2027-06-10", "2026-12-01", "in 191 days"),
        ("2027-06-10", "2027-05-29", "in 12 days"),
        ("2027-06-10", "2027-06-09", "tomorrow"),
        ("2027-06-10", "2027-06-10", "today"),
        ("2027-06-10", "2027-06-11", "was due 1 day ago, awaiting news"),
        ("2027-06-10", "2027-06-12", "was due 2 days ago, no news"),
        ("2027-06-10", "2027-07-05", "was due 25 days ago, no news"),
        ("2027-06-10", "2027-07-06", "was due about 1 month ago, no news"),
        ("2019-06-10", "2027-06-16", "was due about 8 years ago, no news"),
        ("2017-11-14/2017-11-17", "2017-11-15", "on now, day 2 of 4"),
        ("2027-25", "2026-12-01", "window opens in about 3 months"),
        ("2027-25", "2027-02-17", "window opens in 12 days"),
        ("2027-25", "2027-02-03", "window opens in about 1 month"),
        ("2027-25", "2027-02-04", "window opens in 25 days"),
        ("2027-25", "2027-02-28", "window opens tomorrow"),
        ("2027-25", "2027-04-21", "window open, 41 of 92 days left"),
        ("2027-25", "2027-05-31", "last day of the window"),
        ("2027-25", "2027-06-01", "window closed yesterday, awaiting news"),
        ("2027-25", "2027-06-09", "window closed 9 days ago, no news"),
        ("2027-25", "2028-06-09", "window closed about 1 year ago, no news"),
        ("[2027,2028]", "2027-01-01", "window open, about 2 years left"),
        ("202X", "2026-11-20", "window open, about 3.1 years left"),
        ("[..2027-06]", "2026-10-03", "due within 270 days"),
        ("[..2028]", "2025-11-20", "due within about 3.1 years"),
        ("[..2027-06]", "2025-06-29", "due within about 2 years"),
        ("[..2027-06]", "2025-06-30", "due within 730 days"),
        ("[..2027-06]", "2027-06-30", "due today"),
        ("[..2027-06]", "2027-07-09", "deadline passed 9 days ago, no news"),
        ("[2027-03..]", "2027-02-17", "not before March 2027 (in 12 days)"),
        ("[2027-03-01..]", "2027-02-17", "not before 1 March 2027 (in 12 days)"),
        ("[2027-03..]", "2027-03-01", "possible any day since 1 March 2027"),
        ("[2027..]", "2026-11-20", "not before 2027 (in about 1 month)"),
        ("[2027..]", "2027-01-01", "possible any day since the beginning of 2027"),
        (None, "2027-01-01", "nobody names a date"),
    ],
)
def test_a_countdown_is_no_surer_than_its_date(edtf, day, words):
    noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)

    assert countdown(make(edtf), noon) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2025, 7, 18, 12, 10, tzinfo=UTC), "in 12 days"),
        (datetime(2025, 7, 28, 12, 10, tzinfo=UTC), "in 2 days"),
        (datetime(2025, 7, 28, 12, 11, tzinfo=UTC), "in 47 h 59 min"),
        (datetime(2025, 7, 30, 11, 10, tzinfo=UTC), "in 1 h"),
        (datetime(2025, 7, 30, 11, 40, tzinfo=UTC), "in 30 min"),
        (datetime(2025, 7, 30, 12, 9, 30, tzinfo=UTC), "in less than a minute"),
        (datetime(2025, 7, 30, 14, 10, tzinfo=UTC), "was due 2 h ago, awaiting news"),
        (datetime(2025, 7, 30, 18, 10, tzinfo=UTC), "was due 6 h ago, no news"),
        (datetime(2025, 8, 8, 12, 10, tzinfo=UTC), "was due 9 days ago, no news"),
        (datetime(2033, 8, 8, 12, 10, tzinfo=UTC), "was due about 8 years ago, no news"),
    ],
)
def test_only_an_exact_time_has_a_clock(now, words):
    assert countdown(make("2025-07-30T12:10:00Z"), now) == words


def test_around_a_day_or_a_time_has_no_clock():
    day, time = make("2025-07-30", qualifier="~"), make("2025-07-30T12:10:00Z", qualifier="~")

    assert countdown(day, datetime(2025, 7, 29, 12, tzinfo=UTC)) == "in about 1 day"
    assert countdown(time, datetime(2025, 7, 29, 12, tzinfo=UTC)) == "in about 1 day"


def test_what_is_over_has_no_countdown():
    now = datetime(2025, 7, 29, 12, tzinfo=UTC)

    assert countdown(make("2025-07-28"), now, kind="occurred") == "happened"
    assert countdown(make("2025-07-28"), now, kind="cancelled") == "cancelled"


@given(
    value=dates.filter(lambda value: value.instant is None),
    day=st.dates(date(2015, 1, 1), date(2036, 1, 1)),
    hour=st.integers(0, 23),
)
def test_there_is_never_a_clock_on_a_placeholder(value, day, hour):
    words = countdown(value, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    assert words
    assert not any(clock in words for clock in (" h ", " min ", ":"))
