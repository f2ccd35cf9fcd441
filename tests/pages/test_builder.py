"""The page that builds calendars: what can be chosen, what is shown of it, and its buttons."""

import re
from datetime import date
from html import unescape

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from tests.pages.seen import get, texts
from timeline.changes import StatementKind
from timeline.forms.builder import BuilderForm
from timeline.ical.calendar import FeedBrokenError
from timeline.ical.options import PARAMETERS

pytestmark = pytest.mark.django_db

WHOLE = "/calendar/"
PART = "/calendar/preview/"


@pytest.fixture(autouse=True)
def _content():
    lupex = ProgrammeFactory(slug="lupex", title="LUPEX")
    nisar = ProgrammeFactory(slug="nisar", title="NISAR")
    lupex.organisations.add(OrganisationFactory(slug="jaxa", name="JAXA"))
    launch = TagFactory(slug="launch", name="launch", is_kind=True)
    moon = TagFactory(slug="moon", name="Moon")
    for programme, title, words in [
        (lupex, "LUPEX launch", "spring 2027"),
        (lupex, "LUPEX landing", "October 2027"),
        (nisar, "NISAR launch", "30 December 2026, 12:10 UTC"),
        (nisar, "NISAR handover", "TBD"),
    ]:
        milestone = MilestoneFactory(title=title, slug=title.replace(" ", "-"), programme=programme)
        milestone.tags.add(*([launch] if "launch" in title else []))
        milestone.tags.add(*([moon] if programme == lupex else []))
        state(milestone, words)
    MilestoneFactory(title="a draft", programme=lupex)


def previewed(query: str = "") -> list[tuple[str, str]]:
    """The day and the title of each entry in the preview, in the order of the page."""
    page = get(f"{WHOLE}?{query}")
    days = re.findall(r'class="event-on" datetime="([^"]+)"', page)
    titles = re.findall(r'class="event-title"[^>]*>([^<]+)<', page)
    return sorted(zip(days, map(unescape, titles), strict=True))


def subscribed(query: str = "") -> list[tuple[str, str]]:
    """The same of the calendar whose address the page gives."""
    address = offered(query).removeprefix("http://testserver")
    feed = icalendar.Calendar.from_ical(Client().get(address).content)
    return sorted(
        (event["DTSTART"].dt.isoformat()[:10], str(event["SUMMARY"]))
        for event in feed.walk("VEVENT")
    )


def offered(query: str = "") -> str:
    """The address that the page gives to other apps."""
    return texts(get(f"{WHOLE}?{query}"), "textarea")[0]


def links(page: str) -> dict[str, str]:
    found = re.findall(r'<a class="button[^"]*" href="([^"]+)"[^>]*>([^<]+)<(?:span|/a)', page)
    return {name: unescape(href) for href, name in found}


# ---- what can be chosen --------------------------------------------------------------------------


def test_every_parameter_of_a_calendar_can_be_chosen():
    page = get(WHOLE)

    names = set(re.findall(r'<(?:input|select)[^>]* name="([a-z]+)"', page))
    assert names == {"programme", "organisation", "tag", "kind", *PARAMETERS}


def test_each_group_says_how_many_milestones_it_has():
    assert boxes(get(WHOLE)) == ["LUPEX 2", "NISAR 2", "JAXA 2", "Moon 2", "launch 2"]


def test_names_are_ordered_without_regard_to_case():
    TagFactory(name="astronomy")
    TagFactory(name="Venus")

    assert boxes(get(WHOLE))[3:] == ["astronomy 0", "Moon 2", "Venus 0", "launch 2"]


def test_what_is_ticked_stands_first_and_the_rest_in_order():
    assert boxes(get(f"{WHOLE}?programme=nisar"))[:2] == ["NISAR 2", "LUPEX 2"]


def test_a_kind_stands_among_the_tags_only_if_it_was_asked_for_as_one():
    assert boxes(get(f"{WHOLE}?tag=launch"))[3:] == ["launch 2", "Moon 2", "launch 2"]


def boxes(page: str) -> list[str]:
    """What can be ticked of what a calendar holds."""
    return texts(page.partition("How it looks")[0], "label")


def test_what_was_chosen_is_ticked_and_selected():
    page = get(f"{WHOLE}?programme=lupex&vague=end&alarms=1d,3h")

    ticked = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    selected = re.findall(r'<option value="(\w+)" selected>', page)
    usual = [one.default for name, one in PARAMETERS.items() if name not in ("vague", "alarms")]
    assert ticked == [("programme", "lupex"), ("alarms", "1d"), ("alarms", "3h")]
    assert selected == ["end", *usual]
    assert texts(page, ".chosen") == ["1 ticked", "", "", "", "2 changed"]


def test_commas_and_repeated_names_mean_the_same():
    both = [("2026-12-30", "NISAR launch"), ("2027-03-01", "~ LUPEX launch (spring 2027)")]

    with_commas = previewed("programme=lupex,nisar&kind=launch")
    repeated = previewed("programme=lupex&programme=nisar&kind=launch")

    assert with_commas == repeated == both


# ---- what is wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [WHOLE, PART])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "vague=middle",
            "vague: “middle” is not one of its values. Allowed: start, end, both, span, none.",
        ),
        ("vague=start&vague=end", "vague: is given more than once."),
        ("programme=apollo", "programme: there is none “apollo”. Allowed: lupex, nisar."),
    ],
)
def test_what_is_wrong_is_named_once_with_what_is_allowed(path, query, told):
    response = Client().get(f"{path}?{query}")

    page = response.content.decode()
    assert response.status_code == 400
    assert unescape(page).count(told) == 1
    assert [told in one for one in texts(page, ".message--error")] == [True]


def test_a_field_whose_value_is_wrong_points_to_what_was_said():
    page = Client().get(f"{WHOLE}?vague=middle").content.decode()

    (field,) = re.findall(r'<select name="vague"[^>]*>', page)
    (pointed,) = re.findall(r'aria-describedby="(\w+)"', field)
    assert f'<li id="{pointed}">vague: “middle” is not one of its values.' in page


@pytest.mark.parametrize("path", [WHOLE, PART])
def test_what_others_add_to_a_link_that_is_shared_changes_nothing(path):
    plain, shared = (get(f"{path}?kind=launch{added}") for added in ("", "&utm_source=x&fbclid=y"))

    assert shared == plain


def test_a_feed_takes_no_name_that_it_does_not_know():
    assert Client().get("/calendar/all.ics?fbclid=x").status_code == 400


def test_where_something_is_wrong_the_rest_of_the_form_is_kept():
    response = Client().get(f"{WHOLE}?programme=lupex&vague=middle&past=3m")

    page = response.content.decode()
    assert re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page) == [("programme", "lupex")]
    assert '<option value="3m" selected>' in page


def test_what_is_wrong_is_never_markup():
    page = Client().get(WHOLE, {"kind": "<b>", "alarms": "<b>"}).content.decode()

    assert "<b>" not in page


EVIL = "<script>alert('x')</script>\"&<b>"


def test_what_people_typed_is_never_markup():
    programme = ProgrammeFactory(title=EVIL)
    programme.organisations.add(OrganisationFactory(name=EVIL))
    milestone = MilestoneFactory(title=EVIL, programme=programme)
    milestone.tags.add(TagFactory(name=EVIL), TagFactory(name=EVIL[:30], is_kind=True))
    state(milestone, "2028")
    state(MilestoneFactory(title=EVIL, programme=programme), "TBD")

    page = get(f"{WHOLE}?programme={programme.slug}")

    assert "<b>" not in page
    assert re.findall(r"<script[^>]*>", page) == [
        '<script src="/static/timeline/copy.js" defer>',
        '<script src="/static/timeline/builder.js" defer>',
    ]


def test_it_has_no_script_or_style_inside():
    page = get(f"{WHOLE}?vague=span&long=1&busy=1")

    assert re.findall(r"<style| style=| on[a-z]+=", page) == []


def test_it_sets_no_cookie_on_a_reader():
    assert not Client().get(WHOLE).cookies


def test_the_page_is_only_read():
    assert Client().post(WHOLE).status_code == 405
    assert Client().head(WHOLE).status_code == 200


# ---- the preview --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "",
        "programme=lupex",
        "organisation=jaxa",
        "programme=lupex,nisar&kind=launch",
        "tag=moon&kind=launch",
        "vague=end",
        "vague=none",
        "prefix=0",
        "upto=day",
        "allday=1",
    ],
)
def test_the_preview_is_what_the_address_answers(query):
    assert previewed(query) == subscribed(query)


def test_the_preview_shows_each_month_that_has_an_entry():
    page = get(WHOLE)

    assert texts(page, "h4") == ["December 2026", "March 2027", "October 2027"]
    assert [len(texts(part, ".event-title")) for part in page.split('class="month"')[1:]] == [1] * 3


def test_an_entry_looks_as_firm_as_it_is():
    dropped = MilestoneFactory(title="Return")
    state(dropped, "15 March 2028", on=date(2026, 1, 1))
    state(dropped, "cancelled")

    looks = dict(
        re.findall(
            r'class="event event--(\w+)[^>]*>.*?event-title"[^>]*>([^<]+)<', get(WHOLE), re.DOTALL
        )
    )

    assert looks == {
        "firm": "NISAR launch",
        "vague": "~ LUPEX landing (October 2027)",
        "cancelled": "Cancelled: Return",
    }


def test_of_a_bar_only_the_first_part_in_a_month_is_told_and_linked():
    page = get(f"{WHOLE}?programme=lupex&kind=launch&vague=span&long=1")

    assert len(texts(page, "h4")) == 3
    assert page.count('<a class="event-title"') == 3
    assert page.count('aria-hidden="true"><span class="event-title">') == 13


def test_a_time_is_shown_in_utc():
    assert texts(get(WHOLE), ".event-time") == ["12:10 UTC"]


def test_what_is_over_stands_below_earlier():
    happened = MilestoneFactory(title="Handshake")
    state(happened, "3 March 2026", on=date(2026, 3, 3), kind=StatementKind.OCCURRED)

    page = get(WHOLE)

    assert texts(page, ".agenda") == ["3 Mar 2026 Handshake"]
    assert "Earlier than November 2026: 1" in texts(page, "summary")


def test_the_page_says_how_many_entries_there_are_and_how_large_they_are():
    body = Client().get("/calendar/programme/lupex.ics").content

    kilobytes = -(-len(body) // 1000)
    assert texts(get(f"{WHOLE}?programme=lupex"), ".tally") == [
        f"2 entries {kilobytes} kB Subscribe"
    ]


def test_what_has_no_date_is_listed_with_its_link():
    dropped = MilestoneFactory(title="Dropped")
    state(dropped, "TBD", on=date(2026, 1, 1))
    state(dropped, "cancelled")

    page = get(WHOLE)

    assert "Not in it, since nobody names a date: 1" in texts(page, "summary")
    assert '<li><a href="/milestones/NISAR-handover/">NISAR handover</a></li>' in page
    assert "Not in it" not in get(f"{WHOLE}?programme=lupex")


def test_what_is_left_over_is_counted_and_parts_are_offered(monkeypatch):
    monkeypatch.setattr("timeline.ical.limit.MOST_ENTRIES", 2)

    page = get(f"{WHOLE}?vague=end")

    (told,) = texts(page, ".message--warning")
    assert told.startswith("1 more would not fit. Google loses entries of larger calendars")
    assert re.findall(r'<li><a href="/calendar/\?([^"]+)">', page) == [
        "programme=lupex&amp;vague=end",
        "programme=nisar&amp;vague=end",
    ]


def test_a_calendar_that_cannot_be_written_is_no_broken_page(monkeypatch):
    monkeypatch.setattr("timeline.pages.builder.write", broken)

    response = Client().get(WHOLE)

    assert response.status_code == 503
    assert "cannot be written just now" in response.content.decode()


def broken(*_args: object, **_options: object) -> None:
    raise FeedBrokenError


def test_the_part_is_the_preview_of_the_page():
    query = "programme=lupex&vague=end"

    part = get(f"{PART}?{query}")

    assert "<html" not in part
    assert part.strip() in get(f"{WHOLE}?{query}")


def test_it_costs_the_same_queries_for_thirty_milestones_as_for_four():
    few = count_queries()

    for number in range(26):
        milestone = MilestoneFactory(title=f"Flight {number}")
        milestone.tags.add(TagFactory())
        milestone.programme.organisations.add(OrganisationFactory())
        state(milestone, f"{2027 + number}")

    assert count_queries() == few


def count_queries() -> int:
    with CaptureQueriesContext(connection) as queries:
        get(WHOLE)
    return len(queries)


# ---- the buttons ---------------------------------------------------------------------------------


def test_each_app_is_asked_to_subscribe_in_its_own_way():
    found = links(get(f"{WHOLE}?programme=lupex&kind=launch"))

    assert found == {
        "Subscribe": "#subscribe",
        "Apple or phone": "webcal://testserver/calendar/programme/lupex.ics?kind=launch",
        "Google": (
            "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Ftestserver%2Fcalendar"
            "%2Fprogramme%2Flupex.ics%3Fkind%3Dlaunch"
        ),
        "Outlook.com": (
            "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Ftestserver%2Fcalendar"
            "%2Fprogramme%2Flupex.ics%3Fkind%3Dlaunch"
            "&name=LUPEX%20%C2%B7%20launch%20%E2%80%93%20Milepost"
        ),
        "Microsoft 365": (
            "https://outlook.office.com/calendar/0/addfromweb?url=http%3A%2F%2Ftestserver%2Fcalendar"
            "%2Fprogramme%2Flupex.ics%3Fkind%3Dlaunch"
            "&name=LUPEX%20%C2%B7%20launch%20%E2%80%93%20Milepost"
        ),
        "Keep it private and changeable": "/calendar/private/?programme=lupex&kind=launch",
    }


def test_the_address_to_copy_holds_no_default():
    query = "&".join(f"{name}={one.default}" for name, one in PARAMETERS.items() if not one.many)

    assert offered(query) == "http://testserver/calendar/all.ics"


def test_an_address_that_would_be_too_long_gives_way_to_advice():
    slugs = [f"a-programme-with-a-long-name-{number}" for number in range(10)]
    for slug in slugs:
        ProgrammeFactory(slug=slug, title=slug)

    page = get(f"{WHOLE}?programme={','.join(slugs)}")

    (told,) = texts(page, ".message--warning")
    assert "Google Calendar takes at most 256" in told
    assert "open a private calendar" in told
    assert "webcal:" not in page
    assert f'href="/calendar/private/?programme={",".join(slugs)}"' in page


def test_a_timeline_of_too_many_groups_leads_to_the_builder_only():
    slugs = [f"a-programme-with-a-long-name-{number}" for number in range(10)]
    for slug in slugs:
        state(MilestoneFactory(programme=ProgrammeFactory(slug=slug)), "2028")

    page = get(f"/?programme={','.join(slugs)}")

    assert "webcal:" not in page
    assert f'<a href="/calendar/?programme={",".join(slugs)}">In your calendar</a>' in page


def test_the_page_offers_the_calendar_that_it_shows():
    page = get(f"{WHOLE}?programme=lupex")

    link = (
        '<link rel="alternate" type="text/calendar" href="/calendar/programme/lupex.ics" '
        'title="Milepost: LUPEX">'
    )
    assert link in page
    assert get(WHOLE).count('type="text/calendar"') == 1


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("", ["/changes/all.atom", "/changes/all.json", "/calendar/all.jcal.json"]),
        (
            "programme=lupex&kind=launch&vague=end",
            [
                "/changes/chosen.atom?programme=lupex&kind=launch",
                "/changes/chosen.json?programme=lupex&kind=launch",
                "/calendar/programme/lupex.jcal.json?kind=launch&vague=end",
            ],
        ),
    ],
)
def test_the_same_is_there_for_feed_readers_and_programs(query, paths):
    page = get(f"{WHOLE}?{query}")

    found = re.findall(r'<a href="([^"]+)">(?:Atom|JSON Feed|jCal)</a>', page)
    assert [unescape(path) for path in found] == paths
    assert [Client().get(path).status_code for path in paths] == [200, 200, 200]


# ---- the form, as others read it -----------------------------------------------------------------


def test_a_form_that_was_sent_may_hold_other_fields():
    sent = Client().get("/").wsgi_request.POST.copy()
    sent.setlist("kind", ["launch"])
    sent["name"] = "Mine"

    form = BuilderForm.of(sent)

    assert form.is_valid()
    assert form.hidden == [("kind", "launch")]


def test_a_stored_choice_fills_the_form_without_what_is_gone():
    first = BuilderForm({"programme": ["lupex,nisar"], "organisation": ["jaxa"], "vague": ["end"]})
    assert first.is_valid()
    OrganisationFactory._meta.model.objects.all().delete()

    again = BuilderForm.of_stored(first.choice, first.options)

    assert again.is_valid()
    assert again.hidden == [("programme", "lupex,nisar"), ("vague", "end")]
