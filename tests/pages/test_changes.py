from datetime import date, timedelta

import pytest
from django.test import Client

from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory, claim, state
from tests.pages.seen import get, texts
from timeline import publishing
from timeline.asked import shown

pytestmark = pytest.mark.django_db


def test_the_ledger_says_what_moved_how_far_why_and_who_said_so():
    milestone = MilestoneFactory(title="NISAR")
    state(milestone, "June 2027", on=date(2026, 1, 1))
    state(
        milestone,
        "August 2027",
        source=SourceFactory(publisher="ISRO", title="Note", grade="A"),
        reason="The antenna is late.",
        at=NOON + timedelta(days=1),
    )

    page = get("/changes/")

    assert texts(page, ".ledger-day") == ["20 November 2026", "1 January 2026"]
    assert texts(page, "ol") == [
        (
            "NISAR slip ≈ 2 months June 2027 → to August 2027 "
            "at least 1 month, at most 3 months · ISRO: Note A "
            "Why: The antenna is late."
        ),
        f"NISAR first dated June 2027 {milestone.statements.first().source} B",
    ]


def test_editing_a_title_is_no_change_of_a_date():
    milestone = MilestoneFactory(title="NISAR")
    state(milestone, "June 2027")
    publishing.edit(milestone, {"title": "NISAR launch"}, at=NOON)

    assert texts(get("/changes/"), ".ledger-dates") == ["June 2027"]


def test_cancelling_is_shown_as_cancelled():
    milestone = MilestoneFactory()
    state(milestone, "June 2027", on=date(2026, 1, 1))
    state(milestone, "cancelled")

    assert texts(get("/changes/"), ".ledger-dates") == ["June 2027 → to cancelled", "June 2027"]


def test_the_ledger_has_pages_of_fifty():
    for _ in range(51):
        state(MilestoneFactory(), "2027")

    first, second = get("/changes/"), get("/changes/", page="2")

    assert len(texts(first, ".ledger-what")) == 50
    assert len(texts(second, ".ledger-what")) == 1
    assert texts(first, ".pager") == ["Page 1 of 2 Older"]
    assert texts(second, ".pager") == ["Newer Page 2 of 2"]


@pytest.mark.parametrize("asked", ["0", "2", "x", "-1", "1" * 50, "²"])
def test_a_page_that_is_not_there_is_answered_with_its_name(asked):
    state(MilestoneFactory(), "2027")

    response = Client().get("/changes/", {"page": asked})

    assert response.status_code == 400
    assert texts(response.content.decode(), ".lede") == [
        f"page: “{shown(asked)}” is not a page. There are pages 1 to 1."
    ]


def test_an_empty_ledger_says_what_to_do():
    assert texts(get("/changes/"), ".empty") == [
        (
            "No date has been published yet, so none has changed. Go to the timeline, or subscribe "
            "to be told of the first one."
        )
    ]


def test_what_is_entered_late_stands_under_the_day_it_was_said():
    state(MilestoneFactory(title="Late"), "2027", on=date(2020, 5, 1), at=NOON)
    state(MilestoneFactory(title="Fresh"), "2027", on=date(2026, 5, 1), at=NOON - timedelta(days=9))

    assert texts(get("/changes/"), ".ledger-day") == ["1 May 2026", "1 May 2020"]


def test_what_rests_on_a_mistake_is_struck_and_leads_to_what_it_was_corrected_to():
    milestone = MilestoneFactory(title="NISAR")
    mistaken = state(milestone, "2030", on=date(2026, 3, 1)).statement
    right = publishing.correct(mistaken, claim("2031", on=date(2026, 3, 1)), at=NOON).statement

    page = get("/changes/")

    assert texts(page, "s") == ["2030"]
    assert "corrected 2030" in texts(page, ".ledger-dates")
    assert "Our mistake, corrected on 20 November 2026 to “2031”" in texts(page, ".small")
    assert f'href="{milestone.get_absolute_url()}#said-{right.pk}"' in page


def test_what_was_withdrawn_is_struck_with_the_day_and_the_reason():
    milestone = MilestoneFactory()
    gone = state(milestone, "2030", on=date(2026, 1, 1)).statement
    state(milestone, "2031", on=date(2026, 3, 1))

    publishing.withdraw(gone, at=NOON, reason="<Another> mission")

    page = get("/changes/")
    assert "withdrawn 2030" in texts(page, ".ledger-dates")
    assert "Withdrawn on 20 November 2026: <Another> mission" in texts(page, ".small")
