"""What we say of a date in Japanese, read again, is that date; and never another one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, JAPAN
from tests.timeline.test_wording_round_trip import (
    CONTEXT,
    DAYS,
    again,
    closed,
    means_the_same_days,
    open_ended,
)
from timeline.dates import Mode, Qualifier, VagueDate, make
from timeline.reading import Question, read
from timeline.wording.japanese.phrases import date_words

AMERICA = "America/New_York"


@given(form=st.one_of(closed(), open_ended()), qualifier=st.sampled_from(Qualifier))
def test_the_words_of_a_date_read_again_are_that_date(form, qualifier):
    edtf, precision = form
    is_american = precision == "fiscal_year" and "-10.." in edtf
    value = make(edtf, precision, qualifier, AMERICA if is_american else "")
    assume(not (precision == "season" and edtf.endswith("-02]")))  # asked for, below

    assert again(date_words(value, home_zone=JAPAN)) == value


@given(
    day=DAYS,
    clock=st.times(),
    precision=st.sampled_from(["second", "minute", "hour"]),
    qualifier=st.sampled_from(Qualifier),
)
def test_the_words_of_an_exact_time_read_again_are_that_time(day, clock, precision, qualifier):
    second = clock.second or 1 if precision == "second" else 0
    minute = 0 if precision == "hour" else clock.minute
    at = clock.replace(minute=minute, second=second, microsecond=0)
    value = make(f"{day}T{at}+09:00", precision, qualifier)

    assert again(date_words(value, home_zone=JAPAN)) == value
    assert again(date_words(value, home_zone=JAPAN, brief=True)) == value


@pytest.mark.parametrize(
    "zone",
    [
        INDIA,
        AMERICA,
        "UTC",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "Asia/Seoul",
        "Australia/Sydney",
        "Europe/Helsinki",
        "Europe/London",
        "Europe/Moscow",
        "Europe/Paris",
        "Pacific/Auckland",
    ],
)
@pytest.mark.parametrize("month", ["01", "07"])
def test_the_words_of_a_time_name_the_clock_on_which_it_was_said(zone, month):
    value = make(f"2027-{month}-15T03:10:00Z")

    found = again(date_words(value, home_zone=zone))

    assert found is not None
    assert found.instant == value.instant


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("南半球の2027年春", make("2027-29")),
        ("南半球の2026-27年夏", make("2026-30")),
        ("2026-27年冬", make("2026-28")),
        ("インドの2026-27年度", make("[2026-04..2027-03]", "fiscal_year", "", INDIA)),
        ("米国の2027年度", make("[2026-10..2027-09]", "fiscal_year", "", AMERICA)),
        ("日本の2027年度", make("[2027-04..2028-03]", "fiscal_year")),
        ("2025年7月30日 17:40（インド標準時）", make("2025-07-30T17:40:00+05:30", "", "", INDIA)),
        ("2025年12月14日〜17日の間", make("[2025-12-14..2025-12-17]")),
        ("2025年12月14日から17日までの間", make("[2025-12-14..2025-12-17]")),
        ("2025年12月29日〜2026年1月3日の間", make("[2025-12-29..2026-01-03]")),
        ("2016年2月24日から3月1日まで", make("2016-02-24/2016-03-01")),
        ("2016年12月24日から1月3日まで", make("2016-12-24/2017-01-03")),
        ("2016年2月24日から3月1日までの間", make("[2016-02-24..2016-03-01]")),
        ("2025年12月14日から17日まで", make("2025-12-14/2025-12-17")),
        ("2023年9月6日（米東部夏時間）", make("2023-09-06", "", "", AMERICA)),
    ],
)
def test_each_word_beside_the_days_counts(words, value):
    assert again(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "インドの2026年度",  # named by its first year, or as FY26 by its last?
        "2026-27年冬の終わりまで",
        "インドの2026-27年度末（2027年3月）まで",
        "2026年4月〜2027年3月の会計年度",
    ],
)
def test_what_might_be_read_in_two_ways_is_asked_for(words):
    assert isinstance(read(words, CONTEXT), Question)


@given(value=dates)
def test_the_words_of_a_date_are_never_read_as_other_days(value: VagueDate):
    assume(not (value.mode is Mode.SPAN and value.zone))  # said with the zone, read without

    found = again(date_words(value, home_zone=JAPAN))

    assert found is None or means_the_same_days(found, value)
