"""The lists of all milestones and of all changes, narrowed as calendars and the API are."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from tests.pages.seen import get, sections, texts
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db

LISTS = ["/", "/past/", "/changes/"]
LAUNCH, SIGNING = "LUPEX launch", "Treaty signed"


@pytest.fixture(autouse=True)
def _rows():
    lupex = ProgrammeFactory(slug="lupex", title="LUPEX")
    lupex.organisations.set([OrganisationFactory(slug="isro", name="ISRO")])
    treaty = ProgrammeFactory(slug="treaty", title="Treaty & more")
    moon, launch = TagFactory(slug="moon", name="moon"), TagFactory(slug="launch", name="launch")
    launch.is_kind = True
    launch.save()
    for title, programme, tags in [
        (LAUNCH, lupex, [moon, launch]),
        ("LUPEX landing", lupex, [moon]),
        (SIGNING, treaty, []),
    ]:
        milestone = MilestoneFactory(title=title, programme=programme)
        milestone.tags.set(tags)
        state(milestone, "2027", on=date(2026, 5, 1))
    past = MilestoneFactory(title="LUPEX approved", programme=lupex)
    state(past, "3 May 2026", kind=StatementKind.OCCURRED)


def titles(page):
    return sorted(title for _, ones in sections(page) for title in ones)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"programme": "lupex"}, ["LUPEX landing", LAUNCH]),
        ({"programme": "lupex,treaty"}, ["LUPEX landing", LAUNCH, SIGNING]),
        ({"programme": ["lupex", "treaty"]}, ["LUPEX landing", LAUNCH, SIGNING]),
        ({"organisation": "isro"}, ["LUPEX landing", LAUNCH]),
        ({"tag": "moon", "kind": "launch"}, [LAUNCH]),
        ({"programme": "treaty", "kind": "launch"}, []),
    ],
)
def test_the_timeline_shows_what_is_chosen(asked, found):
    assert titles(get("/", **asked)) == found


def test_what_has_happened_is_narrowed_and_counted_alike():
    page = get("/", programme="treaty")

    assert titles(get("/past/", programme="lupex")) == ["LUPEX approved"]
    assert texts(get("/past/", programme="treaty"), ".empty") == [
        "Nothing of what you chose has happened yet. See what is planned."
    ]
    assert '<a href="/past/?programme=treaty">What has happened (0)</a>' in page


def test_the_ledger_shows_the_changes_of_what_is_chosen():
    page = get("/changes/", kind="launch")

    assert texts(page, ".ledger-what") == [f"{LAUNCH} first dated"]


def test_the_next_page_of_the_ledger_keeps_what_was_chosen():
    more = ProgrammeFactory(slug="more")
    for _ in range(51):
        state(MilestoneFactory(programme=more), "2027", announce=False)

    page = get("/changes/", programme=["more", "treaty"])

    assert 'href="?programme=more,treaty&amp;page=2"' in page
    assert len(texts(get("/changes/", programme="more,treaty", page="2"), ".ledger-what")) == 2


def test_what_is_chosen_is_told_with_a_way_back_to_everything():
    page = get("/", programme="lupex,treaty", tag="moon", as_of="2026-10-01")

    assert texts(page, ".message")[1] == (
        "Only LUPEX or Treaty & more, and of these moon. "
        "Show everything, or make a calendar of these"
    )
    assert '<a href="/?as_of=2026-10-01">Show everything</a>' in page
    assert '<a href="/?programme=lupex,treaty&amp;tag=moon">Back to today</a>' in page
    past = "/past/?programme=lupex,treaty&amp;tag=moon&amp;as_of=2026-10-01"
    assert f'<a href="{past}">What has happened (0)</a>' in page


def test_what_is_chosen_leads_to_the_calendar_that_holds_it():
    page = get("/changes/", kind="launch", programme="treaty,lupex")

    query = "programme=lupex,treaty&kind=launch"
    assert f'href="/calendar/?{query.replace("&", "&amp;")}"' in page
    boxes = [line for line in get(f"/calendar/?{query}").split("<input")[1:] if "checked" in line]
    values = ("lupex", "treaty", "launch")
    assert [any(f'value="{value}"' in box for box in boxes) for value in values] == [True] * 3


@pytest.mark.parametrize("path", LISTS)
def test_where_nothing_is_chosen_nothing_is_told(path):
    assert texts(get(path), ".message") == []


@pytest.mark.parametrize("path", ["/", "/changes/"])
def test_the_form_offers_each_group_once_and_what_is_ticked_first(path):
    page = get(path, kind="launch", programme="treaty")

    assert [texts(part, "label") for part in page.split("<legend>")[1:]] == [
        ["Treaty & more", "LUPEX"],
        ["ISRO"],
        ["moon"],
        ["launch"],
    ]
    assert page.count("checked") == 2
    assert '<input type="checkbox" name="kind" value="launch" checked>' in page
    assert '<input type="checkbox" name="programme" value="treaty" checked>' in page


def test_a_kind_that_was_asked_for_as_a_tag_stays_ticked_there():
    page = get("/", tag="launch")

    assert '<input type="checkbox" name="tag" value="launch" checked>' in page
    assert '<input type="checkbox" name="kind" value="launch">' in page


def test_a_form_without_a_day_asks_for_today():
    assert titles(get("/", as_of="", kind="launch")) == [LAUNCH]


def test_what_finds_nothing_says_so():
    assert texts(get("/", programme="treaty", kind="launch"), ".empty") == [
        "Nothing of what you chose is planned."
    ]
    assert texts(get("/", programme="treaty", as_of="2020-01-01"), ".empty") == [
        "Nothing of what you chose was known to be planned on that day."
    ]
    assert texts(get("/changes/", programme="treaty", kind="launch"), ".empty") == [
        "No date of what you chose has been published yet, so none has changed."
    ]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"kind": "moon"}, "kind: there is none “moon”. Allowed: launch."),
        ({"programme": ""}, "programme: there is none “”. Allowed: lupex, treaty."),
        ({"tag": "moon,<b>"}, "tag: there is none “<b>”. Allowed: launch, moon."),
        ({"organisation": "a\0"}, "organisation: there is none “a�”. Allowed: isro."),
    ],
)
def test_a_group_that_is_none_is_answered_with_those_that_are(path, asked, why):
    response = Client().get(path, asked)

    assert response.status_code == 400
    assert texts(response.content.decode(), ".lede") == [why]


def test_everything_that_is_wrong_is_said_on_a_line_of_its_own():
    wrong = {"kind": "x", "as_of": "soon", "tag": "moon"}

    response = Client().get("/", wrong)

    assert response.status_code == 400
    (told,) = texts(response.content.decode().replace("<br>", "|"), ".lede")
    assert told.split("|") == [
        "kind: there is none “x”. Allowed: launch.",
        "as_of: “soon” is not a day. Write it like 2025-03-01.",
    ]


@pytest.mark.parametrize("path", ["/", "/past/", "/changes/"])
def test_what_others_add_to_a_link_that_is_shared_changes_nothing(path):
    plain, shared = (Client().get(f"{path}?kind=launch{added}") for added in ("", "&utm_source=x"))

    assert (shared.status_code, plain.status_code) == (200, 200)
    assert texts(shared.content.decode(), "h1") == texts(plain.content.decode(), "h1")


@pytest.mark.parametrize("path", ["/", "/past/", "/programmes/lupex/"])
def test_two_days_at_once_are_refused(path):
    response = Client().get(f"{path}?as_of=2026-01-01&as_of=2026-01-02")

    assert response.status_code == 400
    assert texts(response.content.decode(), ".lede") == ["as_of: is given more than once."]
