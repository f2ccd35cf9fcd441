"""What the preview of a calendar says that its looks and signs mean."""

import re
from datetime import date
from html import unescape

import pytest

from tests.calendars.rows import say
from tests.clock import NOON
from tests.factories import MilestoneFactory, mark_overdue, state
from tests.pages.seen import get

pytestmark = pytest.mark.django_db

VAGUE = "~ Name (spring 2027)"


def legend(query: str = "") -> list[str]:
    """Its lines, in the order of the page."""
    page = get(f"/calendar/?{query}")
    told = page.partition('class="event-legend"')[2].partition("</ul>")[0]
    lines = re.findall(r"<li>(.*?)</li>", told)
    return [unescape(re.sub("<[^>]+>", "", line)) for line in lines]


def planned(words: str) -> None:
    state(MilestoneFactory(), words, on=date(2026, 1, 1))


def test_a_deadline_stands_on_its_last_day_and_only_it_is_told():
    planned("by the end of 2028")

    assert legend() == ["Name (by June 2027) a deadline: stands on its last day"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("vague=start", "on the first day that is possible"),
        ("vague=end", "on the last day that is possible"),
        ("vague=both", "on the first and on the last"),
        ("vague=span", "as a bar of up to 31 days; longer ones on the first day"),
        ("vague=span&long=1", "as a bar from the first to the last"),
    ],
)
def test_a_vague_date_stands_where_the_reader_wants_it(query, where):
    planned("spring 2027")

    assert legend(query) == [f"{VAGUE} no day yet: stands {where}"]


def test_a_not_before_stands_on_its_first_day_whatever_was_chosen():
    planned("not before June 2027")

    assert legend("vague=end") == [
        "~ Name (not before June 2027) not before: stands on the first day"
    ]


def test_what_is_overdue_stands_on_the_last_day_of_its_time():
    planned("May 2026")
    mark_overdue(at=NOON)

    assert legend() == [
        "~ Name (overdue, was May 2026) nothing reported yet: stands on the last day of that time"
    ]


def test_a_year_of_which_no_more_is_known_has_a_line_of_its_own():
    planned("2027")

    assert legend("year=digest") == [
        "~ Some time in 2027: 3 milestones of these only the year is known: stands on 1 January"
    ]


def test_what_is_firm_or_open_or_cancelled_is_told_if_it_occurs():
    planned("15 March 2027")
    say(MilestoneFactory(), "2027-03-16", "day", certainty="tbc")
    dropped = MilestoneFactory()
    state(dropped, "17 March 2027", on=date(2026, 1, 1))
    state(dropped, "cancelled")

    assert legend() == [
        "Name the day is firm, or it has happened",
        "Name this day, still to be confirmed",
        "Cancelled: Name will not happen",
    ]


def test_a_sample_has_the_sign_only_if_the_entries_have_it():
    planned("spring 2027")

    assert legend("prefix=0") == [
        "Name (spring 2027) no day yet: stands on the first day that is possible"
    ]


def test_the_signs_of_what_rings_and_is_busy_are_explained_if_they_occur():
    planned("30 December 2026, 12:10 UTC")

    firm = "Name the day is firm, or it has happened"
    rings, busy = "♪ rings, in apps that take alarms", "■ marks you busy"
    assert legend() == [firm]
    assert legend("alarms=1d") == [firm, rings]
    assert legend("alarms=1d&busy=1") == [firm, rings, busy]


def test_samples_and_titles_are_in_the_language_of_the_calendar_and_marked_so():
    planned("by the end of 2028")
    planned("spring 2027")

    page = get("/calendar/?lang=ja&vague=span&long=1")

    assert legend("lang=ja") == [
        "~ 名前（2027年春） no day yet: stands on the first day that is possible",
        "名前（2027年6月末まで） a deadline: stands on its last day",
    ]
    in_japanese = re.findall(r"<(\w+)([^>]*)>[^<]*（[^<]*<", page)
    assert len(in_japanese) == 2 + 1 + 16  # samples, the deadline, parts of the bar
    assert [name for name, given in in_japanese if 'lang="ja"' not in given] == []
    assert '<option value="ja" selected lang="ja">日本語</option>' in page


def test_an_english_calendar_has_no_words_to_mark():
    planned("spring 2027")

    marked = re.findall(r'<(\w+)[^>]* lang="(\w+)"', get("/calendar/"))

    assert marked == [("html", "en"), ("option", "ja")]
