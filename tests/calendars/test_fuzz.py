"""Whatever stands in texts of ours, four parsers read the same calendar, and in it our texts."""

from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.calendars.nasty import names, on_one_line, texts
from tests.calendars.parsers import Component
from tests.calendars.rows import a_milestone, say
from tests.clock import NOON
from tests.factories import ProgrammeFactory, SourceFactory, TagFactory
from timeline.models import Milestone, Source

pytestmark = pytest.mark.django_db

ALL = "/calendar/all.ics"
DATES = ["2027-25", "2027-06-05", "2027-04-17T02:30:00Z", "[2027-03..]", "2027"]
LATER_DATES = ["2027-26", "2027-07-05", "2027-05-17T02:30:00Z", "[2027-05..]", "2028"]
PRECISIONS = ["season", "day", "minute", "month", "year"]
LINK = "http://localhost:8000/milestones/"
# What is asked for, how many entries it gives, and how many alarms.
PARTS = {
    "alarms=1w,1d": (5, 4),
    "vague=both&upto=quarter": (5, 0),
    "vague=span&long=1": (5, 0),
    "year=digest": (5, 0),
    "allday=1&prefix=0": (5, 0),
}
WRITTEN = [
    *("uid", "dtstamp", "created", "last-modified", "sequence", "dtstart", "dtend", "summary"),
    *("description", "url", "status", "transp", "x-microsoft-cdo-busystatus"),
]
# PostgreSQL refuses it in every text; tests/timeline/test_ical_fuzz.py does not.
NUL = str.maketrans("", "", "\x00")
NO_ESCAPES = str.maketrans('\\,;"', "    ")
stored = names.map(lambda text: text.translate(NUL))
SOMETIMES = {"categories", "location"}
filled = st.fixed_dictionaries(
    {
        "title": stored.filter(on_one_line),
        "place": stored,
        "group": stored,
        "tag": stored.map(lambda text: text[:60]),
        "publisher": stored,
        "reason": texts.map(lambda text: text.translate(NUL)[:300]),
        "summary": texts.map(lambda text: text.translate(NUL)),
    }
)


@pytest.fixture
def moments():
    return (NOON + timedelta(minutes=number) for number in count())


@pytest.fixture
def milestones(moments) -> list[Milestone]:
    return [a_dated_one(number, at=next(moments)) for number in range(len(DATES))]


def a_dated_one(number: int, *, at: datetime) -> Milestone:
    milestone = a_milestone(
        uid=uuid4(), slug=f"number-{number}", programme=ProgrammeFactory.create()
    )
    milestone.tags.add(TagFactory.create())
    source = SourceFactory.create()
    say(milestone, DATES[number], PRECISIONS[number], source=source, at=at)
    return milestone


def fill(milestone: Milestone, given: dict[str, str], *, at: datetime) -> None:
    """As if nothing had looked at the texts before they were stored."""
    revision = milestone.current_revision
    date, precision = next_date(milestone)
    say(milestone, date, precision, source=revision.statement.source, reason=given["reason"], at=at)
    wanted = {name: given[name] for name in ("title", "place", "summary")}
    Milestone.objects.filter(pk=milestone.pk).update(**wanted)
    milestone.tags.update(name=given["tag"])
    type(milestone.programme).objects.filter(pk=milestone.programme_id).update(title=given["group"])
    Source.objects.filter(pk=revision.statement.source_id).update(publisher=given["publisher"])


def next_date(milestone: Milestone) -> tuple[str, str]:
    number = int(milestone.slug.removeprefix("number-"))
    edtf = milestone.current_revision.edtf
    other = LATER_DATES if edtf == DATES[number] else DATES
    return other[number], PRECISIONS[number]


def by_slug(calendar: Component) -> dict[str, dict[str, list]]:
    told = {}
    for name, properties, parts in calendar[2]:
        assert (name, parts) == ("vevent", [])
        assert [one[0] for one in properties if one[0] not in SOMETIMES] == WRITTEN
        assert all(parameters == {} for _, parameters, *_ in properties)
        values = {one[0]: one[3:] for one in properties}
        told[values["url"][0].removeprefix(LINK).removesuffix("/")] = values
    return told


def arrived(told: dict[str, list], given: dict[str, str], *, slug: str) -> None:
    """Each text, without its controls; what was too long ends in an ellipsis."""
    (summary,), (description,) = told["summary"], told["description"]
    assert len(summary) <= 120
    title = on_one_line(given["title"])
    if len(summary) < 120 and "…" not in summary.replace(title, "", 1):
        assert title in summary
    place = on_one_line(given["place"])
    assert told.get("location", [""]) == ["" if "://" in given["place"] else place]
    assert description.endswith(f"{LINK}{slug}/")
    reason = on_one_line(given["reason"])
    if reason and len(f"Why: {reason}") <= 300:
        assert f"\nWhy: {reason}\n" in description
    assert f"Said by {on_one_line(given['publisher'])}".strip() in description
    first_line, summary_lines = description.split("\n")[0], description.split("\n\n")[1:-1]
    assert first_line.startswith("When: ")
    if len(given["summary"]) <= 1500:
        assert on_one_line(" ".join(summary_lines)) == on_one_line(given["summary"])
    groups = [on_one_line(given[name].translate(NO_ESCAPES)) for name in ("group", "tag")]
    named = [*dict.fromkeys(group for group in groups if group)]
    assert told.get("categories", [])[: len(named)] == named


quickly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink 35 texts takes minutes
)


@pytest.mark.ical_js
@pytest.mark.libical
@quickly
@given(given=st.lists(filled, min_size=5, max_size=5))
def test_four_parsers_read_what_we_were_given_and_nothing_else(
    read_by_all, milestones, moments, given
):
    for milestone, one in zip(milestones, given, strict=True):
        milestone.refresh_from_db()
        fill(milestone, one, at=next(moments))

    response = Client().get(ALL)

    assert response.status_code == 200
    told = by_slug(read_by_all(response.content))
    assert sorted(told) == sorted(milestone.slug for milestone in milestones)
    for milestone, one in zip(milestones, given, strict=True):
        arrived(told[milestone.slug], one, slug=milestone.slug)


@pytest.mark.ical_js
@pytest.mark.libical
@quickly
@given(given=st.lists(filled, min_size=5, max_size=5), options=st.sampled_from(sorted(PARTS)))
def test_they_read_it_alike_whatever_is_asked_for(read_by_all, milestones, moments, given, options):
    for milestone, one in zip(milestones, given, strict=True):
        milestone.refresh_from_db()
        fill(milestone, one, at=next(moments))

    response = Client().get(f"{ALL}?{options}")

    assert response.status_code == 200
    _, _, events = read_by_all(response.content)
    names = [name for _, _, parts in events for name, _, _ in parts]
    assert (len(events), names) == (PARTS[options][0], ["valarm"] * PARTS[options][1])
    for _, properties, parts in events:
        # A digest was not created once.
        assert {one[0] for one in properties} - SOMETIMES | {"created"} == {*WRITTEN}
        title = next(one[3] for one in properties if one[0] == "summary")
        assert [alarm[1][:2] for alarm in parts] == [
            [["action", {}, "text", "DISPLAY"], ["description", {}, "text", title]]
        ] * len(parts)
    if options == "year=digest":
        ((told,),) = [
            [one[3] for one in properties if one[0] == "description"]
            for _, properties, _ in events
            if any(one[0] == "uid" and one[3].startswith("digest") for one in properties)
        ]
        assert on_one_line(given[4]["title"]) in told
