"""Changes in Japanese: amounts, and one line of news that ends in what it means."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given

from tests.timeline.forms import dates
from tests.timeline.stated import ALL_FORMS, CANCELLED, INDIA, LONG_AGO, TBD, said
from timeline import wording
from timeline.changes import Change, ChangeKind, Stated, classify, classify_chain
from timeline.wording.japanese.amounts import amount_words
from timeline.wording.japanese.news import change_words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1週間未満"),
        (3, "1週間未満"),
        (4, "約1週間"),
        (-6, "約1週間"),
        (25, "約4週間"),
        (26, "約1か月"),
        (46, "約2か月"),
        (350, "約11か月"),
        (351, "約1年"),
        (380, "約1年"),
        (381, "約13か月"),
        (399, "約13か月"),
        (400, "約1.1年"),
        (502, "約1.4年"),
        (730, "約2年"),
        (-1096, "約3年"),
        (1854, "約5.1年"),
    ],
)
def test_an_amount_is_no_finer_than_the_dates(days, words):
    change = Change(kind=ChangeKind.SLIP if days > 0 else ChangeKind.PULL_IN, days=days)

    assert amount_words(change, said("2026-01"), said("2026-05-05")) == words


def test_an_amount_is_in_days_between_days_and_finer():
    change = Change(kind=ChangeKind.SLIP, days=400)

    assert amount_words(change, said("2026-01-02"), said("2027-02-06T12:00:00Z")) == "400日"
    assert amount_words(change, said("2026-01"), said("2027-02-06")) == "約1.1年"


@pytest.mark.parametrize(
    ("minutes", "days", "words"),
    [
        (5, 0, "5分"),
        (-59, 0, "59分"),
        (60, 0, "1時間"),
        (95, 1, "1時間35分"),
        (1439, 1, "23時間59分"),
        (1440, 1, "1日"),
        (1530, 2, "2日"),
        (-2880, -2, "2日"),
    ],
)
def test_an_amount_between_times_is_in_minutes_under_a_day(minutes, days, words):
    change = Change(kind=ChangeKind.SLIP, minutes=minutes, days=days)

    assert amount_words(change, said("2025-07-30"), said("2025-07-30")) == words


def test_only_what_moved_has_an_amount():
    firmed = classify(said("2027"), said("2027-25"))

    assert amount_words(firmed, said("2027"), said("2027-25")) == ""


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (said("2024", qualifier="~"), said("2025"), "2024年頃 → 2025年（約1年の延期）"),
        (said("2028"), said("2027"), "2028年 → 2027年（約1年の前倒し）"),
        (said("2025-07-30"), said("2025-07-31"), "2025年7月30日 → 2025年7月31日（1日の延期）"),
        (
            said("2025-07-30T17:40:00+05:30"),
            said("2025-07-30T17:10:00+05:30"),
            (
                "インド標準時 2025年7月30日 17:40 → インド標準時 2025年7月30日 17:10"
                "（同じ日のうちに30分の前倒し）"
            ),
        ),
        (said("2027"), said("2027-25"), "2027年 → 2027年春（日程が具体化、早い時期に絞り込み）"),
        (said("2027"), said("2027-38"), "2027年 → 2027年半ば（日程が具体化、中頃に絞り込み）"),
        (said("2027"), said("2027-39"), "2027年 → 2027年終盤（日程が具体化、遅い時期に絞り込み）"),
        (
            said("[2027..]"),
            said("2027"),
            "2027年以降 → 2027年（日程が具体化、最も遅い時期を追加）",
        ),
        (
            said("2024", qualifier="~"),
            said("2024"),
            "2024年頃 → 2024年（確度が向上）",
        ),
        (
            said("2025-07-30"),
            said("2025-07-30T12:10:00Z"),
            "2025年7月30日 → インド標準時 2025年7月30日 17:40（日程が具体化、時刻を追加）",
        ),
        (said("2028"), said("[2028,2029]"), "2028年 → 2028年または2029年（遅れる可能性）"),
        (said("2028"), said("[2027,2028]"), "2028年 → 2027年または2028年（早まる可能性）"),
        (
            said("2028"),
            said("[2027..2029]"),
            "2028年 → 2027年〜2029年の間（前後する可能性）",
        ),
        (
            said("[2027,2028]"),
            said("[..2028]"),
            "2027年または2028年 → 2028年末まで（確度が低下、最も早い時期なし）",
        ),
        (said("2024"), said("2024", qualifier="?"), "2024年 → 2024年の可能性（確度が低下）"),
        (None, said("2027-25"), "2027年春（日程を初めて発表）"),
        (TBD, said("2027-25"), "2027年春（日程を初めて発表）"),
        (None, TBD, "期日未定"),
        (TBD, TBD, "引き続き期日未定"),
        (said("2027-25"), TBD, "2027年春 → 期日未定"),
        (said("2027-25"), CANCELLED, "2027年春 → 中止"),
        (TBD, CANCELLED, "中止"),
        (CANCELLED, CANCELLED, "引き続き中止"),
        (CANCELLED, said("2028"), "2028年（計画を再開）"),
        (CANCELLED, TBD, "期日未定（計画を再開）"),
        (
            said("2025-07-30", kind="occurred"),
            said("2025-08-02"),
            "2025年8月2日（実施されておらず、改めて計画、前回の発表より3日遅い）",
        ),
        (said("2027-25"), said("2027-25"), "2027年春（変更なし）"),
        (said("2027-37"), said("2027-33"), "2027年序盤 → 2027年第1四半期（変更なし）"),
        (None, said("2025-08-29", kind="occurred"), "2025年8月29日（実施済み）"),
        (
            said("2025-07-30T12:10:00Z"),
            said("2025-07-30T12:10:00Z", kind="occurred"),
            "インド標準時 2025年7月30日 17:40（予定どおり実施）",
        ),
        (
            said("2013-02-25T17:56:00+05:30"),
            said("2013-02-25T18:01:00+05:30", kind="occurred"),
            "インド標準時 2013年2月25日 18:01（予定より5分遅れて実施）",
        ),
        (
            said("2011-09"),
            said("2011-10-12", kind="occurred"),
            "2011年10月12日（予定の時期より12日遅れて実施）",
        ),
        (
            said("2011-09"),
            said("2018-04-08", kind="occurred"),
            "2018年4月8日（予定の時期より約6.5年遅れて実施）",
        ),
        (
            said("2011-09-25"),
            said("2011-09-24", kind="occurred"),
            "2011年9月24日（予定日より1日早く実施）",
        ),
    ],
)
def test_a_change_is_one_line_of_news(before, after, line):
    assert change_words(classify(before, after), before, after) == line


@pytest.mark.parametrize(
    ("gap", "edtf", "line"),
    [
        (TBD, "2028", "2028年（日程を改めて発表、前回の発表より約1年遅い）"),
        (TBD, "2026", "2026年（日程を改めて発表、前回の発表より約1年早い）"),
        (TBD, "2027", "2027年（日程を改めて発表、前回と同じ）"),
        (TBD, "2027-25", "2027年春（日程を改めて発表）"),
        (CANCELLED, "2028", "2028年（計画を再開、前回の発表より約1年遅い）"),
        (CANCELLED, "2027", "2027年（計画を再開）"),
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

    assert change_words(edited, spring, spring) == "2027年春（記載を修正）"
    assert change_words(overdue, spring, spring) == "2027年春（時期を過ぎたが発表なし）"


def told(before: Stated, after: Stated) -> tuple[str, str]:
    change = classify(before, after)
    return (
        wording.change_words(change, before, after),
        change_words(change, before, after),
    )


@given(before=dates, after=dates)
def test_every_change_has_words_of_one_line(before, after):
    _, words = told(Stated(before, LONG_AGO, INDIA), Stated(after, LONG_AGO, INDIA))

    assert words == " ".join(words.split()) != ""
    assert not any(left in words for left in ("None", "{", "}", "（）", "nan"))


def test_changes_that_english_tells_apart_are_told_apart():
    of_words: dict[str, set[str]] = defaultdict(set)
    for pair in product(ALL_FORMS, ALL_FORMS):
        english, japanese = told(*(Stated(one, LONG_AGO, INDIA) for one in pair))
        of_words[japanese].add(english)

    assert {words: lines for words, lines in of_words.items() if len(lines) > 1} == {}
