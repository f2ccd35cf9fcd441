"""Answers are kept for as long as they are true, and not a change longer."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.calendars.rows import a_milestone, say
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, state
from tests.timeline.feeds.asking import ask, header
from timeline.feeds import watching
from timeline.feeds.calendars import PublicCalendar
from timeline.feeds.serving import Serving

pytestmark = pytest.mark.django_db(transaction=True)

ALL = "/calendar/all.ics"
ALLOWED = (
    "programme, organisation, tag, kind, vague, long, upto, year, days, cancelled, past, alarms, "
    "busy, allday, prefix, lang"
)


@pytest.fixture(autouse=True)
def seconds(monkeypatch):
    """The clock by which PostgreSQL is looked into; it stands still until it is set."""

    def show(second: float) -> None:
        monkeypatch.setattr(watching, "monotonic", lambda: second)

    show(0.0)
    return show


@pytest.fixture
def serving():
    return Serving(room=2**20)


@pytest.fixture
def milestone():
    draft = a_milestone()
    say(draft, "2027-25", at=NOON - timedelta(days=2))
    return draft


def later(seconds) -> None:
    """Let PostgreSQL be looked into again; SQLite always is."""
    seconds(1.0)


def test_an_answer_is_made_once_and_then_costs_no_query(serving, milestone):
    first = ask(serving, ALL)

    with CaptureQueriesContext(connection) as queries:
        again = [ask(serving, ALL) for _ in range(5)]

    assert again == [first] * 5
    assert len(queries) == 0


def test_who_has_it_and_who_asks_for_its_head_cost_no_query_either(serving, milestone):
    first = ask(serving, ALL)
    tag, date = header(first, "ETag"), header(first, "Last-Modified")

    with CaptureQueriesContext(connection) as queries:
        answers = [
            ask(serving, ALL, If_None_Match=tag),
            ask(serving, ALL, If_Modified_Since=date),
            ask(serving, ALL, method="HEAD"),
            ask(serving, ALL, Accept_Encoding="gzip"),
        ]

    assert [answer.status for answer in answers] == [
        "304 Not Modified",
        "304 Not Modified",
        "200 OK",
        "200 OK",
    ]
    assert [b"".join(answer.body) for answer in answers[:3]] == [b"", b"", b""]
    assert gzip.decompress(answers[3].body[0]) == first.body[0]
    assert len(queries) == 0


def test_a_change_is_in_the_next_answer(serving, milestone, seconds):
    first = ask(serving, ALL)
    say(milestone, "2027-26", at=NOON)
    later(seconds)

    second = ask(serving, ALL, If_None_Match=header(first, "ETag"))

    assert second.status == "200 OK"
    assert b"summer 2027" in second.body[0]


def test_a_change_that_comes_while_it_is_looked_for_is_in_the_next_answer(
    serving, milestone, seconds, monkeypatch
):
    first = ask(serving, ALL)
    read = PublicCalendar.version

    def read_and_be_overtaken(address):
        version = read(address)
        say(milestone, "2027-26", at=NOON)
        seconds(2.0)
        return version

    MilestoneFactory(programme=milestone.programme)  # committed, and in no feed
    later(seconds)
    with monkeypatch.context() as patched:
        patched.setattr(PublicCalendar, "version", read_and_be_overtaken)
        ask(serving, ALL)

    assert ask(serving, ALL).body != first.body


@pytest.mark.postgresql
def test_postgresql_is_looked_into_once_a_second(serving, milestone, seconds):
    seconds(7.2)
    first = ask(serving, ALL)
    say(milestone, "2027-26", at=NOON)
    seconds(7.99)
    kept = ask(serving, ALL)
    seconds(8.0)

    assert kept == first
    assert b"summer 2027" in ask(serving, ALL).body[0]


def test_a_change_elsewhere_costs_a_look_and_no_new_calendar(serving, seconds):
    lupex = ProgrammeFactory(slug="lupex")
    state(MilestoneFactory(programme=lupex), "spring 2027")
    first = ask(serving, "/calendar/programme/lupex.ics")
    state(MilestoneFactory(), "autumn 2027")
    later(seconds)

    assert ask(serving, "/calendar/programme/lupex.ics").body[0] is first.body[0]


def test_the_first_of_a_month_is_another_calendar(serving, milestone):
    november = ask(serving, ALL, at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    december = ask(serving, ALL, at=datetime(2026, 12, 1, tzinfo=UTC))

    assert header(november, "Last-Modified") == "Wed, 18 Nov 2026 12:00:00 GMT"
    assert header(december, "Last-Modified") == "Tue, 01 Dec 2026 00:00:00 GMT"


def test_bytes_that_were_dropped_are_made_again_and_the_same(milestone):
    small = Serving(room=6700)

    first = ask(small, ALL)

    assert ask(small, ALL) == first


def test_a_database_that_is_away_does_not_take_back_what_is_kept(serving, milestone):
    first = ask(serving, ALL)

    with connection.execute_wrapper(refuse):
        kept = ask(serving, ALL)

    assert (first.status, kept) == ("200 OK", first)


def test_a_database_that_is_away_when_it_is_needed_is_said_in_plain_text(serving, milestone):
    with connection.execute_wrapper(refuse):
        answer = ask(serving, ALL)

    assert (answer.status, header(answer, "Retry-After")) == ("503 Service Unavailable", "300")
    assert answer.body == [b"This feed will be back shortly.\n"]
    assert ask(serving, ALL).status == "200 OK"


def refuse(*_: object) -> None:
    raise OperationalError("the database is away")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("all", "all.ics"),
        ("all/", "all.ics"),
        ("all.ics/", "all.ics"),
        ("all.jcal.json/", "all.jcal.json"),
        ("programme/lupex?vague=end", "programme/lupex.ics?vague=end"),
    ],
)
def test_an_address_that_is_written_otherwise_is_sent_to_its_own(
    serving, milestone, written, meant
):
    answer = ask(serving, f"/calendar/{written}")

    assert (answer.status, header(answer, "Location")) == (
        "308 Permanent Redirect",
        f"/calendar/{meant}",
    )


def test_a_wrong_parameter_is_said_with_what_could_stand_there(serving, milestone):
    answer = ask(serving, f"{ALL}?vague=soon&when=now")

    assert answer.status == "400 Bad Request"
    assert b"".join(answer.body).decode().splitlines() == [
        "vague: “soon” is not one of its values. Allowed: start, end, both, span, none.",
        f"when: is no parameter of this address. Allowed: {ALLOWED}.",
    ]


def test_an_address_beyond_all_measure_is_refused(serving):
    answer = ask(serving, f"{ALL}?programme={'x' * 3000}")

    assert answer.status == "400 Bad Request"
