"""What apps get at a secret address: a calendar, its last entry, and nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.calendars.rows import a_milestone, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.timeline.feeds.asking import ask, header
from tests.timeline.private import a_feed
from timeline import private_feeds
from timeline.choosing import Choice
from timeline.feeds import watching
from timeline.feeds.fetches import NOTED
from timeline.feeds.ready import Answer
from timeline.feeds.serving import Serving
from timeline.ical.options import Options
from timeline.models import PrivateFeed
from timeline.private_feeds import Opened, path_of

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOON + timedelta(hours=1)
A_MONTH = timedelta(days=30)
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def look_again(monkeypatch):
    """Lets PostgreSQL be looked into again; SQLite always is."""
    seconds = iter(range(100))

    def show() -> None:
        second = float(next(seconds))
        monkeypatch.setattr(watching, "monotonic", lambda: second)

    show()
    return show


@pytest.fixture(params=[2**20, 0], ids=["kept", "made anew"])
def serving(request):
    return Serving(room=request.param)


@pytest.fixture
def opened() -> Opened:
    NOTED.write()  # what other tests have left
    say(a_milestone(), "2027-06", at=NOON - timedelta(days=2))
    return a_feed("My moon")


def rotate(opened: Opened) -> str:
    address = opened.feed.open_address
    assert address is not None
    return private_feeds.rotate(opened.feed, seen=address.pk, at=LATER)


def where(opened: Opened) -> str:
    return path_of(opened.feed, opened.token)


def told(answer: Answer) -> tuple[str, str, bytes]:
    return answer.status, header(answer, "Content-Type"), b"".join(answer.body)


def test_an_app_gets_the_calendar_under_its_name_and_nobody_else_keeps_it(serving, opened):
    answer = ask(serving, where(opened))

    assert answer.status == "200 OK"
    assert header(answer, "Cache-Control") == "private, max-age=300"
    assert header(answer, "Content-Disposition") == 'inline; filename="my-moon.ics"'
    assert header(answer, "Referrer-Policy") == "no-referrer"
    assert header(answer, "X-Robots-Tag") == "noindex"
    assert read(answer.body[0])["X-WR-CALNAME"] == "My moon"
    assert opened.token.encode() not in answer.body[0]


def test_what_stands_behind_the_token_is_for_people_only(serving, opened):
    as_opened = ask(serving, where(opened))

    assert ask(serving, f"/f/{opened.token}/other.ics").body == as_opened.body


def test_a_change_is_in_the_next_answer_with_a_higher_sequence(serving, opened, look_again):
    first = ask(serving, where(opened))
    (before,) = entries(first.body[0])
    private_feeds.change(opened.feed, "Mine", Choice(), Options(vague="end"), seen=0, at=LATER)
    look_again()

    second = ask(serving, where(opened), If_None_Match=header(first, "ETag"))

    (after,) = entries(second.body[0])
    assert (before["DTSTART"], after["DTSTART"]) == ("20270601", "20270630")
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["LAST-MODIFIED"] == "20261120T130000Z"
    assert header(second, "Last-Modified") == "Fri, 20 Nov 2026 13:00:00 GMT"
    assert after["UID"] == before["UID"]


def test_an_old_address_says_for_thirty_days_that_it_is_closed(serving, opened, look_again):
    before = ask(serving, where(opened))
    rotate(opened)
    look_again()

    first = ask(serving, where(opened), at=LATER, If_None_Match=header(before, "ETag"))
    last = ask(serving, where(opened), at=LATER + A_MONTH - A_MOMENT)

    (entry,) = entries(first.body[0])
    assert entry["SUMMARY"] == "This feed was closed"
    assert first == last
    unchanged = ask(serving, where(opened), at=LATER, If_None_Match=header(first, "ETag"))
    assert unchanged.status == "304 Not Modified"


def test_after_thirty_days_an_old_address_is_gone_in_plain_text(serving, opened, look_again):
    rotate(opened)
    look_again()
    ask(serving, where(opened), at=LATER)

    assert told(ask(serving, where(opened), at=LATER + A_MONTH)) == (
        "410 Gone",
        "text/plain; charset=utf-8",
        b"This calendar feed was closed. Remove it from your calendar.\n",
    )


def test_as_jcal_an_address_that_was_closed_is_gone_at_once(serving, opened, look_again):
    jcal = where(opened).removesuffix(".ics") + ".jcal.json"
    before = ask(serving, jcal)
    rotate(opened)
    look_again()

    assert before.status == "200 OK"
    assert ask(serving, jcal, at=LATER).status == "410 Gone"


def test_a_new_address_holds_the_calendar_at_once(serving, opened):
    before = ask(serving, where(opened))

    token = rotate(opened)

    assert ask(serving, path_of(opened.feed, token)).body == before.body


def test_a_feed_that_is_closed_says_so(serving, opened, look_again):
    ask(serving, where(opened))
    private_feeds.close(opened.feed, at=LATER)
    look_again()

    (entry,) = entries(ask(serving, where(opened), at=LATER).body[0])

    assert entry["SUMMARY"] == "This feed was closed"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("", ".ics"), ("/", ".ics"), (".ics/", ".ics"), (".jcal.json/", ".jcal.json")],
)
def test_an_address_that_is_written_otherwise_is_sent_to_its_own(serving, opened, written, meant):
    stem = path_of(opened.feed, opened.token).removesuffix(".ics")

    answer = ask(serving, stem + written)

    assert (answer.status, header(answer, "Location")) == (
        "308 Permanent Redirect",
        stem + meant,
    )
    assert ask(serving, f"/f/an-open-secret-that-never-was-1/x{written}").status == "404 Not Found"


@pytest.mark.parametrize(
    "token", ["an-open-secret-that-never-was-1", "short", "x" * 200], ids=["none", "short", "long"]
)
def test_an_address_that_never_was_is_not_found_in_plain_text(serving, opened, token):
    assert told(ask(serving, f"/f/{token}/my-moon.ics")) == (
        "404 Not Found",
        "text/plain; charset=utf-8",
        b"There is no such calendar feed.\n",
    )


def test_the_link_that_manages_a_feed_does_not_read_it(serving, opened):
    assert ask(serving, path_of(opened.feed, opened.manage_token)).status == "404 Not Found"


def test_that_an_answer_is_still_good_takes_one_query(opened, look_again):
    serving = Serving(room=2**20)
    first = ask(serving, where(opened))
    other = a_feed()
    private_feeds.change(other.feed, "Other", Choice(), Options(), seen=0, at=LATER)
    look_again()

    with CaptureQueriesContext(connection) as queries:
        again = ask(serving, where(opened))

    assert again == first
    assert len(queries) == 1


def test_a_milestone_elsewhere_makes_no_private_calendar_anew(opened, look_again):
    serving = Serving(room=2**20)
    feed = a_feed(choice=Choice({"programme": ("lupex",)}))
    first = ask(serving, path_of(feed.feed, feed.token))
    state(MilestoneFactory(), "autumn 2027")
    look_again()

    assert ask(serving, path_of(feed.feed, feed.token)).body[0] is first.body[0]


# ---- who came by -------------------------------------------------------------------------------


def last(opened: Opened) -> tuple[object, str]:
    NOTED.write()
    feed = PrivateFeed.objects.get(pk=opened.feed.pk)
    return feed.last_fetched_at, feed.last_fetched_by


def test_who_fetched_it_last_is_noted_also_if_nothing_had_changed(serving, opened):
    first = ask(serving, where(opened), User_Agent="Google-Calendar-Importer")
    noted = last(opened)
    tag = header(first, "ETag")
    ask(serving, where(opened), at=LATER, If_None_Match=tag, User_Agent="ICSx5/2.4")

    assert noted == (NOON, "Google Calendar")
    assert last(opened) == (LATER, "ICSx5")


def test_a_fetch_that_is_noted_costs_no_query(opened):
    serving = Serving(room=2**20)
    ask(serving, where(opened))

    with CaptureQueriesContext(connection) as queries:
        ask(serving, where(opened), User_Agent="curl/8")

    assert len(queries) == 0
    assert last(opened) == (NOON, "curl")


def test_who_comes_by_an_old_address_does_not_read_the_feed(serving, opened, look_again):
    ask(serving, where(opened), User_Agent="curl/8")
    rotate(opened)
    look_again()
    ask(serving, where(opened), at=LATER, User_Agent="Wget/1")

    assert last(opened) == (NOON, "curl")
