"""Calendars in Japanese: the same entries on the same days, in other words, to the byte.

tests/calendars/ja/ holds the whole calendar of each row.
"""

from collections.abc import Callable
from datetime import date

import pytest

from tests.calendars import expected
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, say
from tests.calendars.strict import entries, read
from tests.factories import TagFactory
from tests.timeline.test_ical_precisions import ROWS
from timeline.ical import calendar
from timeline.ical.calendar import Feed
from timeline.ical.current import Current
from timeline.ical.options import PARAMETERS, Options
from timeline.models import Milestone
from timeline.wording.entries import IN

pytestmark = pytest.mark.django_db

STORIES: dict[str, Callable[[Milestone], object]] = {name: story for name, story, *_ in ROWS}
TITLES = {
    "instant": "LUPEX launch",
    "instant-window": "LUPEX launch",
    "instant-possibly": "~ LUPEX launch（日本標準時 2026年12月30日 21:10の可能性）",
    "day": "LUPEX launch",
    "day-to-be-confirmed": "LUPEX launch",
    "day-elsewhere": "~ LUPEX launch（米東部標準時 2026年12月30日）",
    "days": "LUPEX launch",
    "months": "~ LUPEX launch（2027年3月〜5月）",
    "week": "~ LUPEX launch（2027年3月15日の週）",
    "month": "~ LUPEX launch（2027年6月）",
    "quarter": "~ LUPEX launch（2027年第3四半期）",
    "season": "~ LUPEX launch（2027年春）",
    "half": "~ LUPEX launch（2027年下半期）",
    "year-part": "~ LUPEX launch（2027年終盤）",
    "fiscal-year": "~ LUPEX launch（2026年度）",
    "year": "~ LUPEX launch（2027年）",
    "around-year": "~ LUPEX launch（2027年頃）",
    "around-day": "~ LUPEX launch（2027年5月12日頃）",
    "range": "~ LUPEX launch（2027年11月14日〜17日の間）",
    "by": "LUPEX launch（2027年6月30日まで）",
    "by-around": "~ LUPEX launch（2027年末頃まで）",
    "not-before": "~ LUPEX launch（2027年3月以降）",
    "slipped": "~ LUPEX launch（2027年夏）",
    "overdue": "~ LUPEX launch（予定の時期を経過: 2026年春）",
    "overdue-instant": "LUPEX launch（予定の時期を経過: 日本標準時 2026年11月18日 21:10）",
    "overdue-by": "LUPEX launch（予定の時期を経過: 2026年6月30日まで）",
    "occurred": "LUPEX launch",
    "occurred-instant": "LUPEX launch",
    "occurred-month": "~ LUPEX launch（2026年10月）",
    "cancelled": "中止: LUPEX launch",
    "cancelled-season": "中止: LUPEX launch（中止前の予定: 2027年春）",
}
BOTH_DAYS = [
    "~ LUPEX launch（2027年春）",
    "~ LUPEX launch（2027年春、最終日）",
]


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"


def shown(month: date = NOVEMBER, *, lang: str = "ja", **options: str) -> bytes:
    feed = Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        options=Options(lang=lang, **options),  # type: ignore[arg-type]
    )
    return calendar.write(feed, month=month).body


def test_every_language_that_can_be_chosen_has_its_words_and_the_other_way_round():
    assert list(PARAMETERS["lang"].values) == list(IN)


@pytest.mark.parametrize("name", STORIES)
def test_each_precision_has_its_title(name):
    STORIES[name](a_milestone())

    assert [entry["SUMMARY"] for entry in entries(shown())] == [TITLES[name]]


@pytest.mark.parametrize("name", STORIES)
def test_each_precision_is_written_as_expected_to_the_byte(name):
    STORIES[name](a_milestone())

    expected.compare(f"ja/{name}", shown())


@pytest.mark.parametrize("name", STORIES)
def test_only_words_differ_from_english(name):
    STORIES[name](a_milestone())
    words = ("SUMMARY", "DESCRIPTION", "CATEGORIES")

    english, japanese = ([*entries(shown(lang=lang))[0].lines] for lang in ("en", "ja"))

    of_no_language = [
        [(name, value) for name, value in lines if name not in words]
        for lines in (english, japanese)
    ]
    assert of_no_language[0] == of_no_language[1]
    assert [line for line in english if line not in japanese] != []


@pytest.mark.parametrize("name", ["option-both", "option-digest", "nothing-dated"])
def test_what_only_options_show_is_written_as_expected_to_the_byte(name):
    if name != "nothing-dated":
        say(a_milestone(), *(["2027", "year", "~"] if "digest" in name else ["2027-25", "season"]))
    look = {"option-both": {"vague": "both", "prefix": "0"}, "option-digest": {"year": "digest"}}

    expected.compare(f"ja/{name}", shown(**look.get(name, {})))


def test_every_expected_file_belongs_to_a_row():
    others = {"option-both", "option-digest", "nothing-dated"}

    assert expected.names("ja/") == {f"ja/{name}" for name in {*TITLES, *others}}


# ---- what is said ------------------------------------------------------------------------------


def test_an_entry_says_when_how_firm_what_changed_who_said_so_and_why():
    STORIES["slipped"](a_milestone())

    (entry,) = entries(shown())

    assert entry["DESCRIPTION"].split("\n") == [
        "日程: 2027年夏（2027年6月1日〜8月31日）",
        "未確定: この期間のいずれかの日です。この予定は最初の日を示します。",
        "更新（2026年11月20日掲載）: 2027年春 → 2027年夏（約3か月の延期）",
        "出典: JAXA（2026年11月20日）",
        "理由: The lander is not ready.",
        "",
        "Lands a rover near the south pole of the Moon.",
        "",
        "https://milepost.example/milestones/lupex-launch/",
    ]


def test_both_days_of_a_window_say_which_they_are():
    STORIES["season"](a_milestone())

    assert [entry["SUMMARY"] for entry in entries(shown(vague="both"))] == BOTH_DAYS


def test_a_digest_counts_and_leaves_a_plain_year_unsaid():
    for number, doubt in enumerate(["", "~", "?"]):
        uid = f"3f0c5e0a-0000-4000-8000-00000000000{number}"
        say(a_milestone(f"Launch {number}", uid=uid, slug=f"l-{number}"), "2027", "year", doubt)

    (entry,) = entries(shown(year="digest"))

    assert entry["SUMMARY"] == "~ 2027年中（時期未定）: 3件"
    assert entry["DESCRIPTION"].split("\n")[:4] == [
        "次のものは年だけが発表されています。",
        "• Launch 0",
        "• Launch 1（2027年頃）",
        "• Launch 2（2027年の可能性）",
    ]


def test_what_editors_wrote_stays_as_they_wrote_it():
    milestone = a_milestone("LUPEX打上げ", place="種子島", summary="月の南極域を探査する。")
    milestone.tags.add(TagFactory(name="探査"))
    say(milestone, "2027-25", "season")

    for lang, rough in (("en", "Date approximate"), ("ja", "日程未確定")):
        (entry,) = entries(shown(lang=lang))
        assert entry["SUMMARY"].startswith("~ LUPEX打上げ")
        assert entry["LOCATION"] == "種子島"
        assert entry["CATEGORIES"] == f"LUPEX,探査,{rough}"
        assert "\n月の南極域を探査する。\n" in entry["DESCRIPTION"]


def test_a_long_name_is_cut_and_the_words_of_its_date_are_not():
    milestone = a_milestone("月極域探査機の打上げ" * 12)
    say(milestone, "[2026-10..2027-09]", "fiscal_year", "%")
    cancel(milestone)

    (entry,) = entries(shown())

    assert len(entry["SUMMARY"]) == 120
    assert entry["SUMMARY"].startswith("中止: 月極域探査機の打上げ")
    assert entry["SUMMARY"].endswith("…（中止前の予定: 米国の2027年度頃の可能性）")


@pytest.mark.parametrize("prefix", ["0", "1"])
@pytest.mark.parametrize("vague", PARAMETERS["vague"].values)
def test_the_calendar_says_how_it_is_to_be_read_without_an_escape(vague, prefix):
    raw = shown(vague=vague, prefix=prefix).replace(b"\r\n ", b"").decode().split("\r\n")
    (told,) = [line for line in raw if line.startswith("X-WR-CALDESC:")]

    assert told.startswith("X-WR-CALDESC:何がいつ行われ、誰がそう発表したかを示すカレンダーです。")
    assert told.endswith("。")
    assert not set(told.removeprefix("X-WR-CALDESC:")) & set(",;\\")


def test_lines_are_folded_between_characters():
    STORIES["cancelled-season"](a_milestone())

    body = shown()

    assert max(len(line) for line in body.split(b"\r\n")) in range(73, 76)
    assert read(body)["X-WR-CALDESC"].endswith("可能性のある最初の日に表示します。")
