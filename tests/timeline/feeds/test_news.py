"""What a feed of changes tells, and of which changes."""

import logging
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.calendars.rows import a_milestone, cancel, happen, overdue, say
from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    state,
)
from tests.timeline.feeds.told import atom, items, json_feed, made, titles
from timeline import publishing
from timeline.feeds import news
from timeline.feeds.news import NewsBrokenError
from timeline.models import Edition, Source

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def slipped():
    milestone = a_milestone()
    milestone.tags.add(TagFactory.create(slug="moon", name="Moon"))
    source = SourceFactory(publisher="JAXA", title="Plans & delays", grade="A")
    say(milestone, "2027-25", at=NOON - A_DAY, source=source)
    say(milestone, "2027-27", source=source, reason="The <lander> is late.")
    return milestone


# ---- one entry ---------------------------------------------------------------------------------


def test_an_entry_of_atom_says_what_moved_how_far_why_and_who_said_so(slipped):
    source = Source.objects.get()

    newest = atom()[0]

    assert newest == {
        "title": "LUPEX launch: spring 2027 → autumn 2027",
        "id": "urn:uuid:e84625ed-fe1c-5e57-9d65-deca9d4597e4",
        "link": "http://localhost:8000/milestones/lupex-launch/",
        "via": source.url,
        "published": "2026-11-20T12:00:00+00:00",
        "updated": "2026-11-20T12:00:00+00:00",
        "summary": "slip ≈ 6 months: spring 2027 → autumn 2027",
        "category": "",
        "content": (
            "<p>slip ≈ 6 months: spring 2027 → autumn 2027</p>"
            "<p>at least 3 months, at most 9 months</p>"
            "<p>Why: The &lt;lander&gt; is late.</p>"
            "<p>“in their own words” – JAXA: Plans &amp; delays, 20 November 2026</p>"
            '<p><a href="http://localhost:8000/milestones/lupex-launch/">LUPEX launch</a> · '
            '<a href="http://localhost:8000/programmes/lupex/">LUPEX</a> · '
            f'<a href="{source.url}">JAXA</a></p>'
        ),
    }


@pytest.mark.django_db(transaction=True)
def test_an_entry_says_that_it_was_withdrawn_since_and_old_bytes_are_known_to_be_old(slipped):
    first = slipped.statements.in_order_said().first()
    edition = Edition.objects.number()

    publishing.withdraw(first, at=NOON, reason="<Another> mission")

    content = atom()[-1]["content"]
    assert "<p>Withdrawn on 20 November 2026: &lt;Another&gt; mission</p>" in content
    assert "Withdrawn" not in atom()[0]["content"]
    assert Edition.objects.number() > edition


def test_an_entry_of_json_feed_says_the_same_and_its_figures(slipped):
    source = Source.objects.get()

    newest = items()[0]

    assert newest == {
        "id": atom()[0]["id"],
        "url": "http://localhost:8000/milestones/lupex-launch/",
        "external_url": source.url,
        "title": "LUPEX launch: spring 2027 → autumn 2027",
        "summary": "slip ≈ 6 months: spring 2027 → autumn 2027",
        "content_html": atom()[0]["content"],
        "content_text": (
            "slip ≈ 6 months: spring 2027 → autumn 2027\n"
            "at least 3 months, at most 9 months\n"
            "Why: The <lander> is late.\n"
            "“in their own words” – JAXA: Plans & delays, 20 November 2026\n"
            "http://localhost:8000/milestones/lupex-launch/"
        ),
        "date_published": "2026-11-20T12:00:00Z",
        "tags": ["slip", "LUPEX", "Moon"],
        "_milepost": {
            "milestone": {
                "uid": str(slipped.uid),
                "slug": "lupex-launch",
                "title": "LUPEX launch",
                "home_zone": "Asia/Tokyo",
            },
            "programme": {"slug": "lupex", "title": "LUPEX"},
            "revision": 2,
            "kind": "slip",
            "sub": "",
            "d_early": 184,
            "d_late": 183,
            "days": 184,
            "at_least": 93,
            "at_most": 274,
            "minutes": None,
            "promise_broken": True,
            "after_gap": False,
            "amount": "≈ 6 months",
            "before": {
                "status": "plan",
                "words": "spring 2027",
                "edtf": "2027-25",
                "qualifier": "",
                "precision": "season",
                "mode": "within",
                "earliest": "2027-03-01",
                "latest": "2027-05-31",
                "at": None,
                "zone": "Asia/Tokyo",
            },
            "after": {
                "status": "plan",
                "words": "autumn 2027",
                "edtf": "2027-27",
                "qualifier": "",
                "precision": "season",
                "mode": "within",
                "earliest": "2027-09-01",
                "latest": "2027-11-30",
                "at": None,
                "zone": "Asia/Tokyo",
            },
            "reason": "The <lander> is late.",
            "source": {
                "publisher": "JAXA",
                "title": "Plans & delays",
                "url": source.url,
                "grade": "A",
                "words": "in their own words",
                "said_on": "2026-11-20",
                "said_on_precision": "day",
            },
        },
    }


def test_a_feed_says_what_it_is_of(slipped):
    feed = json_feed("/changes/programme/lupex.json?change=slip,pull_in")

    assert {name: value for name, value in feed.items() if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "LUPEX: slip, pull-in – Milepost",
        "home_page_url": "http://localhost:8000/programmes/lupex/",
        "feed_url": "http://localhost:8000/changes/programme/lupex.json?change=slip,pull_in",
        "language": "en",
        "authors": [{"name": "Milepost", "url": "http://localhost:8000/"}],
    }


def test_the_categories_of_atom_are_those_of_the_lists(slipped):
    body = made("/changes/all.atom").body.decode()

    entry = body.partition("<entry>")[2].partition("</entry>")[0]
    assert entry.count("<category ") == 3
    for label, folder, term in [
        ("slip", "changes", "slip"),
        ("LUPEX", "programmes", "lupex"),
        ("Moon", "tags", "moon"),
    ]:
        scheme = f"http://localhost:8000/{folder}/"
        assert f'<category label="{label}" scheme="{scheme}" term="{term}"/>' in entry


def test_a_source_that_is_not_on_the_web_is_named_without_a_link():
    say(a_milestone(), "2027", source=SourceFactory(publisher="A letter", title="", url=""))

    assert "external_url" not in items()[0]
    assert items()[0]["content_text"].splitlines()[1] == (
        "“in their own words” – A letter, 20 November 2026"
    )


def test_an_address_that_is_not_of_the_web_is_no_link():
    source = SourceFactory(publisher="A trap")
    Source.objects.filter(pk=source.pk).update(url="javascript:alert(1)")
    source.refresh_from_db()
    say(a_milestone(), "2027", source=source)

    assert (items()[0].get("external_url"), items()[0]["_milepost"]["source"]["url"]) == (None, "")
    assert "javascript" not in made("/changes/all.atom").body.decode()


# ---- which changes -----------------------------------------------------------------------------


def test_every_kind_of_change_has_its_title():
    milestone = a_milestone()
    steps = [
        ("2028", {}),
        ("2028-06", {}),
        ("2028-07", {}),
        ("2028-04", {}),
        ("2028", {}),
        (None, {}),
        ("2029-04-03", {}),
    ]
    for number, (edtf, options) in enumerate(steps):
        say(milestone, edtf, at=NOON + number * A_DAY, **options)
    cancel(milestone, at=NOON + 8 * A_DAY)
    say(milestone, "2029-04-03", at=NOON + 9 * A_DAY)
    happen(milestone, "2029-04-05", at=NOON + 900 * A_DAY)

    told = [(one["_milepost"]["kind"], one["title"]) for one in reversed(items())]

    assert told == [
        ("first_dated", "LUPEX launch: 2028"),
        ("firmed", "LUPEX launch: 2028 → June 2028"),
        ("slip", "LUPEX launch: June 2028 → July 2028"),
        ("pull_in", "LUPEX launch: July 2028 → April 2028"),
        ("loosened", "LUPEX launch: April 2028 → 2028"),
        ("undated", "LUPEX launch: 2028 → no date"),
        ("slip", "LUPEX launch: no date → 3 April 2029"),
        ("cancelled", "LUPEX launch: 3 April 2029 → cancelled"),
        ("reinstated", "LUPEX launch: cancelled → 3 April 2029"),
        ("occurred", "LUPEX launch: 3 April 2029 → happened 5 April 2029"),
    ]


def test_what_happened_as_it_was_planned_says_its_day_once():
    milestone = a_milestone()
    say(milestone, "2026-11-20", at=NOON - A_DAY)
    happen(milestone, "2026-11-20")

    assert (titles()[0], items()[0]["summary"]) == (
        "LUPEX launch: happened 20 November 2026",
        "happened: 20 November 2026",
    )


def test_an_edit_a_repetition_and_a_passed_window_are_no_change(slipped):
    before = titles()

    publishing.edit(slipped, {"place": "Tanegashima"}, at=NOON + A_DAY)
    say(slipped, "2027-27", at=NOON + 2 * A_DAY)
    overdue(at=NOON + 900 * A_DAY)

    assert titles() == before


def test_a_draft_and_what_never_had_a_date_are_not_told():
    MilestoneFactory()
    state(MilestoneFactory(), "TBD")

    assert titles() == []


def test_what_was_published_last_comes_first():
    state(MilestoneFactory(title="Late"), "2027", on=date(2020, 5, 1), at=NOON)
    state(MilestoneFactory(title="Soon"), "2027", on=date(2026, 5, 1), at=NOON - A_DAY)

    assert titles() == ["Late: 2027", "Soon: 2027"]


def test_the_newest_hundred_are_told(monkeypatch):
    monkeypatch.setattr(news, "NEWEST", 3)
    for number in range(4):
        state(MilestoneFactory(title=f"No. {number}"), "2027", at=NOON + number * A_DAY)

    assert titles() == ["No. 3: 2027", "No. 2: 2027", "No. 1: 2027"]


# ---- filters -----------------------------------------------------------------------------------


@pytest.fixture
def two_programmes():
    """LUPEX of JAXA on the Moon, launched; NISAR of ISRO, landed."""
    for slug, organisation, tags in [
        ("lupex", "jaxa", ["moon", "launch"]),
        ("nisar", "isro", ["earth", "landing"]),
    ]:
        programme = ProgrammeFactory(slug=slug, title=slug.upper())
        programme.organisations.add(OrganisationFactory(slug=organisation))
        milestone = MilestoneFactory(title=slug.upper(), programme=programme)
        for tag in tags:
            milestone.tags.add(TagFactory(slug=tag, is_kind=tag in ("launch", "landing")))
        state(milestone, "2027", on=date(2026, 1, 1), at=NOON)
        state(milestone, "2028", on=date(2026, 2, 1), at=NOON)


LUPEX = ["LUPEX: 2027 → 2028", "LUPEX: 2027"]
NISAR = ["NISAR: 2027 → 2028", "NISAR: 2027"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/changes/all.atom", [NISAR[0], LUPEX[0], NISAR[1], LUPEX[1]]),
        ("/changes/programme/lupex.atom", LUPEX),
        ("/changes/organisation/isro.atom", NISAR),
        ("/changes/tag/moon.atom", LUPEX),
        ("/changes/tag/landing.atom", NISAR),
        ("/changes/all.atom?kind=landing", NISAR),
        ("/changes/both.atom?programme=lupex,nisar&change=slip", [NISAR[0], LUPEX[0]]),
        ("/changes/both.atom?programme=lupex&programme=nisar&change=slip", [NISAR[0], LUPEX[0]]),
        ("/changes/new.atom?change=first_dated", [NISAR[1], LUPEX[1]]),
        ("/changes/programme/lupex.atom?change=slip,first_dated", LUPEX),
        ("/changes/programme/lupex.atom?change=undated", []),
        ("/changes/organisation/jaxa.atom?kind=landing", []),
    ],
)
def test_a_feed_holds_what_is_asked_for(two_programmes, address, expected):
    assert titles(address) == expected


# ---- bytes -------------------------------------------------------------------------------------


def test_an_empty_feed_is_a_whole_one():
    assert atom() == []
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in made("/changes/all.atom").body
    assert made("/changes/all.atom").last_modified.isoformat() == "1970-01-01T00:00:00+00:00"


def test_a_name_stays_the_same_entry(slipped):
    before = [one["id"] for one in atom()]

    publishing.edit(slipped, {"title": "Chandrayaan-5", "slug": "chandrayaan-5"}, at=NOON + A_DAY)

    assert [one["id"] for one in atom()] == before
    assert titles()[0] == "Chandrayaan-5: spring 2027 → autumn 2027"


def test_a_feed_is_newer_after_every_revision_of_what_it_holds(slipped):
    assert made("/changes/all.atom").last_modified == NOON

    publishing.edit(slipped, {"title": "Chandrayaan-5"}, at=NOON + A_DAY)

    assert made("/changes/all.atom").last_modified == NOON + A_DAY


def test_a_feed_is_newer_after_something_left_it(slipped):
    Edition.objects.regrouped(at=NOON + A_DAY)

    assert made("/changes/programme/lupex.atom").last_modified == NOON + A_DAY


def test_a_feed_costs_the_same_queries_for_thirty_changes_as_for_three(slipped):
    few = queries()

    for number in range(30):
        other = MilestoneFactory()
        other.tags.add(TagFactory())
        state(other, "2027", on=date(2026, 1, 1), at=NOON + number * A_DAY)
        state(other, "2028", on=date(2026, 2, 1), at=NOON + number * A_DAY)

    assert queries() == few


def queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        made("/changes/all.json")
    return len(asked)


def test_a_change_that_cannot_be_told_is_left_out_and_logged(slipped, monkeypatch, caplog):
    told = news.told
    bad = slipped.revisions.get(number=2).pk

    def breaking(line):
        assert line.revision.pk != bad
        return told(line)

    monkeypatch.setattr(news, "told", breaking)

    with caplog.at_level(logging.ERROR):
        assert titles() == ["LUPEX launch: spring 2027"]

    assert caplog.messages[0] == f"Revision {bad} is left out of a feed of changes"


def test_where_no_change_can_be_told_there_is_no_feed(slipped, monkeypatch):
    monkeypatch.setattr(news, "told", lambda line: 1 / 0)

    with pytest.raises(NewsBrokenError, match="None of 2 changes of /changes/all"):
        made("/changes/all.atom")
