"""Whatever changes in a calendar raises what apps look at: LAST-MODIFIED, DTSTAMP, SEQUENCE."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.calendars.feeds import of_group
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, say
from tests.calendars.strict import Component, entries, read
from tests.clock import NOON
from tests.factories import OrganisationFactory, ProgrammeFactory, TagFactory
from timeline import publishing
from timeline.ical import calendar, fragments, rendering
from timeline.ical.calendar import Feed, Settings
from timeline.ical.current import Current
from timeline.ical.feed import public_list_id
from timeline.ical.options import Options
from timeline.ical.rendering import UNTOUCHED, Rendering
from timeline.models import Edition, Milestone

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)
MUCH_LATER = NOON + timedelta(days=6)


def feed(milestones=None, *, settings: Settings = UNTOUCHED, **options: str) -> Feed:
    return Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published() if milestones is None else milestones),
        list_id="all",
        options=Options(**options),  # type: ignore[arg-type]
        settings=settings,
    )


def body(*given, month: date = NOVEMBER, **options) -> bytes:
    return calendar.write(feed(*given, **options), month=month).body


def another(title: str, **fields: object) -> Milestone:
    return a_milestone(title, uid=uuid4(), slug=f"s-{uuid4()}", **fields)


def stamps(entry: Component) -> tuple[str, str, str]:
    return entry["DTSTAMP"], entry["LAST-MODIFIED"], entry["SEQUENCE"]


# ---- settings and rendering


def test_other_options_raise_every_entry_and_the_calendar():
    milestone = a_milestone()
    say(milestone, "2027-25", at=NOON - timedelta(days=1))
    say(milestone, "2027-26", at=NOON)

    changed = read(body(settings=Settings(number=3, changed_at=LATER)))

    assert changed["LAST-MODIFIED"] == "20261123T120000Z"
    assert stamps(changed.parts[0]) == ("20261123T120001Z", "20261123T120001Z", "4")


def test_a_revision_after_the_change_of_options_raises_its_entry_further():
    milestone = a_milestone()
    say(milestone, "2027-25")
    publishing.edit(milestone, {"place": "Tanegashima"}, at=MUCH_LATER)

    changed = read(body(settings=Settings(number=3, changed_at=LATER)))

    assert changed["LAST-MODIFIED"] == "20261126T120000Z"
    assert stamps(changed.parts[0]) == ("20261126T120000Z", "20261126T120000Z", "3")


def test_other_words_of_ours_raise_every_entry_and_the_calendar(monkeypatch):
    say(a_milestone(), "2027-25")
    raised = Rendering(number=2, changed_at=LATER)
    monkeypatch.setattr(rendering, "RENDERING", raised)

    changed = read(body(settings=Settings(number=3, changed_at=NOON)))

    assert changed["LAST-MODIFIED"] == "20261123T120002Z"
    assert stamps(changed.parts[0]) == ("20261123T120002Z", "20261123T120002Z", "5")


@pytest.mark.parametrize("owned", [Settings(), Settings(number=3, changed_at=MUCH_LATER)])
def test_other_words_raise_also_what_changed_before_they_were_installed(monkeypatch, owned):
    say(a_milestone(), "2027-25", at=MUCH_LATER)
    before = read(body(settings=owned))
    fragments.forget_all()
    monkeypatch.setattr(rendering, "RENDERING", Rendering(number=1, changed_at=LATER))

    after = read(body(settings=owned))

    assert before["LAST-MODIFIED"] == stamps(before.parts[0])[1] == "20261126T120000Z"
    assert after["LAST-MODIFIED"] == stamps(after.parts[0])[1] == "20261126T120001Z"


def test_parts_of_a_second_and_other_zones_do_not_reach_the_bytes():
    say(a_milestone(), "2027-25")
    changed_at = LATER.replace(microsecond=999_999)

    changed = read(body(settings=Settings(number=1, changed_at=changed_at)))

    assert changed["LAST-MODIFIED"] == "20261123T120000Z"


def test_the_note_that_nothing_is_dated_is_raised_too():
    (note,) = entries(body(settings=Settings(number=1, changed_at=LATER)))

    assert stamps(note) == (
        "20261123T120000Z",
        "20261123T120000Z",
        str(date(2026, 11, 23).toordinal()),
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Another"},
        {"path": "/calendar/other.ics"},
        {"page": "/other/"},
        {"list_id": "other"},
        {"is_public": False},
        {"options": Options(vague="end")},
        {"settings": Settings(1, NOON)},
    ],
)
def test_the_signature_covers_the_whole_feed(changed):
    say(a_milestone(), "2027-25")
    given = {
        "name": "Milepost",
        "path": "/calendar/all.ics",
        "page": "/",
        "current": Current(Milestone.objects.published()),
        "list_id": "all",
    }
    one, other = Feed(**given), Feed(**{**given, **changed})
    read_of_one = calendar.basis(one, month=NOVEMBER)

    assert read_of_one.signature(one) == calendar.basis(one, month=NOVEMBER).signature(one)
    assert read_of_one.signature(one) != calendar.basis(other, month=NOVEMBER).signature(other)


def test_the_signature_covers_what_raises_a_digest_from_elsewhere():
    ours, theirs = ProgrammeFactory(), ProgrammeFactory()
    say(another("Ours", programme=ours), "2027")
    feed = replace(of_group(ours), options=Options(year="digest"))
    before = calendar.basis(feed, month=NOVEMBER)

    say(another("Theirs", programme=theirs), "2027")
    after = calendar.basis(feed, month=NOVEMBER)

    assert after.members == before.members
    assert after.signature(feed) != before.signature(feed)


def test_the_signature_covers_revisions_years_and_months():
    milestone = a_milestone()
    one = feed(year="digest")
    found = []
    for change in (
        lambda: say(milestone, "2027"),
        lambda: publishing.edit(milestone, {"place": "Tanegashima"}, at=NOON),
        lambda: say(another("Other", programme=ProgrammeFactory()), "2027"),
        lambda: Edition.objects.regrouped(at=MUCH_LATER),
    ):
        change()
        found.append(calendar.basis(one, month=NOVEMBER).signature(one))
    found.append(calendar.basis(one, month=date(2026, 12, 1)).signature(one))

    assert len(set(found)) == 5


# ---- groups


def test_the_feed_that_a_milestone_left_is_modified_by_that():
    left, joined, tag = ProgrammeFactory(slug="left"), ProgrammeFactory(), TagFactory(slug="tag")
    milestone, stays = another("Launch", programme=left), another("Landing", programme=left)
    milestone.tags.add(tag)
    for one in (milestone, stays):
        say(one, "2027-25")
    feeds = [of_group(left), of_group(tag)]
    before = [calendar.write(one, month=NOVEMBER).last_modified for one in feeds]

    publishing.edit(milestone, {"programme": joined}, tags=[], at=LATER)

    assert before == [NOON, NOON]
    assert [calendar.write(one, month=NOVEMBER).last_modified for one in feeds] == [LATER, LATER]


# ---- digests


def digest(*given, **more) -> Component:
    """The first one."""
    found = entries(body(*given, year="digest", **more))
    return next(one for one in found if one["UID"].startswith("digest-"))


def test_a_digest_lists_what_is_known_to_its_year_by_name():
    say(another("Zond"), "2027")
    say(another("apophis, flyby"), "2027", "year", "~")
    say(another("Moon"), "2027", "year", "?")
    say(another("Other year"), "2028")
    say(another("Month"), "2027-05")

    found = [one for one in entries(body(year="digest")) if "digest" in one["UID"]]

    assert [one["SUMMARY"] for one in found] == [
        "~ Some time in 2027: 3 milestones",
        "~ Some time in 2028: 1 milestone",
    ]
    assert found[0]["DESCRIPTION"] == (
        "Of these only the year is known:\n"
        "• apophis, flyby (around 2027)\n"
        "• Moon (possibly 2027)\n"
        "• Zond\n"
        "\n"
        "http://localhost:8000/"
    )
    assert found[0].lines[:1] + found[0].lines[4:6] + found[0].lines[8:] == [
        ("UID", "digest-2027-all@localhost"),
        ("DTSTART;VALUE=DATE", "20270101"),
        ("DTEND;VALUE=DATE", "20270102"),
        ("URL", "http://localhost:8000/"),
        ("STATUS", "TENTATIVE"),
        ("TRANSP", "TRANSPARENT"),
        ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
        ("CATEGORIES", "Date approximate"),
    ]


def test_a_very_long_digest_says_how_many_more_there_are():
    for number in range(103):
        say(another(f"Launch {number:03}"), "2027")

    lines = digest()["DESCRIPTION"].split("\n")

    assert lines[1] == "• Launch 000"
    assert lines[100:102] == ["• Launch 099", "… and 3 more"]
    assert digest()["SUMMARY"] == "~ Some time in 2027: 103 milestones"


def test_a_name_of_several_lines_is_one_line_of_a_digest():
    say(another("Moon\r\nBEGIN:VALARM"), "2027")

    assert digest()["DESCRIPTION"].split("\n")[1] == "• Moon BEGIN:VALARM"


def regroup(milestone: Milestone) -> None:
    milestone.programme.organisations.clear()
    Edition.objects.regrouped(at=NOON)


CHANGES = {
    "comes": lambda _: say(another("Third"), "2027", at=NOON),
    "comes, imported with an earlier day": lambda _: say(
        another("Third"), "2027", at=NOON - timedelta(days=30)
    ),
    "is renamed": lambda one: publishing.edit(one, {"title": "Another"}, at=NOON),
    "is firmed": lambda one: say(one, "2027-05", at=NOON),
    "is moved to another year": lambda one: say(one, "2028", at=NOON),
    "is more doubtful": lambda one: say(one, "2027", "year", "?", at=NOON),
    "is cancelled": lambda one: cancel(one, at=NOON),
    "leaves the programme": lambda one: publishing.edit(
        one, {"programme": ProgrammeFactory()}, at=NOON
    ),
    "leaves an organisation": regroup,
}


@pytest.mark.parametrize("newest", [NOON, LATER], ids=["at once", "after news of others"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_digest_rises_whenever_what_stands_in_it_changes(change, newest):
    """All in the same second, or committed late, which is when it is hardest."""
    organisation = OrganisationFactory()
    lupex = a_milestone("First").programme
    lupex.organisations.add(organisation)
    first = Milestone.objects.get(title="First")
    for milestone in (first, another("Second")):
        say(milestone, "2027", at=NOON)
    theirs = Milestone.objects.published().of_organisation(organisation)
    alone = another("Alone", programme=ProgrammeFactory())
    alone.programme.organisations.add(organisation)
    say(alone, "2027", at=newest)
    before = digest(theirs)

    change(first)
    after = digest(theirs)

    assert after["DESCRIPTION"] != before["DESCRIPTION"]
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
    assert after["DTSTAMP"] == after["LAST-MODIFIED"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_digest_that_was_gone_comes_back_later_than_it_went():
    first = another("First")
    say(first, "2027", at=NOON)
    seen = [int(digest()["SEQUENCE"])]
    for _ in range(3):
        say(first, "2027-05", at=NOON)
        assert [one["UID"] for one in entries(body(year="digest"))] == [
            f"milestone-{first.uid}@localhost"
        ]
        say(first, "2027", at=NOON)
        seen.append(int(digest()["SEQUENCE"]))

    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    "changed", [Settings(1, NOON), Settings(1, NOON - timedelta(days=3)), Settings(1, LATER)]
)
def test_other_options_raise_a_digest_whenever_they_are_changed(changed):
    say(another("First"), "2027", at=NOON)

    before, after = digest(), digest(settings=changed)

    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_digest_does_not_know_the_month_of_a_request():
    say(another("First"), "2027", at=NOON)

    assert digest(month=NOVEMBER).lines == digest(month=date(2027, 6, 1)).lines


def test_a_sequence_fits_into_what_apps_count_with():
    say(another("First"), "2087", at=datetime(2087, 12, 31, tzinfo=UTC))

    assert int(digest(month=date(2087, 12, 1))["SEQUENCE"]) < 2**31


# ---- names


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/calendar/all.ics", "calendar-all.ics"),
        ("/calendar/tag/moon.ics", "calendar-tag-moon.ics"),
        ("/calendar/all.ics?vague=end", "calendar-all.ics-cbe39a511cfc"),
    ],
)
def test_a_public_list_is_named_by_its_address_for_ever(address, name):
    assert public_list_id(address) == name


def test_a_private_calendar_does_not_tell_its_address():
    say(a_milestone(), "2027")
    private = Feed(
        name="Mine",
        path="/f/secret/mine.ics",
        page="/calendar/",
        current=Current(Milestone.objects.published()),
        list_id="an-id",
        options=Options(year="digest"),
        is_public=False,
    )

    for milestones in (Milestone.objects.published(), Milestone.objects.none()):
        hidden = replace(private, current=Current(milestones))
        whole = calendar.write(hidden, month=NOVEMBER).body.replace(b"\r\n ", b"")
        assert b"secret" not in whole
        assert b"SOURCE" not in whole
        assert b"-an-id@localhost" in whole
