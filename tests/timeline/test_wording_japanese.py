"""Dates in Japanese: as vague as in English, told apart where English tells them apart."""

import re
from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import ALL_FORMS, INDIA, JAPAN
from timeline import wording
from timeline.dates import NO_DATE, Qualifier, VagueDate, make
from timeline.wording.japanese.phrases import date_words, said_words, window_words

MANILA = "Asia/Manila"
SYDNEY = "Australia/Sydney"
NEW_YORK = "America/New_York"
HOMES = [INDIA, JAPAN, SYDNEY, NEW_YORK]
ISO = re.compile(r"\d{4}-\d{2}-|\d{2}T\d{2}|\[|\]|\.\.|X")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (make("2027"), "2027年"),
        (make("2025-07"), "2025年7月"),
        (make("2025-07-30"), "2025年7月30日"),
        (make("2027-25"), "2027年春"),
        (make("2027-26"), "2027年夏"),
        (make("2027-27"), "2027年秋"),
        (make("2026-28"), "2026-27年冬"),
        (make("2099-28"), "2099-00年冬"),
        (make("2027-29"), "南半球の2027年春"),
        (make("2026-30"), "南半球の2026-27年夏"),
        (make("2027-31"), "南半球の2027年秋"),
        (make("2027-32"), "南半球の2027年冬"),
        (make("2027-33"), "2027年第1四半期"),
        (make("2027-35"), "2027年第3四半期"),
        (make("2027-37"), "2027年序盤"),
        (make("2027-38"), "2027年半ば"),
        (make("2027-39"), "2027年終盤"),
        (make("2027-40"), "2027年上半期"),
        (make("2027-41"), "2027年下半期"),
        (make("202X"), "2020年代"),
        (make("20XX"), "21世紀"),
        (make("05XX"), "6世紀"),
        (make("10XX"), "11世紀"),
        (make("[2025-07-01..2025-07-10]", "month_part"), "2025年7月上旬"),
        (make("[2025-07-11..2025-07-20]", "month_part"), "2025年7月中旬"),
        (make("[2025-07-21..2025-07-31]", "month_part"), "2025年7月下旬"),
        (make("[2025-07-01..2025-07-15]", "month_part"), "2025年7月前半"),
        (make("[2025-07-16..2025-07-31]", "month_part"), "2025年7月後半"),
        (make("[2025-07-05..2025-07-09]", "month_part"), "2025年7月5日〜9日の間"),
        (make("[2026-05-04..2026-05-10]", "week"), "2026年5月4日の週"),
        (make("[2025-12-01..2025-12-07]", "week"), "2025年12月第1週"),
        (make("[2025-12-25..2025-12-31]", "week"), "2025年12月最終週"),
        (make("[2025-12-03..2025-12-09]", "week"), "2025年12月3日〜9日の間"),
        (make("[2027,2028]"), "2027年または2028年"),
        (make("[2027..2029]"), "2027年〜2029年の間"),
        (make("[2027-07..2027-09]"), "2027年7月〜9月の間"),
        (make("[2027-09..2028-04]"), "2027年9月〜2028年4月の間"),
        (make("[2025-08-29..2025-12-31]"), "2025年8月29日〜12月31日の間"),
        (make("[2025-12-29..2026-01-03]"), "2025年12月29日〜2026年1月3日の間"),
        (make("[2025-12-14..2025-12-17]"), "2025年12月14日〜17日の間"),
        (make("[2027..2028-03]"), "2027年〜2028年3月の間"),
        (make("[2027-07..2027-07]"), "2027年7月"),
        (make("2017-11-14/2017-11-17"), "2017年11月14日〜17日"),
        (make("2026-02-28/2026-03-03"), "2026年2月28日〜3月3日"),
        (make("2026-12-30/2027-01-02"), "2026年12月30日〜2027年1月2日"),
        (make("2026-07/2026-09"), "2026年7月〜9月"),
        (make("2026-07/2026-07"), "2026年7月"),
        (make("2026-11/2027-02"), "2026年11月〜2027年2月"),
        (make("2026-07-15/2026-09"), "2026年7月15日〜9月"),
        (NO_DATE, "期日未定"),
    ],
)
def test_a_date_is_said_as_vaguely_as_it_is_known(value, words):
    assert date_words(value, home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (make("[2026-03..]"), "2026年3月以降"),
        (make("[2027..]"), "2027年以降"),
        (make("[2026-03-15..]"), "2026年3月15日以降"),
        (make("[2027-07..]", "quarter"), "2027年第3四半期以降"),
        (make("[2027-03..]", "season"), "2027年春以降"),
        (make("[2026-12..]", "season"), "2026-27年冬以降"),
        (make("[2027-09..]", "year_part"), "2027年終盤以降"),
        (make("[2027-07..]", "half"), "2027年下半期以降"),
        (make("[2026-05-04..]", "week"), "2026年5月4日の週以降"),
        (make("[2024-05..]", "month_part"), "2024年5月下旬以降"),
        (make("[2024-05-11..]", "month_part"), "2024年5月中旬以降"),
        (make("[2030..]", "decade"), "2030年代以降"),
        (make("[2027-08..]", "quarter"), "2027年8月以降"),
        (make("[2027-08-03..]", "range"), "2027年8月3日以降"),
        (make("[..2028]"), "2028年末まで"),
        (make("[..2026-03]"), "2026年3月末まで"),
        (make("[..2027-06-30]"), "2027年6月30日まで"),
        (make("[..2027-09]", "quarter"), "2027年第3四半期末まで"),
        (make("[..2027-06]", "half"), "2027年上半期末まで"),
        (make("[..2027-05]", "season"), "2027年春の終わりまで"),
        (make("[..2027-02]", "season"), "2026-27年冬の終わりまで"),
        (make("[..2027-04]", "year_part"), "2027年序盤まで"),
        (make("[..2026-05-10]", "week"), "2026年5月4日の週まで"),
        (make("[..2026-05-31]", "month_part"), "2026年5月下旬まで"),
        (make("[..2026-05-10]", "month_part"), "2026年5月上旬まで"),
        (make("[..2026-05-12]", "month_part"), "2026年5月12日まで"),
        (make("[..2029]", "decade"), "2020年代末まで"),
        (make("[..2099]", "century"), "21世紀末まで"),
        (make("[..2028]", "decade"), "2028年まで"),
        (make("[..0001-01]", "quarter"), "1年1月末まで"),
    ],
)
def test_a_bound_is_said_of_the_unit_that_was_named(value, words):
    assert date_words(value, home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("edtf", "qualifier", "words"),
    [
        ("2024", "~", "2024年頃"),
        ("2027-07", "?", "2027年7月の可能性"),
        ("2024", "%", "2024年頃の可能性"),
        ("[2029..]", "?", "2029年以降の可能性"),
        ("[2029..]", "~", "2029年頃以降"),
        ("[2029..]", "%", "2029年頃以降の可能性"),
        ("[..2028]", "?", "2028年末までの可能性"),
        ("[..2028]", "~", "2028年末頃まで"),
        ("[2027..2029]", "~", "おおよそ2027年〜2029年の間"),
        ("[2027..2029]", "%", "おおよそ2027年〜2029年の間の可能性"),
        ("[2027-07..2027-09]", "~", "おおよそ2027年7月〜9月の間"),
        ("2026-07/2026-09", "~", "2026年7月〜9月頃"),
        ("[2026-04..2027-03]", "~", "おおよそ2026年4月〜2027年3月の間"),
        ("2024-01-20T00:20:00+09:00", "~", "2024年1月19日 20:50（インド標準時）頃"),
    ],
)
def test_doubt_is_said(edtf, qualifier, words):
    assert date_words(make(edtf, qualifier=qualifier), home_zone=INDIA) == words


@pytest.mark.parametrize(
    ("home", "fiscal", "words"),
    [
        (JAPAN, "", "2026年度"),
        (INDIA, "", "インドの2026-27年度（2026年4月〜2027年3月）"),
        (MANILA, "", "2026年4月〜2027年3月の会計年度"),
        (INDIA, "jp", "2026年度"),
        (JAPAN, "in", "インドの2026-27年度（2026年4月〜2027年3月）"),
    ],
)
def test_a_year_from_april_is_that_of_the_country(home, fiscal, words):
    value = make("[2026-04..2027-03]", "fiscal_year")

    assert date_words(value, home_zone=home, fiscal=fiscal) == words


@pytest.mark.parametrize(
    ("edtf", "home", "words"),
    [
        ("[2026-10..2027-09]", JAPAN, "米国の2027年度（2026年10月〜2027年9月）"),
        ("[2026-07..2027-06]", JAPAN, "2026年7月〜2027年6月の間"),
        ("[2026-04..]", JAPAN, "2026年度以降"),
        ("[..2027-03]", JAPAN, "2026年度末まで"),
        ("[2026-04..]", INDIA, "インドの2026-27年度（2026年4月〜2027年3月）以降"),
        ("[..2027-03]", INDIA, "インドの2026-27年度末（2027年3月）まで"),
        ("[..2027-03]", MANILA, "2026年4月〜2027年3月の会計年度末まで"),
    ],
)
def test_the_fiscal_year_of_another_country_shows_its_months(edtf, home, words):
    assert date_words(make(edtf, "fiscal_year"), home_zone=home) == words


@pytest.mark.parametrize(
    ("edtf", "precision", "zone", "words"),
    [
        ("[2027-04..2027-06]", "quarter", JAPAN, "2027年度第1四半期"),
        ("[2028-01..2028-03]", "quarter", JAPAN, "2027年度第4四半期"),
        ("[2027-10..2028-03]", "half", JAPAN, "2027年度下半期"),
        ("[2027-05..2027-07]", "quarter", JAPAN, "2027年5月〜7月の間"),
        (
            "[2027-04..2027-06]",
            "quarter",
            INDIA,
            "インドの2027-28年度第1四半期（2027年4月〜6月）",
        ),
        (
            "[2026-10..2027-03]",
            "half",
            NEW_YORK,
            "米国の2027年度上半期（2026年10月〜2027年3月）",
        ),
    ],
)
def test_a_part_of_a_fiscal_year_names_it(edtf, precision, zone, words):
    assert date_words(make(edtf, precision, "", zone), home_zone=JAPAN) == words


def test_what_is_explained_in_brackets_may_be_in_doubt():
    indian = make("[2026-04..2027-03]", "fiscal_year", "~")
    deadline = make("[..2027-03]", "fiscal_year", "%")
    utc_day = make("[..2023-09-06]", qualifier="~", zone="UTC")

    assert [date_words(one, home_zone=INDIA) for one in (indian, deadline, utc_day)] == [
        "インドの2026-27年度（2026年4月〜2027年3月）頃",
        "インドの2026-27年度末（2027年3月）頃までの可能性",
        "2023年9月6日（協定世界時）頃まで",
    ]


def test_in_brackets_there_are_no_further_brackets():
    indian = make("[2026-04..2027-03]", "fiscal_year")
    time = make("2025-07-30T12:10:00Z", qualifier="%")
    utc_day = make("[..2023-09-06]", zone="UTC")

    assert [date_words(one, home_zone=INDIA, brief=True) for one in (indian, time, utc_day)] == [
        "インドの2026-27年度",
        "インド標準時 2025年7月30日 17:40頃の可能性",
        "協定世界時 2023年9月6日まで",
    ]


def test_a_season_that_the_string_leaves_open_is_that_of_the_hemisphere():
    value = make("[2027-03..]", "season")

    assert date_words(value, home_zone=SYDNEY) == "南半球の2027年秋以降"
    assert date_words(value, home_zone=SYDNEY, hemisphere="N") == "2027年春以降"
    assert date_words(value, home_zone=JAPAN, hemisphere="S") == "南半球の2027年秋以降"


def test_a_season_whose_hemisphere_is_stored_does_not_move_with_the_home():
    assert date_words(make("2027-25"), home_zone=SYDNEY) == "2027年春"


# ---- times and zones ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "precision", "home", "words"),
    [
        ("2025-07-30T12:10:00Z", "minute", INDIA, "2025年7月30日 17:40（インド標準時）"),
        ("2025-07-30T17:40:00+05:30", "minute", "UTC", "2025年7月30日 12:10（協定世界時）"),
        (
            "2025-07-30T12:10:00Z",
            "minute",
            "Pacific/Auckland",
            "2025年7月31日 00:10（ニュージーランド標準時）",
        ),
        ("2023-09-06T23:42:11Z", "second", JAPAN, "2023年9月7日 08:42:11（日本標準時）"),
        ("2023-09-06T23:42:11Z", "second", INDIA, "2023年9月7日 05:12:11（インド標準時）"),
        (
            "2008-10-22T06:22:00+05:30",
            "minute",
            NEW_YORK,
            "2008年10月21日 20:52（米東部夏時間）",
        ),
        ("2025-07-30T12:00:00+05:30", "hour", INDIA, "2025年7月30日 12時（インド標準時）"),
        ("2025-07-31T00:00:00+05:30", "hour", INDIA, "2025年7月31日 0時（インド標準時）"),
        ("2025-07-30T17:00:00+05:30", "hour", INDIA, "2025年7月30日 17時（インド標準時）"),
        ("2025-07-30T12:00:00Z", "hour", INDIA, "2025年7月30日 17:30（インド標準時）"),
        ("2025-07-30T12:00:00Z", "minute", "Asia/Singapore", "2025年7月30日 20:00（UTC+8）"),
        ("2025-07-30T12:00:00Z", "minute", "Asia/Kathmandu", "2025年7月30日 17:45（UTC+5:45）"),
        ("2025-07-30T12:00:00Z", "minute", "America/Sao_Paulo", "2025年7月30日 09:00（UTC-3）"),
        ("2025-01-30T12:00:00Z", "minute", "Asia/Jerusalem", "2025年1月30日 14:00（UTC+2）"),
        ("2025-07-30T12:00:00Z", "minute", "Asia/Seoul", "2025年7月30日 21:00（KST）"),
    ],
)
def test_an_exact_time_is_shown_on_the_clock_at_home(edtf, precision, home, words):
    assert date_words(make(edtf, precision), home_zone=home) == words


def test_a_day_said_in_another_zone_names_it_where_it_is_not_a_day_at_home():
    utc_day = make("2023-09-06", zone="UTC")

    assert date_words(utc_day, home_zone=JAPAN) == "2023年9月6日（協定世界時）"
    assert window_words(utc_day, home_zone=JAPAN) == "2023年9月6日〜7日"
    assert date_words(utc_day, home_zone="UTC") == "2023年9月6日"
    assert date_words(utc_day, home_zone="Atlantic/Reykjavik") == "2023年9月6日"
    assert date_words(make("[..2023-09-06]", zone=NEW_YORK), home_zone=INDIA) == (
        "2023年9月6日（米東部夏時間）まで"
    )


# ---- windows and days --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2027-25", "2027年3月1日〜5月31日"),
        ("2026-28", "2026年12月1日〜2027年2月28日"),
        ("2027", "2027年1月1日〜12月31日"),
        ("2025-07", "2025年7月1日〜31日"),
        ("2025-07-30", "2025年7月30日"),
        ("2025-07-30T18:40:00Z", "2025年7月31日"),
        ("[2026-03..]", "2026年3月1日から"),
        ("[..2028]", "2028年12月31日まで"),
        (None, "期日未定"),
    ],
)
def test_a_window_shows_its_first_and_last_day(edtf, words):
    assert window_words(make(edtf), home_zone=INDIA) == words


def test_a_source_is_of_a_day_or_of_a_month():
    assert said_words(date(2026, 11, 20)) == "2026年11月20日"
    assert said_words(date(2026, 4, 1), known_to="month") == "2026年4月"


# ---- what holds for all ------------------------------------------------------------------------


@given(value=dates, home=st.sampled_from(HOMES), brief=st.booleans())
def test_every_date_has_words_of_japanese_alone_and_no_code(value: VagueDate, home, brief):
    for words in (
        date_words(value, home_zone=home, brief=brief),
        window_words(value, home_zone=home),
    ):
        assert words == words.strip() != ""
        assert ISO.search(words) is None
        assert re.search("[A-Za-z~?%]", words) is None


@given(value=dates.filter(lambda value: value.precision.value in {"year", "month", "decade"}))
def test_a_vague_date_never_names_a_day(value):
    assert "日" not in date_words(value, home_zone=INDIA)


@given(first=dates, second=dates, home=st.sampled_from(HOMES))
def test_what_english_tells_apart_is_told_apart(first, second, home):
    english = [wording.date_words(one, home_zone=home) for one in (first, second)]
    japanese = [date_words(one, home_zone=home) for one in (first, second)]

    assert english[0] == english[1] or japanese[0] != japanese[1]


@pytest.mark.parametrize("home", HOMES)
def test_no_two_forms_fall_together(home):
    of_words: dict[str, set[str]] = defaultdict(set)
    for form, doubt in product([one for one in ALL_FORMS if one.is_dated], Qualifier):
        value = VagueDate(form.edtf, form.precision, doubt, form.zone)
        of_words[date_words(value, home_zone=home)].add(wording.date_words(value, home_zone=home))

    assert {words: named for words, named in of_words.items() if len(named) > 1} == {}
