"""Somebody else's calendar (RFC 5545) → rows, one entry at a time; and what an entry claims."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from timeline.changes import StatementKind
from timeline.dates import NO_DATE, VagueDate, make
from timeline.importing.cells import unprintable
from timeline.importing.files import Json, Row
from timeline.importing.problems import ImportRefused, Problem

_A_DAY = timedelta(days=1)
_LONGEST = 300
TAKEN = ("SUMMARY", "UID", "STATUS", "URL")


def entries_of(path: Path, text: str) -> Iterator[Row]:
    """Each VEVENT as a row; its line is that on which it begins. Raises ImportRefused.

    Only one is held as an object: a calendar of ten thousand takes no more than one of ten.
    """
    if "BEGIN:VCALENDAR" not in text[:10_000].upper():
        raise ImportRefused([Problem(path.name, "", "is no calendar: it has no VCALENDAR")])
    zones: list[str] = []
    for name, line, block in _blocks(text):
        if name == "VTIMEZONE":
            zones.append(block)
        else:
            yield Row(path.name, line, _cells(block, zones))


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """Zones and entries: the name, the first line and the text of each."""
    name, begins = "", 0
    held: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.strip().upper()
        if not name and word in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            name, begins, held = word.partition(":")[2], number, []
        if name:
            held.append(line)
        if name and word == f"END:{name}":
            yield name, begins, "\r\n".join(held)
            name = ""


def _cells(block: str, zones: list[str]) -> dict[str, Json]:
    whole = "\r\n".join(["BEGIN:VCALENDAR", *zones, block, "END:VCALENDAR", ""])
    try:
        return _of_event(Calendar.from_ical(whole).events[0])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        return {"problem": f"cannot be read: {type(error).__name__}"}


def _of_event(event: Event) -> dict[str, Json]:
    cells: dict[str, Json] = {name.lower(): str(event.get(name, "")).strip() for name in TAKEN}
    if event.get("RRULE"):
        cells["problem"] = "repeats (RRULE): a milestone happens once"
    begins, ends = event.decoded("DTSTART", None), event.decoded("DTEND", None)
    cells["starts"], cells["zone"] = _moment(begins)
    if isinstance(ends, date) and not isinstance(ends, datetime):
        cells["ends"] = (ends - _A_DAY).isoformat()  # the end of days is the day after
    said = event.decoded("LAST-MODIFIED", None) or event.decoded("DTSTAMP", None)
    cells["said_on"] = said.date().isoformat() if isinstance(said, datetime) else ""
    return cells


def _moment(value: object) -> tuple[str, str]:
    """A day, or a moment with its offset and the name of its zone; '' for none."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value.replace(microsecond=0).isoformat(), ""
        zone = getattr(value.tzinfo, "key", "")
        return value.replace(microsecond=0).isoformat(), zone
    return (value.isoformat(), "") if isinstance(value, date) else ("", "")


# ---- what it claims ----------------------------------------------------------------------------


def problem_of(cells: dict[str, Json]) -> str:
    """Why nothing can be made of an entry; '' if something can."""
    if cells.get("problem"):
        return str(cells["problem"])
    if not cells.get("summary"):
        return "has no SUMMARY: nobody can say what it is"
    if reason := unprintable(str(cells["summary"])):
        return reason
    if not cells.get("starts") and not is_cancelled(cells):
        return "has no DTSTART"
    starts = str(cells.get("starts"))
    if "T" in starts and not _has_offset(starts):
        return "has a time without a zone: say whose time it is"
    return ""


def is_cancelled(cells: dict[str, Json]) -> bool:
    return str(cells.get("status", "")).upper() == "CANCELLED"


def date_of(cells: dict[str, Json], *, home_zone: str) -> VagueDate:
    """Its date; none if it is cancelled. Raises DateError."""
    if is_cancelled(cells):
        return NO_DATE
    starts, ends = str(cells["starts"]), str(cells.get("ends") or "")
    if "T" in starts:
        zone = str(cells.get("zone") or "")
        return make(_as_edtf(starts), "minute", "", "" if zone == home_zone else zone)
    if ends > starts:
        return make(f"{starts}/{ends}")
    return make(starts)


def kind_of(cells: dict[str, Json]) -> StatementKind:
    return StatementKind.CANCELLED if is_cancelled(cells) else StatementKind.PLAN


def words_of(cells: dict[str, Json]) -> str:
    """What it says: its title and its day."""
    when = "cancelled" if is_cancelled(cells) else str(cells["starts"])
    return f"{str(cells['summary'])[: _LONGEST - 40]}: {when}"


def _has_offset(starts: str) -> bool:
    return datetime.fromisoformat(starts).tzinfo is not None


def _as_edtf(starts: str) -> str:
    return datetime.fromisoformat(starts).isoformat().replace("+00:00", "Z")
