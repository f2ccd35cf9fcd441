"""Each expected calendar, read by parsers in Python, JavaScript and C: they see the same in it."""

from pathlib import Path

import pytest

from tests.calendars import parsers

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.rglob("*.ics"))
NOW_AND_THEN = b"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Milepost//Feed 1//EN
X-WR-CALNAME:Milepost
BEGIN:VEVENT
UID:milestone-1@milepost.example
DTSTAMP:20261120T120000Z
SEQUENCE:2
DTSTART:20261230T121000Z
DTEND:20261230T124000Z
SUMMARY:Moon\\, Mars\\; or \\\\n
CATEGORIES:LUPEX,Moon\\, Mars
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Tomorrow
TRIGGER:-P1D
END:VALARM
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")
READ = [
    "vcalendar",
    [
        ["version", {}, "text", "2.0"],
        ["prodid", {}, "text", "-//Milepost//Feed 1//EN"],
        ["x-wr-calname", {}, "text", "Milepost"],
    ],
    [
        [
            "vevent",
            [
                ["uid", {}, "text", "milestone-1@milepost.example"],
                ["dtstamp", {}, "date-time", "2026-11-20T12:00:00Z"],
                ["sequence", {}, "integer", 2],
                ["dtstart", {}, "date-time", "2026-12-30T12:10:00Z"],
                ["dtend", {}, "date-time", "2026-12-30T12:40:00Z"],
                ["summary", {}, "text", "Moon, Mars; or \\n"],
                ["categories", {}, "text", "LUPEX", "Moon, Mars"],
            ],
            [
                [
                    "valarm",
                    [
                        ["action", {}, "text", "DISPLAY"],
                        ["description", {}, "text", "Tomorrow"],
                        ["trigger", {}, "duration", "-P1D"],
                    ],
                    [],
                ]
            ],
        ]
    ],
]


@pytest.mark.ical_js
@pytest.mark.libical
@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(HERE)) for file in FILES])
def test_every_expected_calendar_is_read_alike(read_by_all, file):
    name, properties, parts = read_by_all(file.read_bytes())

    assert (name, bool(properties)) == ("vcalendar", True)
    assert {part[0] for part in parts} == {"vevent"}


# ---- each of them reads everything -------------------------------------------------------------


@pytest.mark.ical_js
@pytest.mark.libical
def test_escapes_numbers_moments_and_alarms_are_read_alike(read_by_all):
    assert read_by_all(NOW_AND_THEN) == READ


@pytest.mark.libical
@pytest.mark.parametrize("line", [b"CATEGORIES:\r\n", b"LAST-MODIFIED:yesterday\r\n"])
def test_libical_says_what_is_wrong(libical, line):
    wrong = NOW_AND_THEN.replace(b"SEQUENCE:2\r\n", line)

    assert "x-lic-error" in {name for name, *_ in libical.reads(wrong)[2][0][1]}


@pytest.mark.libical
def test_libical_wants_an_organizer_beside_a_method(libical):
    with pytest.raises(AssertionError):
        libical.reads(
            NOW_AND_THEN.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n")
        )


@pytest.mark.ical_js
def test_ical_js_says_what_is_wrong_and_reads_on(ical_js):
    with pytest.raises(AssertionError, match="invalid ical body"):
        ical_js.reads(NOW_AND_THEN.replace(b"END:VALARM\r\n", b""))

    assert ical_js.reads(NOW_AND_THEN) == READ


@pytest.mark.ical_js
def test_ical_js_is_asked_again_and_again(ical_js):
    moved = NOW_AND_THEN.replace(b"DTSTART:20261230", b"DTSTART:20261229")

    first, second, third = (ical_js.reads(body) for body in (NOW_AND_THEN, moved, NOW_AND_THEN))

    assert first == third == READ
    assert second[2][0][1][3] == ["dtstart", {}, "date-time", "2026-12-29T12:10:00Z"]


@pytest.mark.ical_js
def test_ical_js_reads_another_thing_in_other_bytes(ical_js):
    assert ical_js.reads(NOW_AND_THEN.replace(b"LUPEX,Moon", b"LUPEX\\,Moon")) != READ


def test_icalendar_reads_it_and_says_what_is_wrong():
    assert parsers.icalendar_reads(NOW_AND_THEN) == READ
    with pytest.raises(AssertionError):
        parsers.icalendar_reads(NOW_AND_THEN.replace(b"T121000Z", b"T999999Z"))
