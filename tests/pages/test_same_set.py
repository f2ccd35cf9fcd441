"""Pages, API, calendars and feeds of changes show the same milestones with the same dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.clock import NOON
from tests.factories import MilestoneFactory, mark_overdue, state
from tests.pages.seen import get, texts
from tests.timeline.feeds.strict import entries
from timeline import choosing
from timeline.changes import StatementKind
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Milestone, Organisation, Programme, Tag

pytestmark = pytest.mark.django_db

Row = dict[str, Any]
NO_NEWS = ("unchanged", "edited")


@pytest.fixture(scope="module")
def api(django_db_setup, django_db_blocker) -> Iterator[dict[str, dict[str, Row]]]:
    """The rows of the API for each query: all others are held against it.

    They, and what they are read from, are made once and stand until the last test of this file.
    """
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(MILEPOST_API_RATE="9999/min"),
    ):
        content()
        found = {query: in_api(query) for query in asked()}
        assert len(found[""]) == 32 + 10
        assert all(found.values())
        yield found
        transaction.set_rollback(True)


def content() -> None:
    """The first content, and in one of its programmes whatever else can become of a date."""
    import_files(FIRST_CONTENT, at=NOON - timedelta(days=90))
    a_case("draft")
    a_case("vague", "spring 2027", "NET March 2027", "around 2029")
    a_case("deadline", "by 2028")
    a_case("timed", "15 March 2027", "15 March 2027 17:30 IST")
    state(a_case("contradicted", "June 2027"), "2031", standing="dissent")
    a_case("moved and cancelled", "2027", "cancelled")
    a_case("cancelled and planned again", "2027", "cancelled", "2028")
    a_case("undated", "2027", "TBD")
    a_case("never dated", "TBD")
    landed = a_case("landed", "2025")
    state(landed, "3 March 2026", kind=StatementKind.OCCURRED)
    a_case("overdue", "August 2026")
    mark_overdue(at=NOON)


def a_case(title: str, *sayings: str) -> Any:
    milestone = MilestoneFactory(title=title, programme=Programme.objects.get(slug="lupex"))
    milestone.tags.add(*Tag.objects.filter(slug__in=["moon", "launch"]))
    for number, words in enumerate(sayings):
        on = date(2026, 1, 1) + timedelta(days=number)
        state(milestone, words, on=on, at=NOON - timedelta(days=80 - number))
    return milestone


# ---- what can be asked for -----------------------------------------------------------------------


def asked() -> list[str]:
    """Everything, and each group by its name, as a query."""
    several = ["kind=launch&organisation=jaxa,isro", "programme=lupex,nisar&tag=moon"]
    return ["", *(f"{name}={slug}" for name, slug in groups()), *several]


def groups() -> list[tuple[str, str]]:
    found = [(one.name, slug) for one in choosing.parameters() for slug in one.values]
    assert {name for name, _ in found} == set(choosing.NAMES)
    return found


def in_api(query: str) -> dict[str, Row]:
    """By slug; all pages of the list."""
    found, address = {}, f"/api/v1/milestones/?limit=200&{query}".rstrip("&")
    while address:
        answer = Client().get(address).json()
        found.update({row["slug"]: row for row in answer["results"]})
        address = answer["next"]
    return found


def in_calendar(query: str) -> dict[str, Any]:
    """When each entry begins, by slug."""
    address = f"/calendar/some.ics?past=all&{query}" if query else "/calendar/all.ics?past=all"
    read = icalendar.Calendar.from_ical(Client().get(address).content)
    events = [one for one in read.walk("VEVENT") if "/milestones/" in one["URL"]]
    found = {slug_of(entry["URL"]): entry["DTSTART"].dt for entry in events}
    assert len(found) == len(events)
    return found


def in_jcal(query: str) -> dict[str, str]:
    """The same from the other notation, as it writes days and times."""
    name = f"some.jcal.json?past=all&{query}" if query else "all.jcal.json?past=all"
    answer = Client().get(f"/calendar/{name}")
    assert answer.headers["Content-Type"] == "application/calendar+json"
    events = [
        {name: value for name, _, _, value, *_ in properties}
        for kind, properties, _ in answer.json()[2]
        if kind == "vevent"
    ]
    shown = [event for event in events if "/milestones/" in event["url"]]
    return {slug_of(event["url"]): event["dtstart"] for event in shown}


def in_news(query: str) -> dict[str, Row]:
    """What the newest change of each milestone has led to, by slug."""
    address = f"/changes/some.json?{query}" if query else "/changes/all.json"
    items = Client().get(address).json()["items"]
    assert len(items) < 100
    return {one["_milepost"]["milestone"]["slug"]: one["_milepost"] for one in reversed(items)}


def slug_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


# ---- what they must agree on ---------------------------------------------------------------------


def test_each_group_has_its_own_milestones(api):
    milestones = Milestone.objects.published()
    of_group = {
        "programme": lambda slug: milestones.filter(programme__slug=slug),
        "organisation": lambda slug: milestones.filter(programme__organisations__slug=slug),
        "tag": lambda slug: milestones.filter(tags__slug=slug),
        "kind": lambda slug: milestones.filter(tags__slug=slug),
    }
    for name, slug in groups():
        assert api[f"{name}={slug}"].keys() == {one.slug for one in of_group[name](slug)}


def test_pages_show_the_same_words(api):
    for query, rows in api.items():
        page = get(f"/?{query}") + get(f"/past/?{query}")

        shown = dict(zip(texts(page, "h3"), texts(page, ".chip"), strict=True))
        assert shown == {row["title"]: row["date"]["words"] for row in rows.values()}, query


@pytest.mark.parametrize("kind", [Programme, Organisation, Tag])
def test_the_page_of_a_group_shows_the_same_words(api, kind):
    for group in kind.objects.all():
        page = get(group.get_absolute_url())

        shown = dict(zip(texts(page, "h3"), texts(page, ".chip"), strict=True))
        rows = api[f"{kind._meta.model_name}={group.slug}"].values()
        assert shown == {row["title"]: row["date"]["words"] for row in rows}, group


def test_calendars_have_an_entry_on_the_same_day_for_each_that_has_a_date(api):
    for query, rows in api.items():
        dated = {slug: row for slug, row in rows.items() if row["date"]["edtf"]}

        assert in_calendar(query) == {slug: begins(row) for slug, row in dated.items()}, query


def test_jcal_says_the_same_as_the_text(api):
    for query in api:
        days = {slug: as_in_jcal(begins) for slug, begins in in_calendar(query).items()}

        assert in_jcal(query) == days, query


def as_in_jcal(moment: date | datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()


def begins(row: Row) -> date | datetime:
    """At the time, or on the first possible day; on the last of a deadline, or once it is over."""
    stated = row["date"]
    if stated["at"]:
        return datetime.fromisoformat(stated["at"]).astimezone(UTC)
    is_last = stated["mode"] == "by" or (row["overdue"] and stated["mode"] != "span")
    return date.fromisoformat(stated["latest" if is_last else "earliest"])


def test_the_newest_change_of_each_has_led_to_what_is_published(api):
    same = ["words", "edtf", "qualifier", "precision", "mode", "earliest", "latest", "zone"]
    for query, rows in api.items():
        changed = {slug: row for slug, row in rows.items() if has_changed(row)}
        told = in_news(query)

        assert told.keys() == changed.keys(), query
        for slug, row in changed.items():
            after = told[slug]["after"]
            assert {name: after[name] for name in same} == {
                name: row["date"][name] for name in same
            }
            assert (after["status"], told[slug]["programme"]["slug"]) == (
                row["status"],
                row["programme"]["slug"],
            )


def has_changed(row: Row) -> bool:
    """Whether any date was ever given or taken: what only was without one had no change."""
    return any(one["change"]["kind"] not in NO_NEWS for one in row["revisions"])


def test_atom_tells_the_same_changes_as_json_feed_and_the_ledger(api):
    for query in api:
        name = f"some.{{}}?{query}" if query else "all.{}"
        atom = entries(Client().get(f"/changes/{name.format('atom')}").content)
        items = Client().get(f"/changes/{name.format('json')}").json()["items"]

        assert [(one["id"], one["title"], one["link"]) for one in atom] == [
            (one["id"], one["title"], one["url"]) for one in items
        ]
        assert sorted(in_ledger(query)) == sorted(as_in_ledger(one) for one in items), query


def in_ledger(query: str) -> list[tuple[str, str]]:
    """The name with what changed, and the new date, of each line of all its pages."""
    found, number, more = [], 1, True
    while more:
        page = get(f"/changes/?{query}&page={number}".replace("?&", "?"))
        dates = [text.rpartition("→ to ")[2] for text in texts(page, ".ledger-dates")]
        found += zip(texts(page, ".ledger-what"), dates, strict=True)
        number, more = number + 1, "Older" in "".join(texts(page, ".pager"))
    return found


def as_in_ledger(item: Row) -> tuple[str, str]:
    change, _, dates = item["summary"].partition(": ")
    return f"{item['_milepost']['milestone']['title']} {change}", dates.rpartition("→ ")[2]
