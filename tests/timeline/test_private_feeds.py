"""What the owner of a private feed is promised, and what nobody else can learn or do."""

import secrets
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.timeline.private import a_feed
from timeline import private_feeds
from timeline.choosing import Choice
from timeline.ical.options import Options
from timeline.models import Edition, FeedAddress, PrivateFeed
from timeline.private_feeds import AlreadyOpened, ChangedMeanwhile, TooManyFeeds

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
LUPEX = Choice({"programme": ("lupex",)})
ENDS = Options(vague="end")


def same(feed: PrivateFeed) -> dict[str, object]:
    """Nothing but what the feed shows already."""
    return {
        "name": feed.name,
        "choice": Choice(feed.choice),
        "options": Options.stored(feed.options),
        "seen": feed.number,
    }


def change(feed: PrivateFeed, *, at: datetime = LATER, **wanted: object) -> PrivateFeed:
    return private_feeds.change(feed, **{**same(feed), **wanted}, at=at)


# ---- opening -----------------------------------------------------------------------------------


def test_a_feed_keeps_what_was_chosen_and_begins_at_number_nought():
    opened = private_feeds.open_feed("My moon", LUPEX, ENDS, at=NOON.replace(microsecond=7))

    feed = PrivateFeed.objects.get()
    assert opened.feed == feed
    assert (feed.name, feed.choice, feed.options) == (
        "My moon",
        {"programme": ["lupex"]},
        {"vague": "end"},
    )
    assert (feed.number, feed.changed_at, feed.created_at) == (0, NOON, NOON.replace(microsecond=7))
    assert feed.last_fetched_at is None


def test_a_token_has_192_random_bits_in_signs_that_an_address_takes(monkeypatch):
    monkeypatch.setattr(secrets, "token_urlsafe", lambda octets: f"{octets} octets")

    assert private_feeds.new_token() == "24 octets"


def test_both_secrets_lead_to_the_feed_and_nothing_else_does():
    opened = a_feed()
    other = a_feed()

    address = private_feeds.find_address(opened.token)

    assert address is not None
    assert address.feed == opened.feed
    assert private_feeds.find_managed(opened.manage_token) == opened.feed
    assert private_feeds.find_address(opened.manage_token) is None
    assert private_feeds.find_managed(opened.token) is None
    assert private_feeds.find_address(address.token_hash) is None
    assert private_feeds.find_managed(other.manage_token) == other.feed


@pytest.mark.parametrize("token", ["", "\x00", "\udcff", "x" * 100_000, "%s", "' OR 1=1 --"])
def test_a_token_that_is_none_leads_nowhere(token):
    a_feed()

    assert private_feeds.find_address(token) is None
    assert private_feeds.find_managed(token) is None
    assert private_feeds.version_of(private_feeds.hashed(token)) is None


def test_no_secret_stands_in_the_database_or_in_what_is_printed():
    opened = a_feed()
    moved = private_feeds.rotate(opened.feed, seen=address_of(opened.feed).pk, at=LATER)

    kept = everything_kept()

    assert opened.feed.manage_hash in kept
    for secret in (opened.token, opened.manage_token, moved):
        assert secret not in kept
        assert secret not in repr(opened)


def everything_kept() -> str:
    """Each column of each row of each table."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows += cursor.fetchall()
    return repr(rows)


def test_a_form_that_is_sent_twice_opens_one_feed():
    uid = uuid4()
    a_feed(uid=uid)

    with pytest.raises(AlreadyOpened):
        a_feed("Another", uid=uid)

    assert [feed.name for feed in PrivateFeed.objects.all()] == ["Mine"]
    assert FeedAddress.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept", "last_part"),
    [
        ("Moon 2027", "Moon 2027", "moon-2027"),
        ("  Moon\r\nMETHOD:CANCEL\x00 ", "Moon METHOD:CANCEL", "moon-methodcancel"),
        ("a, b; c\\d", "a b c d", "a-b-c-d"),
        ("Zürich/../é", "Zürich/../é", "zuriche"),
        ("月の予定", "月の予定", "milepost"),
        ("---", "---", "milepost"),
        ("\x00", "Milepost", "milepost"),
        ("", "Milepost", "milepost"),
        ("x" * 100, "x" * 79 + "…", "x" * 60),
        ("x" * 59 + " y", "x" * 59 + " y", "x" * 59),
    ],
)
def test_a_name_is_fit_for_calendars_and_for_the_end_of_an_address(typed, kept, last_part):
    feed = a_feed(typed).feed

    assert (feed.name, feed.last_part) == (kept, last_part)


# ---- floods ------------------------------------------------------------------------------------


def test_a_network_that_opens_without_end_is_refused_for_an_hour():
    for _ in range(20):
        a_feed(network="203.0.113.0/24")

    with pytest.raises(TooManyFeeds):
        a_feed(network="203.0.113.0/24", at=NOON + timedelta(minutes=59))

    a_feed(network="198.51.100.0/24")
    a_feed(network="203.0.113.0/24", at=NOON + timedelta(hours=1))


def test_where_no_network_is_known_nobody_is_counted():
    for _ in range(21):
        a_feed(network="")

    assert PrivateFeed.objects.count() == 21


def test_a_network_is_forgotten_when_it_counts_no_more():
    first = a_feed(network="203.0.113.0/24").feed
    second = a_feed(network="203.0.113.0/24", at=NOON + timedelta(minutes=30)).feed

    a_feed(at=NOON + timedelta(hours=1))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.network, second.network) == ("", "203.0.113.0/24")


# ---- changing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [{"name": "Yours"}, {"choice": LUPEX}, {"options": ENDS}],
    ids=["name", "choice", "options"],
)
def test_what_is_shown_differently_raises_the_number_and_keeps_the_address(wanted):
    opened = a_feed()

    change(opened.feed, **wanted)

    address = private_feeds.find_address(opened.token)
    assert address is not None
    assert (address.feed.number, address.feed.changed_at) == (1, LATER)


def test_what_is_no_change_raises_nothing():
    both = Choice({"programme": ("lupex", "nisar")})
    opened = a_feed(choice=both)
    turned = Choice({"programme": ("nisar", "lupex")})

    stands = change(opened.feed, choice=turned, name=" Mine ")

    assert (stands.number, stands.changed_at) == (0, NOON)


@pytest.mark.parametrize(
    "at", [NOON, NOON + timedelta(microseconds=900_000), NOON - timedelta(days=1)]
)
def test_each_change_is_a_whole_second_later_than_the_one_before(at):
    feed = a_feed().feed

    first = change(feed, name="One", at=at)
    second = change(first, name="Two", at=at)

    assert first.changed_at == NOON + timedelta(seconds=1)
    assert second.changed_at == NOON + timedelta(seconds=2)


def test_a_change_is_kept_in_the_whole_seconds_that_calendars_have():
    feed = a_feed(at=NOON.replace(microsecond=5)).feed

    assert feed.changed_at == NOON
    assert change(feed, name="Other", at=LATER.replace(microsecond=999_999)).changed_at == LATER


def test_of_two_tabs_the_second_is_told_how_it_stands_and_overwrites_nothing():
    feed = a_feed().feed
    change(feed, name="From the first")

    with pytest.raises(ChangedMeanwhile) as told:
        change(feed, name="From the second")

    assert (told.value.feed.name, told.value.feed.number) == ("From the first", 1)
    assert PrivateFeed.objects.get().name == "From the first"


def test_two_tabs_that_want_the_same_are_both_content():
    feed = a_feed().feed
    change(feed, name="Wanted by both")

    assert change(feed, name="Wanted by both").number == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_change_at_once_one_is_told():
    feed = a_feed().feed
    told = []

    def try_to(name: str) -> None:
        try:
            change(feed, name=name)
        except ChangedMeanwhile:
            told.append(name)
        finally:
            connection.close()

    tabs = [Thread(target=try_to, args=[name]) for name in ("One", "Two")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    feed.refresh_from_db()
    assert feed.number == 1
    assert sorted([*told, feed.name]) == ["One", "Two"]


# ---- moving and closing ------------------------------------------------------------------------


def address_of(feed: PrivateFeed) -> FeedAddress:
    address = feed.open_address
    assert address is not None
    return address


def test_a_feed_that_moves_closes_the_old_address_and_opens_a_new_one():
    opened = a_feed()

    moved = private_feeds.rotate(opened.feed, seen=address_of(opened.feed).pk, at=LATER)

    old, new = private_feeds.find_address(opened.token), private_feeds.find_address(moved)
    assert old is not None
    assert new is not None
    assert (old.closed_at, new.closed_at, new.made_at) == (LATER, None, LATER)
    assert old.feed == new.feed
    assert new.feed.number == 0


def test_a_page_that_is_sent_twice_does_not_close_what_it_has_just_told():
    opened = a_feed()
    seen = address_of(opened.feed).pk
    moved = private_feeds.rotate(opened.feed, seen=seen, at=LATER)

    with pytest.raises(ChangedMeanwhile):
        private_feeds.rotate(opened.feed, seen=seen, at=LATER)

    address = private_feeds.find_address(moved)
    assert address is not None
    assert address.closed_at is None


def test_a_closed_feed_has_no_address_until_it_gets_a_new_one():
    opened = a_feed()

    private_feeds.close(opened.feed, at=LATER)
    private_feeds.close(opened.feed, at=LATER + timedelta(days=1))

    old = private_feeds.find_address(opened.token)
    assert old is not None
    assert old.closed_at == LATER
    assert opened.feed.is_closed
    again = private_feeds.rotate(opened.feed, seen=None, at=LATER)
    assert private_feeds.find_address(again) == address_of(opened.feed)


def test_a_feed_does_not_move_without_end():
    feed = a_feed().feed
    for _ in range(19):
        private_feeds.rotate(feed, seen=address_of(feed).pk, at=NOON)

    with pytest.raises(TooManyFeeds):
        private_feeds.rotate(feed, seen=address_of(feed).pk, at=NOON)

    private_feeds.rotate(feed, seen=address_of(feed).pk, at=NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    ("after", "is_gone"),
    [(timedelta(0), False), (timedelta(days=30, microseconds=-1), False), (timedelta(30), True)],
)
def test_a_closed_address_says_so_for_thirty_days(after, is_gone):
    opened = a_feed()
    private_feeds.close(opened.feed, at=LATER)

    address = private_feeds.find_address(opened.token)

    assert address is not None
    assert address.is_gone(at=LATER + after) is is_gone


def test_an_open_address_is_never_gone():
    assert not address_of(a_feed().feed).is_gone(at=datetime(2226, 1, 1, tzinfo=UTC))


# ---- forgetting --------------------------------------------------------------------------------

HALF_A_YEAR = timedelta(days=180)


def test_what_nobody_has_used_for_half_a_year_is_forgotten_whole():
    opened = a_feed()

    kept = private_feeds.forget_unused(at=NOON + HALF_A_YEAR - timedelta(seconds=1))
    forgotten = private_feeds.forget_unused(at=NOON + HALF_A_YEAR)

    assert (kept, forgotten) == (0, 1)
    assert private_feeds.find_address(opened.token) is None
    assert FeedAddress.objects.count() == 0


@pytest.mark.parametrize(
    "use",
    [
        lambda feed: PrivateFeed.objects.all().note_fetch(feed.pk, by="curl", at=LATER),
        lambda feed: change(feed, name="Other"),
        lambda feed: private_feeds.rotate(feed, seen=address_of(feed).pk, at=LATER),
        lambda feed: private_feeds.close(feed, at=LATER),
    ],
    ids=["fetched", "changed", "moved", "closed"],
)
def test_what_was_used_since_is_kept(use):
    use(a_feed().feed)

    kept = private_feeds.forget_unused(at=LATER + HALF_A_YEAR - timedelta(seconds=1))
    forgotten = private_feeds.forget_unused(at=LATER + HALF_A_YEAR)

    assert (kept, forgotten) == (0, 1)


# ---- whether an answer is still good -----------------------------------------------------------


def test_one_query_tells_all_that_an_answer_depends_on(django_assert_num_queries):
    opened = a_feed()
    milestone = a_milestone_with_a_date()
    private_feeds.close(change(opened.feed, name="Other"), at=LATER.replace(microsecond=5))
    token_hash = private_feeds.hashed(opened.token)

    with django_assert_num_queries(1):
        version = private_feeds.version_of(token_hash)

    edition = Edition.objects.number()
    assert milestone.pk
    assert version == (opened.feed.pk, 1, LATER.replace(microsecond=5), edition, None)


def test_an_open_address_has_no_moment_of_closing_and_may_be_of_no_edition():
    opened = a_feed()

    version = private_feeds.version_of(private_feeds.hashed(opened.token))

    assert version == (opened.feed.pk, 0, None, Edition.objects.number(), None)


def test_it_tells_too_when_a_milestone_last_left_a_group():
    opened = a_feed()
    Edition.objects.regrouped(at=NOON)

    version = private_feeds.version_of(private_feeds.hashed(opened.token))

    assert version is not None
    assert version.regrouped_at == Edition.objects.regrouped_at() == NOON


def a_milestone_with_a_date():
    milestone = MilestoneFactory()
    state(milestone, "2027")
    return milestone
