"""Milestones over the API: all that is known of each, in our order."""

from datetime import date, timedelta

import pytest

from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from timeline import publishing
from timeline.models import Statement

pytestmark = pytest.mark.django_db


SOURCE = {
    "publisher": "Astroscale",
    "title": "ISSA-J1",
    "url": "https://news.example/issa",
    "grade": "A",
    "published_on": "2025-09-11",
    "published_precision": "day",
}
SPRING = {
    "words": "spring 2027",
    "edtf": "2027-25",
    "qualifier": "",
    "precision": "season",
    "mode": "within",
    "earliest": "2027-03-01",
    "latest": "2027-05-31",
    "nominal_earliest": "2027-03-01",
    "nominal_latest": "2027-05-31",
    "at": None,
    "until": None,
    "zone": "Asia/Kolkata",
}
AUTUMN = SPRING | {
    "words": "autumn 2027",
    "edtf": "2027-27",
    "earliest": "2027-09-01",
    "latest": "2027-11-30",
    "nominal_earliest": "2027-09-01",
    "nominal_latest": "2027-11-30",
}
FIRST = {
    "kind": "first_dated",
    "sub": "",
    "days": None,
    "at_least": None,
    "at_most": None,
    "minutes": None,
    "promise_broken": False,
    "after_gap": False,
    "amount": "",
    "words": "First dated: spring 2027",
}
SLIP = FIRST | {
    "kind": "slip",
    "days": 184,
    "at_least": 93,
    "at_most": 274,
    "promise_broken": True,
    "amount": "≈ 6 months",
    "words": "Slipped ≈ 6 months: spring 2027 → autumn 2027",
}


def test_one_milestone_tells_all_that_is_known_of_it(issa, get):
    first, last = Statement.objects.in_order_said()

    said_of_both = {"stated_precision": "day", "kind": "plan", "corrects": None, "source": SOURCE}
    struck_neither = {"corrected_by": None, "withdrawn_at": None, "withdrawn_because": ""}
    published_both = {"status": "plan", "overdue": False, "title": "ISSA-J1 launch"}
    assert get("milestones/issa-j1-launch/") == {
        "slug": "issa-j1-launch",
        "uid": "6f0c1b0e-0f0d-4d38-9d4f-2a6f9f0d6a01",
        "title": "ISSA-J1 launch",
        "page": "http://testserver/milestones/issa-j1-launch/",
        "programme": {"slug": "issa-j1", "title": "ISSA-J1"},
        "organisations": ["nsil", "isro"],
        "tags": ["debris"],
        "shape": "instant",
        "summary": "",
        "place": "Sriharikota",
        "url": "",
        "home_zone": "Asia/Kolkata",
        "status": "plan",
        "overdue": False,
        "date": AUTUMN,
        "change": SLIP,
        "source": SOURCE,
        "last_checked_on": "2026-11-19",
        "modified_at": "2026-11-20T13:00:00Z",
        "statements": [
            {
                "id": first.pk,
                "text": "spring 2027",
                "stated_on": "2025-09-11",
                "standing": "superseded",
                "reason": "",
                "entered_at": "2026-11-20T12:00:00Z",
                "date": SPRING,
                "change": FIRST,
                **said_of_both,
                **struck_neither,
            },
            {
                "id": last.pk,
                "text": "autumn 2027",
                "stated_on": "2026-11-19",
                "standing": "current",
                "reason": "The rocket",
                "entered_at": "2026-11-20T13:00:00Z",
                "date": AUTUMN,
                "change": SLIP,
                **said_of_both,
                **struck_neither,
            },
        ],
        "revisions": [
            {
                "number": 1,
                "sequence": 0,
                "recorded_at": "2026-11-20T12:00:00Z",
                "reason": "",
                "statement": first.pk,
                "date": SPRING,
                "change": FIRST,
                **published_both,
            },
            {
                "number": 2,
                "sequence": 1,
                "recorded_at": "2026-11-20T13:00:00Z",
                "reason": "The rocket",
                "statement": last.pk,
                "date": AUTUMN,
                "change": SLIP,
                **published_both,
            },
        ],
    }


def test_a_list_shows_a_milestone_as_it_shows_itself(issa, get):
    assert get("milestones/") == {"next": None, "results": [get("milestones/issa-j1-launch/")]}


def test_an_exact_time_has_its_instant_and_its_zone(issa, get):
    state(issa, "30 July 2027 17:40 IST")

    date_of = get("milestones/issa-j1-launch/")["date"]
    assert (date_of["at"], date_of["zone"]) == ("2027-07-30T12:10:00Z", "Asia/Kolkata")
    assert date_of["words"] == "30 Jul 2027, 17:40 IST"


def test_an_open_side_is_null_while_the_unit_that_was_named_is_not(issa, get):
    state(issa, "no earlier than 2028")

    shown = get("milestones/issa-j1-launch/")["date"]
    assert (shown["mode"], shown["earliest"], shown["latest"]) == ("net", "2028-01-01", None)
    assert (shown["nominal_earliest"], shown["nominal_latest"]) == ("2028-01-01", "2028-12-31")


def test_no_date_is_null_everywhere(issa, get):
    state(issa, "TBD")

    shown = get("milestones/issa-j1-launch/")["date"]
    assert [name for name, value in shown.items() if value is None] == [
        "edtf",
        "earliest",
        "latest",
        "nominal_earliest",
        "nominal_latest",
        "at",
        "until",
    ]
    assert (shown["words"], shown["precision"], shown["mode"]) == ("no date", "none", "none")


def test_a_cancelled_milestone_keeps_the_date_that_it_had(issa, get):
    state(issa, "cancelled")

    shown = get("milestones/issa-j1-launch/")
    assert (shown["status"], shown["date"]) == ("cancelled", AUTUMN)
    assert shown["statements"][-1]["date"]["edtf"] is None


def test_a_milestone_of_the_south_has_its_own_seasons(get):
    said_in_the_north = "not before spring 2027"
    state(MilestoneFactory(slug="south", hemisphere="S", home_zone="UTC"), said_in_the_north)

    assert get("milestones/south/")["date"]["words"] == "not before southern autumn 2027"


def test_dissent_and_what_was_withdrawn_stay_in_the_history(issa, get):
    state(issa, "2030", standing="dissent", on=date(2026, 1, 1))
    publishing.withdraw(
        issa.statements.get(standing="current"), at=NOON + timedelta(days=1), reason="Not said"
    )

    shown = get("milestones/issa-j1-launch/")
    assert [one["standing"] for one in shown["statements"]] == ["current", "dissent", "withdrawn"]
    assert shown["date"] == SPRING
    struck = shown["statements"][-1]
    assert (struck["withdrawn_at"], struck["withdrawn_because"], struck["corrected_by"]) == (
        "2026-11-21T12:00:00Z",
        "Not said",
        None,
    )


def test_a_draft_is_nowhere(get, refused):
    draft = MilestoneFactory(slug="draft", programme=ProgrammeFactory(slug="secret"))
    draft.tags.set([TagFactory(slug="moon")])

    assert get("milestones/") == {"next": None, "results": []}
    assert get("milestones/", programme="secret")["results"] == []
    assert get("programmes/secret/")["milestones"] == []
    refused("milestones/draft/", 404)
