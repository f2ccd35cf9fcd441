"""A person subscribes with vdirsyncer and looks with khal: entries move and are never doubled.

Everything is real: Milepost's server in a process of its own, HTTP, and the two programs as people
run them. So is the clock, which is why every date is far ahead.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.request import urlopen
from uuid import UUID

import pytest

from tests.calendars.rows import a_milestone, cancel, say
from tests.journeys.one_command import until, unused_port
from tests.processes import now, process
from tests.timeline.private import a_feed
from timeline import private_feeds, publishing
from timeline.choosing import Choice
from timeline.ical.options import Options
from timeline.models import Milestone, PrivateFeed
from timeline.private_feeds import Opened
from tracker.laptop import answers, commands

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMS = Path(sys.executable).parent
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"

[pair milepost]
a = "feed"
b = "kept"
collections = null

[storage feed]
type = "http"
url = "{url}"

[storage kept]
type = "filesystem"
path = "{folder}/kept/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[milepost]]
path = {folder}/kept/
type = calendar

[locale]
local_timezone = UTC
default_timezone = UTC
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {folder}/khal.db
"""


class Person:
    """Subscribed to one address; has one folder, in which the two programs keep what they keep."""

    def __init__(self, folder: Path, *, url: str) -> None:
        self.folder, self.url = folder, url
        (folder / "kept").mkdir()
        (folder / "khal").write_text(KHAL.format(folder=folder))
        (folder / "vdirsyncer").write_text(VDIRSYNCER.format(folder=folder, url=url))
        self._run("vdirsyncer", "discover")
        self._tag = self._fetched()[0]

    def sync(self) -> None:
        self._run("vdirsyncer", "sync")

    def sync_news(self) -> None:
        self.wait_for_news()
        self.sync()

    def wait_for_news(self) -> None:
        """On PostgreSQL what is served may be a second old."""
        until(lambda: self._fetched()[0] != self._tag)
        self._tag = self._fetched()[0]

    def import_(self) -> None:
        """Without vdirsyncer: khal reads the file itself."""
        file = self.folder / "fetched.ics"
        file.write_bytes(self._fetched()[1])
        self._run("khal", "import", "--batch", "--include-calendar", "milepost", str(file))

    def _fetched(self) -> tuple[str, bytes]:
        with urlopen(self.url) as response:
            return response.headers["ETag"], response.read()

    @property
    def sees(self) -> list[str]:
        return self._lists("{start-date}|{title}|{status}")

    @property
    def reads(self) -> list[str]:
        return self._lists("{description}")

    @property
    def files(self) -> dict[str, int]:
        """The files that vdirsyncer keeps, each with the moment when it was written."""
        files = (self.folder / "kept").glob("*.ics")
        return {file.name: file.stat().st_mtime_ns for file in files}

    def _lists(self, line: str) -> list[str]:
        """What khal lists for some years, and nothing is earlier or later."""
        years = ["2030-01-01", "2039-12-31"]
        listed = self._run("khal", "list", "--day-format", "", "--format", line, *years)
        return [line.rstrip() for line in listed.splitlines() if line]

    def _run(self, program: str, *arguments: str) -> str:
        configured = [str(PROGRAMS / program), "--config", str(self.folder / program)]
        done = subprocess.run(
            [*configured, *arguments],
            env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def served(sink) -> Iterator[str]:
    """The address of Milepost, as it runs on a server."""
    port = unused_port()
    address = f"http://127.0.0.1:{port}"
    with process(*commands(port)["web"][1:], sink=sink, MILEPOST_BASE_URL=address) as running:
        until(lambda: answers(port) or running.poll() is not None)
        assert running.poll() is None
        yield address


@pytest.fixture
def launch() -> Milestone:
    return another("LUPEX launch", "2031-25", number=1)


@pytest.fixture
def landing() -> Milestone:
    return another("LUPEX landing", "2032-06-05", number=2)


@pytest.fixture
def person(served, launch, landing, tmp_path) -> Person:
    subscribed = Person(tmp_path, url=f"{served}/calendar/programme/lupex.ics")
    subscribed.sync()
    return subscribed


def another(title: str, edtf: str, *, number: int) -> Milestone:
    uid, slug = UUID(int=number, version=4), title.lower().replace(" ", "-")
    milestone = a_milestone(title, uid=uid, slug=slug)
    say(milestone, edtf, at=now())
    return milestone


@pytest.fixture
def soon() -> Iterator[datetime]:
    """Moments, each a second later than the one before: two edits never share one."""
    start = now()
    return (start + timedelta(seconds=number) for number in count(1))


BEFORE = ["2031-03-01|~ LUPEX launch (spring 2031)|TENTATIVE", "2032-06-05|LUPEX landing|CONFIRMED"]
LANDING = BEFORE[1]


def test_both_are_seen_once_and_nothing_is_written_again_without_news(person):
    files = person.files
    assert person.sees == BEFORE

    person.sync()

    assert person.files == files
    assert person.sees == BEFORE


def test_a_slip_moves_the_entry_and_writes_no_other_again(person, launch, soon):
    files = person.files
    say(launch, "2031-27", at=next(soon))

    person.sync_news()

    assert person.sees == [
        "2031-09-01|~ LUPEX launch (autumn 2031)|TENTATIVE",
        LANDING,
    ]
    assert len(person.files) == 2
    assert len(files.items() & person.files.items()) == 1


def test_a_date_that_firms_and_moves_back_is_one_entry_all_the_time(person, launch, soon):
    seen = []
    for edtf in ("2031-04", "2031-04-16", "2031-02"):
        say(launch, edtf, at=next(soon))
        person.sync_news()
        seen.append(person.sees)

    assert seen == [
        ["2031-04-01|~ LUPEX launch (April 2031)|TENTATIVE", LANDING],
        ["2031-04-16|LUPEX launch|CONFIRMED", LANDING],
        ["2031-02-01|~ LUPEX launch (February 2031)|TENTATIVE", LANDING],
    ]


def test_an_edit_of_the_text_arrives_at_the_same_place(person, launch, soon):
    files = person.files
    publishing.edit(launch, {"summary": "Two rovers, not one."}, at=next(soon))

    person.sync_news()

    assert person.sees == BEFORE
    assert len(files.items() & person.files.items()) == 1
    assert person.reads.count("Two rovers, not one.") == 1


def test_a_new_name_and_a_new_address_double_nothing(person, launch, soon):
    publishing.edit(launch, {"title": "LUPEX goes", "slug": "lupex-goes"}, at=next(soon))

    person.sync_news()

    assert person.sees == ["2031-03-01|~ LUPEX goes (spring 2031)|TENTATIVE", LANDING]


def test_what_is_cancelled_stays_where_it_is_and_says_so(person, landing, soon):
    cancel(landing, at=next(soon))

    person.sync_news()

    assert person.sees == [BEFORE[0], "2032-06-05|Cancelled: LUPEX landing|CANCELLED"]


def test_what_loses_its_date_is_deleted_and_comes_back_once(person, landing, soon):
    say(landing, None, at=next(soon))
    person.sync_news()
    without = person.sees
    say(landing, "2033", at=next(soon))
    person.sync_news()

    assert without == [BEFORE[0]]
    assert person.sees == [BEFORE[0], "2033-01-01|~ LUPEX landing (2033)|TENTATIVE"]


def test_when_nothing_has_a_date_the_last_entries_go_and_the_sync_goes_on(
    person, launch, landing, soon
):
    """An emptied calendar vdirsyncer takes for broken, and keeps everything."""
    say(launch, None, at=next(soon))
    say(landing, None, at=next(soon))
    person.sync_news()
    without = (person.sees, len(person.files))
    say(launch, "2034", at=next(soon))
    person.sync_news()

    assert without == ([], 1)
    assert person.sees == ["2034-01-01|~ LUPEX launch (2034)|TENTATIVE"]
    assert len(person.files) == 1


def test_whoever_goes_by_the_uid_has_each_entry_once_whatever_happens(
    served, tmp_path, launch, landing, soon
):
    """The UIDs that vdirsyncer keeps are its own; khal's import replaces what has the same UID."""
    person = Person(tmp_path, url=f"{served}/calendar/programme/lupex.ics")
    person.import_()
    files = set(person.files)
    say(launch, "2031-27", at=next(soon))
    publishing.edit(launch, {"title": "LUPEX goes", "slug": "lupex-goes"}, at=next(soon))
    cancel(landing, at=next(soon))

    person.wait_for_news()
    person.import_()

    assert len(files) == 2
    assert set(person.files) == files
    assert person.sees == [
        "2031-09-01|~ LUPEX goes (autumn 2031)|TENTATIVE",
        "2032-06-05|Cancelled: LUPEX landing|CANCELLED",
    ]


# ---- a private calendar ------------------------------------------------------------------------


@pytest.fixture
def opened(launch, landing) -> Opened:
    return a_feed("Moon", at=now())


@pytest.fixture
def owner(served, opened, tmp_path) -> Person:
    """Of a private calendar, in which everything is."""
    subscribed = Person(tmp_path, url=f"{served}/f/{opened.token}/moon.ics")
    subscribed.sync()
    return subscribed


def choose(opened: Opened, *, at: datetime, **options: str) -> None:
    """Change the options of the calendar, and not its address."""
    feed = PrivateFeed.objects.get(pk=opened.feed.pk)
    chosen = Options(**options)
    private_feeds.change(feed, feed.name, Choice(), chosen, seen=feed.number, at=at)


def test_another_option_moves_the_entry_without_another_address(owner, opened, soon):
    assert owner.sees == BEFORE
    seen = []
    for vague in ("end", "none", "start"):
        choose(opened, at=next(soon), vague=vague)
        owner.sync_news()
        seen.append(owner.sees)

    assert seen == [
        ["2031-05-31|~ LUPEX launch (spring 2031)|TENTATIVE", LANDING],
        [LANDING],
        BEFORE,
    ]


def test_marks_at_both_ends_are_two_entries_which_become_one_again(owner, opened, soon):
    choose(opened, at=next(soon), vague="both")
    owner.sync_news()
    both = owner.sees
    choose(opened, at=next(soon), vague="end")
    owner.sync_news()

    assert both == [
        BEFORE[0],
        "2031-05-31|~ LUPEX launch (spring 2031, last day)|TENTATIVE",
        LANDING,
    ]
    assert owner.sees == ["2031-05-31|~ LUPEX launch (spring 2031)|TENTATIVE", LANDING]


def test_whoever_goes_by_the_uid_sees_another_option_move_the_entry(served, opened, tmp_path, soon):
    owner = Person(tmp_path, url=f"{served}/f/{opened.token}/moon.ics")
    owner.import_()
    files = set(owner.files)
    choose(opened, at=next(soon), vague="end")

    owner.wait_for_news()
    owner.import_()

    assert set(owner.files) == files
    assert owner.sees == ["2031-05-31|~ LUPEX launch (spring 2031)|TENTATIVE", LANDING]


def test_no_entry_tells_the_secret_address(owner, opened):
    kept = [file.read_text() for file in (owner.folder / "kept").iterdir()]

    assert len(kept) == 2
    assert [text for text in kept if opened.token in text.replace("\n ", "")] == []


def test_when_the_address_is_closed_the_entries_go_and_one_says_why(owner, opened, soon):
    private_feeds.close(opened.feed, at=next(soon))

    owner.sync_news()

    assert len(owner.files) == 1
    assert owner.sees == []
    (left,) = [file.read_text() for file in (owner.folder / "kept").glob("*.ics")]
    assert "This feed was closed" in left


def test_the_owner_is_shown_who_came_by_last(owner, opened):
    def seen_by() -> str:
        return PrivateFeed.objects.get(pk=opened.feed.pk).last_fetched_by

    until(lambda: seen_by() == "vdirsyncer")
