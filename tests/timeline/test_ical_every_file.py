"""What holds for every calendar that we promise to the byte, whatever it shows."""

import re

import pytest

from tests.calendars import expected
from tests.calendars.strict import Component, entries, read

FILES = sorted(expected.names() | expected.names("ja/"))
ONCE = ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"]
ONCE += ["DESCRIPTION", "URL", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"]
NEVER = ["METHOD", "RRULE", "X-ALT-DESC", "ORGANIZER", "ATTENDEE", "IMAGE", "RELATED-TO"]
UID = re.compile(r"(milestone|digest|nothing-dated|closed)-[-.\w]+@milepost\.example")
MOMENT = re.compile(r"\d{8}T\d{6}Z")
every_file = pytest.mark.parametrize("name", FILES)


def body(name: str) -> bytes:
    return (expected.HERE / f"{name}.ics").read_bytes()


def parts(component: Component) -> list[Component]:
    return [component, *(one for part in component.parts for one in parts(part))]


@every_file
def test_there_is_nothing_that_apps_stumble_over(name):
    whole = body(name)
    names = {given.split(";")[0] for part in parts(read(whole)) for given in part.names}

    assert not names & set(NEVER)
    assert not whole.startswith(b"\xef\xbb\xbf")
    assert not re.search(rb"TZID|<[a-z/]", whole)
    assert {part.name for part in parts(read(whole))} <= {"VCALENDAR", "VEVENT", "VALARM"}
    assert "UID" not in read(whole)


@every_file
def test_each_property_that_apps_need_is_there_once_and_as_they_need_it(name):
    for entry in entries(body(name)):
        given = [line.split(";")[0] for line in entry.names]
        assert [given.count(one) for one in ONCE] == [1] * len(ONCE)
        assert len(given) == len(set(given))
        assert UID.fullmatch(entry["UID"])
        assert len(entry["UID"]) <= 255
        assert MOMENT.fullmatch(entry["DTSTAMP"])
        assert entry["DTSTAMP"] == entry["LAST-MODIFIED"]
        assert 0 <= int(entry["SEQUENCE"]) < 2**31
        assert entry["STATUS"] in ("CONFIRMED", "TENTATIVE", "CANCELLED")
        assert entry["URL"].startswith("https://milepost.example/")
        assert 0 < len(entry["SUMMARY"]) <= 120
        assert entry["DESCRIPTION"].endswith(f"\n{entry['URL']}")


@every_file
def test_an_entry_ends_after_it_begins_and_is_whole_days_or_utc(name):
    for entry in entries(body(name)):
        starts, ends = entry["DTSTART"], entry["DTEND"]
        is_days = "DTSTART;VALUE=DATE" in entry.names

        assert ends > starts
        assert is_days == ("DTEND;VALUE=DATE" in entry.names)
        for moment in (starts, ends):
            assert re.fullmatch(r"\d{8}", moment) if is_days else MOMENT.fullmatch(moment)


@every_file
def test_no_two_entries_have_the_same_uid(name):
    uids = [entry["UID"] for entry in entries(body(name))]

    assert len(uids) == len(set(uids))
