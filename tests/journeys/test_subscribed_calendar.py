"""A calendar app subscribed once. What it shows follows what is published, and never doubles."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.calendars.rows import a_milestone, cancel, happen, overdue, say
from tests.calendars.strict import Component, entries
from tests.clock import NOON
from timeline import publishing

pytestmark = pytest.mark.django_db


class App:
    """Takes a feed as the pickiest clients do.

    Like ICSx5 it rewrites an entry only when LAST-MODIFIED is newer, like RFC 5546 says it
    ignores one with a lower SEQUENCE; what is there no more it deletes.
    """

    def __init__(self) -> None:
        self.shows: dict[str, Component] = {}
        self.fetched = 0
        self._validators: dict[str, str] = {}

    def refresh(self) -> None:
        response = Client().get("/calendar/programme/lupex.ics", headers=self._validators)
        if response.status_code == 304:
            return
        self.fetched += 1
        self._validators = {
            "If-None-Match": response.headers["ETag"],
            "If-Modified-Since": response.headers["Last-Modified"],
        }
        offered = {entry["UID"]: entry for entry in entries(response.content)}
        assert len(offered) == len(entries(response.content))
        kept = {uid: entry for uid, entry in self.shows.items() if uid in offered}
        self.shows = {
            uid: entry if self._is_newer(entry, kept.get(uid)) else kept[uid]
            for uid, entry in offered.items()
        }

    @property
    def titles(self) -> list[str]:
        return [entry["SUMMARY"] for entry in self.shows.values()]

    @property
    def only(self) -> Component:
        (entry,) = self.shows.values()
        return entry

    @staticmethod
    def _is_newer(offered: Component, kept: Component | None) -> bool:
        if kept is None:
            return True
        assert int(offered["SEQUENCE"]) >= int(kept["SEQUENCE"])
        return offered["LAST-MODIFIED"] > kept["LAST-MODIFIED"]


@pytest.fixture
def clock(monkeypatch):
    def show(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    show(NOON)
    return show


@pytest.fixture
def milestone():
    draft = a_milestone("ISSA-J1 launch")
    say(draft, "2027-25", at=NOON)
    return draft


@pytest.fixture
def app(clock, milestone):
    subscribed = App()
    subscribed.refresh()
    return subscribed


def test_a_slip_moves_the_entry(app, milestone):
    before = app.only
    say(milestone, "2027-27", at=NOON + timedelta(hours=1))

    app.refresh()

    after = app.only
    assert (before["DTSTART"], after["DTSTART"]) == ("20270301", "20270901")
    assert after["SUMMARY"] == "~ ISSA-J1 launch (autumn 2027)"
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert (before["LAST-MODIFIED"], after["LAST-MODIFIED"]) == (
        "20261120T120000Z",
        "20261120T130000Z",
    )
    assert "Slipped ≈ 6 months: spring 2027 → autumn 2027" in after["DESCRIPTION"]


def test_an_edit_of_the_text_arrives_and_is_no_reschedule(app, milestone):
    publishing.edit(milestone, {"summary": "Two rovers."}, at=NOON + timedelta(hours=1))

    app.refresh()

    assert "Two rovers." in app.only["DESCRIPTION"]
    assert (app.only["SEQUENCE"], app.only["LAST-MODIFIED"]) == ("0", "20261120T130000Z")


def test_a_new_name_and_a_new_address_double_nothing(app, milestone):
    publishing.edit(
        milestone, {"title": "ISSA goes", "slug": "issa-goes"}, at=NOON + timedelta(hours=1)
    )

    app.refresh()

    assert app.titles == ["~ ISSA goes (spring 2027)"]


def test_without_news_nothing_is_fetched_until_the_month_ends(app, clock):
    for days in range(1, 11):
        clock(NOON + timedelta(days=days))
        app.refresh()

    assert app.fetched == 1


def test_the_whole_life_of_a_milestone_is_one_entry(app, milestone, clock):
    uid = app.only["UID"]
    seen = []
    steps = [
        lambda at: say(milestone, "2027-04", at=at),
        lambda at: say(milestone, "2027-04-16", at=at),
        lambda at: say(milestone, "2027-04-17T02:30:00Z", "minute", at=at),
        lambda at: overdue(at=at),
        lambda at: happen(milestone, "2027-04-16T21:00:00Z", precision="minute", at=at),
    ]
    moments = [
        NOON + timedelta(days=1),
        NOON + timedelta(days=100),
        datetime(2027, 4, 10, tzinfo=NOON.tzinfo),
        datetime(2027, 4, 17, 9, 0, tzinfo=NOON.tzinfo),
        datetime(2027, 4, 18, tzinfo=NOON.tzinfo),
    ]
    for step, at in zip(steps, moments, strict=True):
        step(clock(at))
        app.refresh()
        assert list(app.shows) == [uid]
        seen.append((app.only["DTSTART"], app.only["SUMMARY"], app.only["STATUS"]))

    assert seen == [
        ("20270401", "~ ISSA-J1 launch (April 2027)", "TENTATIVE"),
        ("20270416", "ISSA-J1 launch", "CONFIRMED"),
        ("20270417T023000Z", "ISSA-J1 launch", "CONFIRMED"),
        (
            "20270417T023000Z",
            "ISSA-J1 launch (overdue, was 17 Apr 2027, 11:30 JST)",
            "TENTATIVE",
        ),
        ("20270416T210000Z", "ISSA-J1 launch", "CONFIRMED"),
    ]
    assert app.only["SEQUENCE"] == "5"


def test_what_is_cancelled_says_so_and_later_vanishes(app, milestone, clock):
    cancel(milestone, at=clock(NOON + timedelta(days=1)))
    app.refresh()
    told = app.only

    clock(datetime(2027, 6, 1, tzinfo=NOON.tzinfo))
    app.refresh()

    assert told["STATUS"] == "CANCELLED"
    assert told["SUMMARY"] == "Cancelled: ISSA-J1 launch (was spring 2027)"
    assert told["DTSTART"] == "20270301"
    assert app.titles == ["Nothing to show now: LUPEX – Milepost"]


def test_what_is_reinstated_lives_again(app, milestone, clock):
    cancel(milestone, at=clock(NOON + timedelta(days=1)))
    app.refresh()
    say(milestone, "2028", at=clock(NOON + timedelta(days=2)))
    app.refresh()

    assert (app.only["STATUS"], app.titles) == ("TENTATIVE", ["~ ISSA-J1 launch (2028)"])
    assert app.only["SEQUENCE"] == "2"


def test_what_loses_its_date_goes_and_comes_back_as_the_same_entry(app, milestone, clock):
    uid = app.only["UID"]
    say(milestone, None, at=clock(NOON + timedelta(days=1)))
    app.refresh()
    without = app.titles
    say(milestone, "2028", at=clock(NOON + timedelta(days=2)))
    app.refresh()

    assert without == ["Nothing to show now: LUPEX – Milepost"]
    assert list(app.shows) == [uid]
