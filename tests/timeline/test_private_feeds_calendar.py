"""What stands at the address of a private feed: its calendar, and after it the closing one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.calendars.rows import NOVEMBER, a_milestone, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from tests.factories import ProgrammeFactory
from tests.timeline.private import a_feed
from timeline import private_feeds
from timeline.choosing import Choice
from timeline.ical import calendar
from timeline.ical.options import Options
from timeline.models import Milestone, PrivateFeed
from timeline.private_feeds import Opened

pytestmark = pytest.mark.django_db

CLOSED = Path(__file__).parents[1] / "calendars" / "private" / "closed.ics"
LATER = NOON + timedelta(hours=1)
UID = UUID("7a1c2f00-0000-4000-8000-000000000007")


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"


def body(feed: PrivateFeed) -> bytes:
    return calendar.write(private_feeds.calendar_of(feed), month=NOVEMBER).body


def change(feed: PrivateFeed, *, choice: Choice | None = None, **options: str) -> PrivateFeed:
    wanted = replace(Options.stored(feed.options), **options)
    return private_feeds.change(
        feed, feed.name, choice or Choice(feed.choice), wanted, seen=feed.number, at=LATER
    )


def closed(opened: Opened) -> bytes:
    private_feeds.close(opened.feed, at=LATER.replace(microsecond=999_999))
    address = private_feeds.find_address(opened.token)
    assert address is not None
    return private_feeds.closing_calendar(address)


# ---- the calendar ------------------------------------------------------------------------------


def test_it_holds_what_was_chosen_as_it_was_chosen():
    say(a_milestone(), "2027-06")
    say(a_milestone("Other", uid=UUID(int=1), slug="o", programme=ProgrammeFactory()), "2027-07")
    lupex = Choice({"programme": ("lupex",)})

    feed = private_feeds.calendar_of(a_feed(choice=lupex, options=Options(vague="end")).feed)

    assert [pk for pk, _ in feed.current.read()] == [Milestone.objects.get(title="LUPEX launch").pk]
    assert feed.options == Options(vague="end")


def test_the_calendar_has_its_owners_name_and_none_of_its_secrets():
    say(a_milestone(), "2027-06")
    opened = a_feed("My moon", uid=UID)

    written = body(opened.feed)

    assert read(written)["X-WR-CALNAME"] == "My moon"
    assert read(written)["URL"] == "https://milepost.example/"
    assert "SOURCE" not in read(written)
    for secret in (opened.token, opened.manage_token, opened.feed.manage_hash):
        assert secret.encode() not in written


def test_of_what_is_no_longer_there_it_does_not_become_a_calendar_of_everything():
    say(a_milestone(), "2027-06")
    feed = a_feed(choice=Choice({"programme": ("gone",)})).feed

    assert private_feeds.calendar_of(feed).current.read() == []


@pytest.mark.parametrize("changed", [{"vague": "end"}, {"prefix": "0"}], ids=str)
def test_a_change_of_options_raises_sequence_and_last_modified_of_every_entry(changed):
    say(a_milestone(), "2027-06")
    feed = a_feed(at=NOON + timedelta(minutes=1)).feed
    (before,) = entries(body(feed))

    (after,) = entries(body(change(feed, **changed)))

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert (before["LAST-MODIFIED"], after["LAST-MODIFIED"]) == (
        "20261120T120100Z",
        "20261120T130000Z",
    )
    assert after["DTSTAMP"] == after["LAST-MODIFIED"]


def test_options_that_change_in_the_second_of_a_revision_are_later_than_it():
    milestone = a_milestone()
    say(milestone, "2027-06", at=NOON)
    feed = a_feed(at=NOON - timedelta(days=1)).feed
    say(milestone, "2027-07", at=LATER)
    (before,) = entries(body(feed))

    (after,) = entries(body(change(feed, vague="end")))

    assert (before["LAST-MODIFIED"], after["LAST-MODIFIED"]) == (
        "20261120T130000Z",
        "20261120T130002Z",
    )


@pytest.mark.parametrize("seconds", [0, -5], ids=["at once", "committed late"])
def test_news_dated_before_a_change_of_options_that_was_seen_first_is_later_all_the_same(seconds):
    milestone = a_milestone()
    say(milestone, "2027-06", at=NOON)
    feed = change(a_feed(at=NOON).feed, vague="end")
    (before,) = entries(body(feed))

    say(milestone, "2027-07", at=LATER + timedelta(seconds=seconds))
    (after,) = entries(body(feed))
    (again,) = entries(body(change(feed, vague="start")))

    moments = [one["LAST-MODIFIED"] for one in (before, after, again)]
    assert moments == ["20261120T130000Z", "20261120T130001Z", "20261120T130002Z"]
    assert after["DTSTAMP"] == after["LAST-MODIFIED"]


def test_what_is_no_change_leaves_the_bytes_as_they_are():
    say(a_milestone(), "2027-06")
    feed = a_feed().feed
    before = body(feed)

    assert body(change(feed)) == before


# ---- the closing one ---------------------------------------------------------------------------


def test_the_closing_calendar_byte_for_byte():
    assert closed(a_feed(uid=UID)) == CLOSED.read_bytes()


def test_the_closing_calendar_has_one_entry_on_the_day_of_the_closing():
    (entry,) = entries(closed(a_feed(uid=UID)))

    assert entry["SUMMARY"] == "This feed was closed"
    assert (entry["DTSTART"], entry["DTEND"]) == ("20261120", "20261121")
    assert "https://milepost.example/calendar/" in entry["DESCRIPTION"]


def test_the_closing_calendar_says_nothing_of_what_the_feed_is_now():
    opened = a_feed("Secret plan")
    address = opened.feed.open_address
    assert address is not None
    private_feeds.rotate(opened.feed, seen=address.pk, at=LATER)
    old = private_feeds.find_address(opened.token)
    assert old is not None
    before = private_feeds.closing_calendar(old)

    feed = PrivateFeed.objects.get()
    private_feeds.change(feed, "Secret II", Choice(), Options(busy="1"), seen=0, at=LATER)

    old = private_feeds.find_address(opened.token)
    assert old is not None
    assert private_feeds.closing_calendar(old) == before
    assert b"Secret" not in before


def test_an_open_address_has_no_closing_calendar():
    address = a_feed().feed.open_address
    assert address is not None

    with pytest.raises(ValueError, match="is open"):
        private_feeds.closing_calendar(address)
