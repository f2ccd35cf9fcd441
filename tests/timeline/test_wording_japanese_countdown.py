"""Waits and ranges in Japanese: as sure as in English, and no surer than the date."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, said
from timeline import wording
from timeline.changes import Change, ChangeKind, StatementKind, classify
from timeline.dates import make
from timeline.wording.japanese.amounts import range_words
from timeline.wording.japanese.countdown import countdown_words
from timeline.wording.japanese.news import kind_words

SAID_ON = date(2025, 9, 11)


def countdown(value, now, *, kind="plan", words=countdown_words):
    return words(value, kind=StatementKind(kind), home_zone=INDIA, said_on=SAID_ON, now=now)


@pytest.mark.parametrize(
    ("edtf", "day", "words"),
    [
        ("2027-06-10", "2026-12-01", "あと191日"),
        ("2027-06-10", "2027-06-09", "明日"),
        ("2027-06-10", "2027-06-10", "本日"),
        ("2027-06-10", "2027-06-11", "予定日から1日経過、発表待ち"),
        ("2027-06-10", "2027-06-12", "予定日から2日経過、発表なし"),
        ("2027-06-10", "2027-07-06", "予定日から約1か月経過、発表なし"),
        ("2017-11-14/2017-11-17", "2017-11-15", "実施中、4日間の2日目"),
        ("2027-25", "2026-12-01", "期間の始まりまであと約3か月"),
        ("2027-25", "2027-02-17", "期間の始まりまであと12日"),
        ("2027-25", "2027-02-28", "期間は明日から"),
        ("2027-25", "2027-04-21", "期間中、92日のうち残り41日"),
        ("2027-25", "2027-05-31", "期間の最終日"),
        ("2027-25", "2027-06-01", "期間の終わりから1日経過、発表待ち"),
        ("2027-25", "2028-06-09", "期間の終わりから約1年経過、発表なし"),
        ("[2027,2028]", "2027-01-01", "期間中、残り約2年"),
        ("[..2027-06]", "2026-10-03", "期限まであと270日"),
        ("[..2028]", "2025-11-20", "期限まであと約3.1年"),
        ("[..2027-06]", "2027-06-30", "本日が期限"),
        ("[..2027-06]", "2027-07-09", "期限から9日経過、発表なし"),
        ("[2027-03..]", "2027-02-17", "2027年3月以降（あと12日）"),
        ("[2027-03..]", "2027-02-28", "2027年3月以降（明日から）"),
        ("[2027-03..]", "2027-03-01", "2027年3月以降、いつでもあり得る"),
        (None, "2027-01-01", "期日未定"),
    ],
)
def test_a_countdown_is_no_surer_than_its_date(edtf, day, words):
    noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)

    assert countdown(make(edtf), noon) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2025, 7, 28, 12, 10, tzinfo=UTC), "あと2日"),
        (datetime(2025, 7, 28, 12, 11, tzinfo=UTC), "あと47時間59分"),
        (datetime(2025, 7, 30, 11, 10, tzinfo=UTC), "あと1時間"),
        (datetime(2025, 7, 30, 12, 9, 30, tzinfo=UTC), "あと1分未満"),
        (datetime(2025, 7, 30, 14, 10, tzinfo=UTC), "予定時刻から2時間経過、発表待ち"),
        (datetime(2025, 8, 8, 12, 10, tzinfo=UTC), "予定時刻から9日経過、発表なし"),
    ],
)
def test_only_an_exact_time_has_a_clock(now, words):
    assert countdown(make("2025-07-30T12:10:00Z"), now) == words


def test_around_a_day_or_a_time_has_no_clock():
    day, time = make("2025-07-30", qualifier="~"), make("2025-07-30T12:10:00Z", qualifier="~")

    assert countdown(day, datetime(2025, 7, 29, 12, tzinfo=UTC)) == "あと約1日"
    assert countdown(time, datetime(2025, 7, 29, 12, tzinfo=UTC)) == "あと約1日"


def test_what_is_over_has_no_countdown():
    now = datetime(2025, 7, 29, 12, tzinfo=UTC)

    assert countdown(make("2025-07-28"), now, kind="occurred") == "実施済み"
    assert countdown(make("2025-07-28"), now, kind="cancelled") == "中止"


@given(value=dates, day=st.dates(date(2015, 1, 1), date(2036, 1, 1)), hour=st.integers(0, 23))
def test_a_wait_is_as_rough_as_in_english(value, day, hour):
    now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    words = countdown(value, now)
    in_english = countdown(value, now, words=wording.countdown_words)

    assert words
    assert ("時間" in words or "分" in words) <= (" h" in in_english or " min" in in_english)
    assert ("待ち" in words) == ("awaiting" in in_english)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (1, 395, "最小1日、最大13か月"),
        (-364, -1, "最小1日、最大1年"),
        (75, 75, "ちょうど75日"),
        (0, 0, ""),
        (0, 1, "最大1日"),
        (-274, 454, "9か月の前倒しから1.2年の延期まで"),
        (52, 62, "約2か月"),
        (None, None, ""),
    ],
)
def test_a_range_tells_all_movements_that_agree_with_both_dates(least, most, words):
    change = Change(kind=ChangeKind.SLIP, at_least=least, at_most=most)

    assert range_words(change, said("2024"), said("2025")) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (said("2025-01"), said("[2025-06..]"), "最小4か月"),
        (said("[2024..]"), said("2025"), "最大2年"),
        (said("[2024..]"), said("[2025..]"), ""),
        (said("2027-27"), said("2027-27"), ""),
    ],
)
def test_nobody_said_at_most_where_a_date_is_open_ended(before, after, words):
    assert range_words(classify(before, after), before, after) == words


def test_a_bound_on_the_other_side_says_which():
    change = Change(kind=ChangeKind.SLIP, days=30, at_least=-90, at_most=150)

    assert range_words(change, said("2027"), said("[2027-04..]")) == "最大3か月の前倒し"


def test_each_kind_of_change_has_a_name_of_its_own():
    names = [kind_words(kind) for kind in ChangeKind]

    assert len({*names, ""}) == len(ChangeKind) + 1
