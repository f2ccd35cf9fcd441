"""The event of schema.org in the page of a milestone: no sharper than what was said."""

import json
import re
from datetime import date

import pytest

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    state,
)
from tests.pages.seen import get
from timeline.changes import StatementKind
from timeline.dates import make
from timeline.pages.event import end_of, start_of

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
WHEN = ["startDate", "endDate", "previousStartDate"]


def event(slug: str = "m"):
    (block,) = BLOCK.findall(get(f"/milestones/{slug}/"))
    return json.loads(block)


def told(*sayings: str):
    """The status and the dates after somebody said this, month by month."""
    milestone = MilestoneFactory(slug="m")
    for number, words in enumerate(sayings):
        kind = StatementKind.OCCURRED if words.startswith("on ") else StatementKind.PLAN
        state(milestone, words.removeprefix("on "), on=date(2025, 1 + number, 1), kind=kind)
    found = event()
    dates = {name: found[name] for name in WHEN if name in found}
    return found["eventStatus"].removeprefix("https://schema.org/"), dates


# ---- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "precision", "start"),
    [
        ("2025-07-30T17:40:00+05:30", "minute", "2025-07-30T17:40:00+05:30"),
        ("2027-03-15", "", "2027-03-15"),
        ("2027-03", "", "2027-03"),
        ("2027", "", "2027"),
        ("[2027-03-15..2027-03-21]", "week", "2027-03"),
        ("[2027-03-29..2027-04-04]", "week", "2027"),
        ("[2027-03-21..2027-03-31]", "month_part", "2027-03"),
        ("2027-25", "", "2027"),
        ("2027-28", "", ""),
        ("2027-35", "", "2027"),
        ("2027-41", "", "2027"),
        ("[2027-07..2027-09]", "", "2027"),
        ("[2027,2028]", "", ""),
        ("[2026-04..2027-03]", "fiscal_year", ""),
        ("202X", "", ""),
        ("[2027-03..]", "", ""),
        ("[..2027]", "", ""),
        ("2027-03-14/2027-03-17", "", "2027-03-14"),
        ("2027-07/2027-09", "", "2027-07"),
        (None, "", ""),
    ],
)
def test_a_start_is_the_day_month_or_year_that_holds_the_whole_window(edtf, precision, start):
    assert start_of(make(edtf, precision), home_zone="Asia/Kolkata") == start


@pytest.mark.parametrize("doubt", ["~", "?", "%"])
def test_a_doubted_date_starts_on_no_day(doubt):
    assert start_of(make("2027-03-15", "", doubt), home_zone="UTC") == ""
    assert end_of(make("2027-03-14/2027-03-17", "", doubt)) == ""


def test_a_day_elsewhere_that_is_two_days_at_home_starts_in_its_month():
    there = make("2027-03-15", "", "", "America/New_York")

    assert start_of(there, home_zone="Asia/Tokyo") == "2027-03"


def test_only_what_lasts_has_an_end():
    ends = [end_of(make(edtf)) for edtf in ("2027-03-14/2027-03-17", "2027-03-15", "2027-25")]

    assert ends == ["2027-03-17", "", ""]


# ---- status ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sayings", "status", "dates"),
    [
        (["June 2027"], "EventScheduled", {"startDate": "2027-06"}),
        (["2027", "June 2027"], "EventScheduled", {"startDate": "2027-06"}),
        (["TBD"], "EventScheduled", {}),
        (["TBD", "June 2027"], "EventScheduled", {"startDate": "2027-06"}),
        (
            ["2025", "2026", "June 2026", "August 2027"],
            "EventRescheduled",
            {"startDate": "2027-08", "previousStartDate": ["2025", "2026-06"]},
        ),
        (
            ["August 2027", "June 2027"],
            "EventRescheduled",
            {"startDate": "2027-06", "previousStartDate": ["2027-08"]},
        ),
        (["spring 2027", "autumn 2027"], "EventRescheduled", {"startDate": "2027"}),
        (["NET 2026", "June 2027"], "EventRescheduled", {"startDate": "2027-06"}),
        (["June 2027", "TBD"], "EventPostponed", {"previousStartDate": ["2027-06"]}),
        (
            ["2026", "June 2027", "TBD"],
            "EventPostponed",
            {"previousStartDate": ["2026", "2027-06"]},
        ),
        (
            ["June 2027", "TBD", "June 2028"],
            "EventRescheduled",
            {"startDate": "2028-06", "previousStartDate": ["2027-06"]},
        ),
        (["June 2027", "TBD", "June 2027"], "EventScheduled", {"startDate": "2027-06"}),
        (["2026", "June 2027", "cancelled"], "EventCancelled", {"startDate": "2027-06"}),
        (
            ["June 2027", "cancelled", "June 2028"],
            "EventRescheduled",
            {"startDate": "2028-06", "previousStartDate": ["2027-06"]},
        ),
        (["3 March 2025", "on 3 March 2025"], "EventScheduled", {"startDate": "2025-03-03"}),
        (
            ["3 March 2025", "on 5 March 2025"],
            "EventRescheduled",
            {"startDate": "2025-03-05", "previousStartDate": ["2025-03-03"]},
        ),
    ],
)
def test_the_status_and_the_dates_that_were_left(sayings, status, dates):
    assert told(*sayings) == (status, dates)


# ---- the rest ----------------------------------------------------------------------------------


def test_an_event_says_what_where_who_and_in_which_words():
    programme = ProgrammeFactory()
    programme.organisations.add(OrganisationFactory(slug="jaxa", name="JAXA"))
    milestone = MilestoneFactory(
        slug="m",
        title="LUPEX launch",
        place="Tanegashima",
        summary="To the Moon.\n\nWith a rover.",
        url="https://www.jaxa.example/lupex",
        programme=programme,
    )
    state(milestone, "spring 2027", source=SourceFactory(publisher="PTI"))

    assert event() == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "LUPEX launch",
        "url": "http://localhost:8000/milestones/m/",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": "2027",
        "description": ("Planned: spring 2027 (PTI, 20 November 2026). To the Moon. With a rover."),
        "location": {"@type": "Place", "name": "Tanegashima"},
        "organizer": [
            {
                "@type": "Organization",
                "name": "JAXA",
                "url": "http://localhost:8000/organisations/jaxa/",
            }
        ],
        "sameAs": "https://www.jaxa.example/lupex",
    }


def test_a_link_is_no_place_and_no_script_an_address():
    state(MilestoneFactory(slug="m", place="https://meet.example/", url="javascript:x"), "2027")

    assert {"location", "sameAs", "organizer"} & event().keys() == set()


EVIL = "</script><b>]]>\u2028<!-- & \\ \"'{{ x }}"


def test_no_text_ends_the_block():
    milestone = MilestoneFactory(slug="m", title=EVIL, summary=EVIL, place=EVIL)
    milestone.programme.organisations.add(OrganisationFactory(name=EVIL))
    state(milestone, "2027", source=SourceFactory(publisher=EVIL))

    page, found = get("/milestones/m/"), event()

    assert (found["name"], found["location"]["name"]) == (EVIL, EVIL)
    assert found["organizer"][0]["name"] == EVIL
    assert (page.count("<script"), page.count("</script"), page.count("<!--")) == (1, 1, 0)


def test_what_was_believed_once_is_no_event():
    state(MilestoneFactory(slug="m"), "2027", on=date(2025, 1, 1))

    page = get("/milestones/m/", as_of="2025-06-01")

    assert "<script" not in page
