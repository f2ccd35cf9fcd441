"""Entries are rendered once per revision and shared: always what a fresh process would write."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.calendars.rows import NOVEMBER, a_milestone, current, say
from tests.calendars.strict import entries
from tests.clock import NOON
from tests.factories import OrganisationFactory, ProgrammeFactory, TagFactory
from timeline import publishing
from timeline.ical import calendar, facts, fragments
from timeline.ical.calendar import Feed, Settings
from timeline.ical.current import Current
from timeline.ical.kept import Kept
from timeline.ical.options import DEFAULT, Options
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


def several(count: int) -> list[Milestone]:
    tag = TagFactory()
    made = [a_milestone(f"Launch {n}", uid=uuid4(), slug=f"launch-{n}") for n in range(count)]
    for milestone in made:
        milestone.tags.add(tag)
        say(milestone, "2027-25", at=NOON - timedelta(days=9))
        say(milestone, "2027-26")
    return made


def body(**changed: object) -> bytes:
    feed = Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        **changed,  # type: ignore[arg-type]
    )
    return calendar.write(feed, month=NOVEMBER).body


def forget() -> None:
    fragments.forget_all()
    facts.forget_all()


# ---- what is rendered, and what is asked of the database -----------------------------------------


@pytest.mark.parametrize("count", [3, 40])
def test_the_number_of_queries_does_not_depend_on_how_many_there_are(count):
    milestones = several(count)

    with CaptureQueriesContext(connection) as cold:
        body()
    with CaptureQueriesContext(connection) as warm:
        body()
    say(milestones[0], "2027-27", at=LATER)
    with CaptureQueriesContext(connection) as edited:
        body()

    assert (len(cold), len(warm), len(edited)) == (6, 2, 6)


def test_after_an_edit_one_entry_is_rendered_for_all_feeds(monkeypatch):
    milestones = several(5)
    rendered: list[str] = []
    render = fragments.entries

    def counted(milestone: Milestone, options: Options):
        rendered.append(milestone.slug)
        return render(milestone, options)

    monkeypatch.setattr(fragments, "entries", counted)
    body()
    say(milestones[3], "2027-27", at=LATER)
    body(settings=Settings(4, LATER))
    body(options=Options(past="all", cancelled="drop", upto="year"))

    assert sorted(rendered[:5]) == [f"launch-{n}" for n in range(5)]
    assert rendered[5:] == ["launch-3"]


@pytest.mark.parametrize(
    "options",
    [
        {"vague": "end"},
        {"vague": "span"},
        {"vague": "span", "long": "1"},
        {"days": "each"},
        {"busy": "1"},
        {"allday": "1"},
        {"prefix": "0"},
        {"alarms": ("1d",)},
    ],
)
def test_entries_that_look_different_are_kept_apart(options):
    assert fragments.look_of(Options(**options)) != fragments.look_of(
        Options(vague="span") if "long" in options else DEFAULT
    )


@pytest.mark.parametrize(
    "options",
    [{"upto": "day"}, {"year": "digest"}, {"cancelled": "drop"}, {"past": "0"}, {"vague": "none"}],
)
def test_what_only_chooses_milestones_shares_their_entries(options):
    assert fragments.look_of(Options(**options)) == fragments.look_of(DEFAULT)


def test_another_host_has_entries_of_its_own(settings):
    several(1)
    settings.MILEPOST_BASE_URL = "https://one.example"
    one = body()
    settings.MILEPOST_BASE_URL = "https://two.example"

    assert body() == one.replace(b"one.example", b"two.example")


def test_a_percent_sign_is_no_hole():
    milestone = a_milestone("100 % %b %d %(x)s %%")
    say(milestone, "2027")

    (only,) = entries(body())

    assert only["SUMMARY"] == "~ 100 % %b %d %(x)s %% (2027)"


def test_a_line_that_looks_like_a_hole_is_text():
    say(a_milestone(summary="x\nDTSTAMP:1\nSEQUENCE:7"), "2027")

    (only,) = entries(body(settings=Settings(2, LATER)))

    assert only["SEQUENCE"] == "2"
    assert "DTSTAMP:1\nSEQUENCE:7" in only["DESCRIPTION"]


def test_what_changes_between_two_queries_is_read_again(monkeypatch):
    """The members are read, then somebody publishes, then the entries are."""
    milestone = a_milestone()
    say(milestone, "2027-25")
    found, pending = fragments.of_revisions, [lambda: say(milestone, "2027-26", at=LATER)]

    def meanwhile(*args: object):
        if pending:
            pending.pop()()
        return found(*args)

    monkeypatch.setattr(fragments, "of_revisions", meanwhile)
    (only,) = entries(body())

    assert only["SUMMARY"] == "~ LUPEX launch (summer 2027)"
    assert only["LAST-MODIFIED"] == "20261123T120000Z"


def test_where_everything_always_changes_apps_are_told_to_come_again(monkeypatch):
    say(a_milestone(), "2027-25")
    monkeypatch.setattr(fragments, "of_revisions", lambda *_: fragments.Found({}, {}))

    with pytest.raises(calendar.FeedBrokenError):
        body()


# ---- a revision's entries never change -----------------------------------------------------------


def edited(**fields: object):
    return lambda milestone: publishing.edit(milestone, fields, at=LATER)


def renamed(find, field: str):
    """As the admin does: the row, then a revision of whatever shows it."""

    def rename(milestone: Milestone) -> None:
        row = find(milestone)
        setattr(row, field, "Another")
        row.save()
        publishing.publish_again([milestone], because="name", at=LATER)

    return rename


CHANGES = {
    "title": edited(title="Another"),
    "slug": edited(slug="another"),
    "summary": edited(summary="Another"),
    "place": edited(place="Another"),
    "home zone": edited(home_zone="America/New_York"),
    "hemisphere": edited(hemisphere="S"),
    "fiscal year": edited(fiscal="us"),
    "programme": lambda one: publishing.edit(one, {"programme": ProgrammeFactory()}, at=LATER),
    "tags": lambda one: publishing.edit(one, {}, tags=[TagFactory(name="Another")], at=LATER),
    "programme's title": renamed(lambda one: one.programme, "title"),
    "tag's name": renamed(lambda one: one.tags.get(), "name"),
    "publisher": renamed(lambda one: current(one).statement.source, "publisher"),
    "date": lambda one: say(one, "2027-28", at=LATER),
    "certainty": lambda one: say(one, "2027-26", certainty="tbc", at=LATER),
    "reason": lambda one: say(one, "2027-27", reason="Another", at=LATER),
    "source's day": lambda one: say(one, "2027-26", on=LATER.date(), at=LATER),
    "withdrawn": lambda one: publishing.withdraw(
        current(one).statement, reason="Not said.", at=LATER
    ),
    "rebuilt": publishing.rebuild,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_an_entry_shows_comes_with_another_revision(change):
    (milestone,) = several(1)
    before = body()

    change(milestone)
    shared = body()
    forget()

    assert shared == body()
    assert (shared == before) == (change is publishing.rebuild)


def test_an_organisation_is_not_shown_in_an_entry():
    (milestone,) = several(1)
    before = body()

    milestone.programme.organisations.add(OrganisationFactory())
    forget()

    assert body() == before


# ---- how much is kept ----------------------------------------------------------------------------


def test_what_was_not_asked_for_the_longest_goes_first():
    kept: Kept[str, bytes] = Kept(room=10, size=len)
    kept.keep({"a": b"aaaa", "b": b"bbbb"})
    kept.find(["a"])
    kept.keep({"c": b"cccc"})

    assert kept.find("abc") == {"a": b"aaaa", "c": b"cccc"}


def test_what_is_kept_twice_takes_its_room_once():
    kept: Kept[str, bytes] = Kept(room=10, size=len)
    for _ in range(9):
        kept.keep({"a": b"aaaa"})
    kept.keep({"b": b"bbbb"})

    assert kept.find("ab") == {"a": b"aaaa", "b": b"bbbb"}


def test_what_is_larger_than_all_room_is_not_kept():
    kept: Kept[str, bytes] = Kept(room=10, size=len)
    kept.keep({"a": b"a" * 11})

    assert kept.find("a") == {}


def test_what_cannot_be_written_is_tried_and_logged_once(caplog):
    say(a_milestone(), "9999-12-31")
    revisions = Milestone.objects.values_list("current_revision", flat=True)

    looks = [fragments.of_revisions(revisions, DEFAULT) for _ in range(3)]

    reason = "The date is the last that computers can count; an entry ends a day later."
    assert [[*one.broken.values()] for one in looks] == [[reason]] * 3
    assert len(caplog.records) == 1


def test_a_database_that_goes_away_is_not_taken_for_a_bad_row(monkeypatch):
    say(a_milestone(), "2027-25")
    revisions = [*Milestone.objects.values_list("current_revision", flat=True)]

    def away(*_: object) -> None:
        raise OperationalError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(fragments, "entries", away)
        with pytest.raises(OperationalError):
            fragments.of_revisions(revisions, DEFAULT)

    assert list(fragments.of_revisions(revisions, DEFAULT).ready) == revisions
