"""A calendar's own bytes → what its subscribers will see: nothing else could be truer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from timeline.dates import Mode
from timeline.wording.entries import FIRST, IN, LAST

# The category of a date that is no day, in each language.
_ROUGH = frozenset(words.approximate for words in IN.values())
# What an entry says, in its facts, where its day is not the first that is possible.
_SAID = {
    said: sense
    for words in IN.values()
    for said, sense in [
        (words.is_overdue, "overdue"),
        (words.open[Mode.BY, LAST], "deadline"),
        (words.open[Mode.NET, FIRST], "not before"),
    ]
}
# Stands in a calendar that would be empty otherwise.
_NOTE = "nothing-dated"
_DAY = timedelta(days=1)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the calendar, as its lines say. `first` and `last` are its days, both inclusive."""

    lines: dict[str, str] = field(repr=False)
    first: date
    last: date
    time: str

    @property
    def title(self) -> str:
        return _plain(self.lines["SUMMARY"])

    @property
    def path(self) -> str:
        """Its page, on whatever host this is read."""
        return urlsplit(self.lines["URL"]).path

    @property
    def is_cancelled(self) -> bool:
        return self.lines["STATUS"] == "CANCELLED"

    @property
    def is_firm(self) -> bool:
        return self.lines["STATUS"] == "CONFIRMED"

    @property
    def is_vague(self) -> bool:
        return not _ROUGH.isdisjoint(self.lines.get("CATEGORIES", "").split(","))

    @property
    def is_busy(self) -> bool:
        return self.lines.get("TRANSP") == "OPAQUE"

    @property
    def rings(self) -> bool:
        return "TRIGGER" in self.lines

    @property
    def look(self) -> str:
        if self.is_cancelled:
            return "cancelled"
        if self.is_vague:
            return "vague"
        return "firm" if self.is_firm else "open"

    @property
    def sense(self) -> str:
        """What its day means, for the legend: mostly its look."""
        if self.look != "vague":
            return self.look
        if self.lines["UID"].startswith("digest-"):
            return "digest"
        facts = self.lines.get("DESCRIPTION", "").partition(r"\n\n")[0].split(r"\n")
        return next((_SAID[said] for said in map(_plain, facts) if said in _SAID), self.look)


def entries(body: bytes) -> list[Entry]:
    """Those of a calendar, by day; a note that stands in for them is none."""
    found = [_entry(lines) for lines in _events(body) if not lines["UID"].startswith(_NOTE)]
    return sorted(found, key=lambda one: (one.first, one.time, one.title))


def _events(body: bytes) -> Iterator[dict[str, str]]:
    """The lines of each VEVENT by name, without their parameters."""
    event: dict[str, str] = {}
    for line in body.replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            yield event
        else:
            event.setdefault(name.partition(";")[0], value)


def _entry(lines: dict[str, str]) -> Entry:
    start, end = lines["DTSTART"], lines["DTEND"]
    if "T" not in start:
        return Entry(lines, date.fromisoformat(start), date.fromisoformat(end) - _DAY, "")
    starts_at, ends_at = _moment(start), _moment(end)
    # What ends after midnight stands on the day on which it begins.
    last = ends_at if ends_at - starts_at > _DAY else starts_at
    return Entry(lines, starts_at.date(), last.date(), f"{starts_at:%H:%M} UTC")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text)
