"""What the builder says of the milestones that a calendar does not show."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from tests.calendars.rows import say
from tests.factories import MilestoneFactory, OrganisationFactory, ProgrammeFactory, state
from tests.pages.seen import get, texts
from timeline.changes import StatementKind
from timeline.models import Milestone, Programme

pytestmark = pytest.mark.django_db

WHOLE = "/calendar/"
LONG_AGO = datetime(2020, 2, 1, tzinfo=UTC)
NOTE = (
    "For now the calendar holds a single note. Entries appear by themselves as soon as something "
    "falls into it."
)
KEEP = "Keep for ever what is over"
NO_LESS = "Leave out nothing"


@pytest.fixture(autouse=True)
def _content():
    """A programme for each fate, and one that has a milestone of each."""
    mixed = ProgrammeFactory(slug="mixed")
    for programme in (ProgrammeFactory(slug="gone"), mixed):
        is_over(MilestoneFactory(programme=programme))
    for programme in (ProgrammeFactory(slug="rough"), mixed):
        state(MilestoneFactory(programme=programme), "2028")
    for programme in (ProgrammeFactory(slug="open"), mixed):
        state(MilestoneFactory(programme=programme), "TBD")
    for programme in (ProgrammeFactory(slug="dropped"), mixed):
        milestone = MilestoneFactory(programme=programme)
        state(milestone, "15 March 2020", on=date(2020, 1, 1), at=LONG_AGO)
        state(milestone, "cancelled", on=date(2020, 2, 1), at=LONG_AGO)
    ProgrammeFactory(slug="empty")
    OrganisationFactory(slug="jaxa")
    MilestoneFactory(title="a draft", programme=mixed)


def is_over(milestone: Milestone) -> None:
    state(milestone, "3 March 2020", on=date(2020, 3, 3), kind=StatementKind.OCCURRED)


def summed(query: str) -> list[str]:
    return texts(get(f"{WHOLE}?{query}"), ".sum")


def whys(query: str) -> list[str]:
    """Why nothing is shown, and what can be pressed."""
    page = get(f"{WHOLE}?{query}")
    (told,) = re.findall(r'<div class="message">(.*?)</div>', page, re.DOTALL)
    return texts(told, "p")


def pressed(query: str, words: str) -> str:
    """Where a press on these words leads."""
    (link,) = re.findall(rf'<a class="press" href="([^"]+)">{words}</a>', get(f"{WHOLE}?{query}"))
    return unescape(link)


def test_the_milestones_that_are_not_shown_are_counted_by_what_became_of_them():
    assert summed("programme=mixed") == [
        "4 milestones: 1 shown, 1 over, 1 cancelled and gone, 1 without a date"
    ]
    assert summed("programme=mixed&year=none") == [
        "4 milestones: 1 over, 1 cancelled and gone, 1 left out by your options, 1 without a date"
    ]


@pytest.mark.parametrize("options", ["", "past=all", "past=0", "year=none", "year=digest"])
def test_the_sum_adds_up_to_all_that_is_published(options):
    (told,) = summed(options)

    whole, *parts = map(int, re.findall(r"\d+", told))
    assert whole == sum(parts) == Milestone.objects.published().count() == 8


def test_nothing_is_summed_where_each_milestone_is_an_entry():
    assert summed("programme=rough") == []


def test_a_milestone_of_two_entries_is_one():
    assert summed("programme=rough&vague=both") == ["1 milestone: 1 shown"]


def test_a_second_entry_does_not_make_up_for_what_is_over():
    is_over(MilestoneFactory(programme=Programme.objects.get(slug="rough")))

    assert summed("programme=rough&vague=both") == ["2 milestones: 1 shown, 1 over"]


def test_what_would_not_fit_is_in_the_sum(monkeypatch):
    state(MilestoneFactory(programme=Programme.objects.get(slug="rough")), "2029")
    monkeypatch.setattr("timeline.ical.limit.MOST_ENTRIES", 1)

    assert summed("programme=rough") == ["2 milestones: 1 shown, 1 that would not fit"]


def test_what_cannot_be_written_is_in_the_sum():
    say(MilestoneFactory(programme=Programme.objects.get(slug="rough")), "9999-12-31")

    assert summed("programme=rough") == ["2 milestones: 1 shown, 1 that cannot be written just now"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("programme=gone", [f"All of this is over. {KEEP}"]),
        ("programme=rough&year=none", [f"Your options leave out all of this. {NO_LESS}"]),
        ("programme=rough&vague=none", [f"Your options leave out all of this. {NO_LESS}"]),
        ("programme=rough&upto=day", [f"Your options leave out all of this. {NO_LESS}"]),
        ("programme=open", ["Nobody has named a date yet."]),
        ("programme=dropped", ["All of this is cancelled, and no longer told."]),
        ("programme=empty", ["Nothing belongs to this yet."]),
        ("programme=gone&organisation=jaxa", ["Nothing belongs to all of these at once."]),
        (
            "programme=mixed&year=none",
            [
                f"1 is over. {KEEP}",
                f"Your options leave out 1. {NO_LESS}",
                "1 is cancelled, and no longer told.",
                "Of 1 nobody has named a date yet.",
            ],
        ),
    ],
)
def test_where_nothing_is_shown_the_page_says_why(query, told):
    assert whys(query) == [*told, NOTE]


def test_what_is_cancelled_can_be_left_out_and_brought_back():
    milestone = MilestoneFactory(programme=Programme.objects.get(slug="empty"))
    state(milestone, "15 March 2028", on=date(2026, 1, 1))
    state(milestone, "cancelled")

    assert whys("programme=empty&cancelled=drop") == [
        f"Your options leave out all of this. {NO_LESS}",
        NOTE,
    ]
    assert pressed("programme=empty&cancelled=drop", NO_LESS) == (f"{WHOLE}?programme=empty#result")


@pytest.mark.parametrize(
    ("query", "words", "leads_to"),
    [
        ("programme=gone&past=0", KEEP, "programme=gone&past=all"),
        ("programme=rough&year=none&lang=ja", NO_LESS, "programme=rough&lang=ja"),
        ("programme=rough&upto=day&vague=end", NO_LESS, "programme=rough&vague=end"),
        ("programme=rough&vague=none", NO_LESS, "programme=rough"),
    ],
)
def test_a_press_shows_what_is_not_shown_and_keeps_the_rest(query, words, leads_to):
    address = pressed(query, words)

    assert address == f"{WHOLE}?{leads_to}#result"
    assert texts(get(address), ".message") == []


def test_no_months_are_announced_where_there_are_none():
    heading = "What you will see"

    assert heading not in texts(get(f"{WHOLE}?programme=gone"), "h3")
    assert heading in texts(get(f"{WHOLE}?programme=open"), "h3")


def test_where_something_is_shown_nothing_is_explained():
    assert texts(get(f"{WHOLE}?programme=mixed"), ".message") == []
