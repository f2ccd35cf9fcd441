from datetime import date

import pytest
from django.test import Client

from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, state
from tests.pages.seen import get, sections, texts
from timeline.changes import StatementKind
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


def milestone(title: str, words: str, **kwargs) -> Milestone:
    made = MilestoneFactory(title=title)
    state(made, words, **kwargs)
    return made


def test_what_may_come_stands_under_the_year_in_which_it_ends():
    milestone("wide", "2027")
    milestone("spring", "spring 2027")
    milestone("day", "15 March 2027")
    milestone("net", "not before March 2028")
    milestone("deadline", "by 2028")

    assert sections(get("/")) == [
        ("2027", ["day", "spring", "wide"]),
        ("2028", ["net", "deadline"]),
    ]


def test_what_is_wide_undated_or_over_stands_at_the_end():
    milestone("far", "2030s")
    milestone("undated", "TBD")
    milestone("silent", "October 2026", on=date(2026, 9, 1))
    milestone("next", "2027")

    assert sections(get("/")) == [
        ("2027", ["next"]),
        ("Long range", ["far"]),
        ("No date", ["undated"]),
        ("Awaiting news", ["silent"]),
    ]


def test_the_page_has_the_order_of_the_queryset():
    for words in ["2027", "TBD", "by 2028", "spring 2027", "Q1 2027", "March 2027", "around 2027"]:
        milestone(words, words)

    shown = [title for _, titles in sections(get("/")) for title in titles]

    ordered = Milestone.objects.published().in_order().values_list("title", flat=True)
    assert shown == list(ordered)


def test_a_draft_is_nowhere():
    draft = MilestoneFactory(title="Not yet")
    draft.tags.add(tag := TagFactory())

    for path in ["/", "/past/", "/changes/", "/programmes/", f"/tags/{tag.slug}/"]:
        assert "Not yet" not in get(path)
    assert "Not yet" not in get(f"/programmes/{draft.programme.slug}/")
    assert Client().get(draft.get_absolute_url()).status_code == 404


def test_what_has_happened_is_newest_first_and_what_was_cancelled_behind_it_as_it_was_said():
    milestone("older", "3 March 2025", kind=StatementKind.OCCURRED)
    milestone("newer", "5 June 2026", kind=StatementKind.OCCURRED)
    for title, words, day in [("first", "2029", 1), ("last", "TBD", 9), ("second", "2027", 5)]:
        state(milestone(title, words, on=date(2026, 9, 1)), "cancelled", on=date(2026, 10, day))
    milestone("planned", "2027")

    assert sections(get("/past/")) == [
        ("2026", ["newer"]),
        ("2025", ["older"]),
        ("Cancelled", ["last", "second", "first"]),
    ]
    assert sections(get("/")) == [("2027", ["planned"])]


def test_a_row_says_date_countdown_change_and_source():
    moved = milestone("ISSA-J1", "summer 2026", on=date(2025, 9, 11))
    state(moved, "spring 2027", on=date(2026, 2, 3))
    source = moved.statements.last().source

    page = get("/")

    assert texts(page, ".chip") == ["spring 2027"]
    assert texts(page, ".countdown") == ["window opens in about 3 months"]
    assert texts(page, ".said") == [
        f"slip ≈ 9 months in all ≈ 9 months later {source.publisher}, 3 February 2026"
    ]


def test_the_chip_shows_how_precise_a_date_is():
    milestone("day", "15 March 2027")
    milestone("season", "spring 2027")
    milestone("year", "2027")
    milestone("none", "TBD")

    page = get("/")

    assert [page.count(f"chip--{name}") for name in ("day", "season", "year", "none")] == [1] * 4


def test_as_of_a_past_day_shows_what_was_believed_then():
    moved = milestone("moved", "2026", on=date(2025, 1, 10))
    state(moved, "2028", on=date(2026, 1, 10))
    milestone("not yet spoken of", "2027", on=date(2026, 1, 10))

    page = get("/", as_of="2025-06-01")

    assert sections(page) == [("2026", ["moved"])]
    assert texts(page, ".chip") == ["2026"]
    assert texts(page, ".countdown") == ["window opens in about 7 months"]


def test_as_of_a_day_on_which_it_was_cancelled_keeps_the_date_that_it_had():
    dropped = milestone("dropped", "2028", on=date(2025, 1, 10))
    state(dropped, "cancelled", on=date(2025, 3, 1))
    state(dropped, "2029", on=date(2026, 1, 10))

    assert sections(get("/past/", as_of="2025-06-01")) == [("Cancelled", ["dropped"])]
    assert sections(get("/", as_of="2025-06-01")) == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("yesterday", "as_of: “yesterday” is not a day. Write it like 2025-03-01."),
        ("2025-02-30", "as_of: “2025-02-30” is not a day. Write it like 2025-03-01."),
        ("20250301", "as_of: “20250301” is not a day. Write it like 2025-03-01."),
        ("<b>", "as_of: “<b>” is not a day. Write it like 2025-03-01."),
        ("2026-11-23", "as_of: 2026-11-23 has not come yet. Ask for today or a day before."),
    ],
)
def test_a_day_that_cannot_be_read_is_answered_with_its_name(asked, why):
    one = milestone("any", "2027")
    OrganisationFactory(slug="isro")
    TagFactory(slug="moon")

    for path in [
        "/",
        "/past/",
        one.get_absolute_url(),
        f"/programmes/{one.programme.slug}/",
        "/organisations/isro/",
        "/tags/moon/",
    ]:
        response = Client().get(path, {"as_of": asked})

        assert response.status_code == 400
        assert texts(response.content.decode(), ".lede") == [why]


def test_an_empty_timeline_says_what_to_do():
    assert texts(get("/"), ".empty") == [
        (
            "Nothing is planned yet, as far as anybody has told us. Editors: add a programme and a "
            "milestone in the administration, then state its first date with a source. It appears "
            "here at once."
        )
    ]
    assert texts(get("/past/"), ".empty") == ["Nothing has happened yet. See what is planned."]
    assert texts(get("/", as_of="2020-01-01"), ".empty") == [
        (
            "Nothing was known to be planned on that day. See what is planned today, or choose a "
            "later day."
        )
    ]


def test_what_happened_says_how_late_it_was():
    late = milestone("late", "25 February 2026 17:56 IST", on=date(2026, 2, 20))
    state(late, "25 February 2026 18:01 IST", kind=StatementKind.OCCURRED)
    planned = milestone("as planned", "1 March 2026", on=date(2026, 2, 20))
    state(planned, "1 March 2026", kind=StatementKind.OCCURRED)

    assert texts(get("/past/"), ".badge") == ["happened 5 min late"]
    assert texts(get("/changes/"), ".badge")[:2] == ["happened", "happened 5 min late"]


def test_a_change_before_the_last_word_has_its_own_day():
    said_again = milestone("said again", "2026", on=date(2025, 1, 1))
    state(said_again, "2028", on=date(2026, 1, 1))
    state(said_again, "2028", on=date(2026, 5, 1))

    said = texts(get("/"), ".said")[0]
    assert said.startswith("slip ≈ 2 years on 1 January 2026 in all ≈ 2 years later Publisher")
    assert said.endswith(", 1 May 2026")
