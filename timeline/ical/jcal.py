"""The same calendar as jCal (RFC 7265): property for property what its text says."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from icalendar import Component

from timeline.ical.calendar import Basis, Feed, Written, contents, others_of
from timeline.ical.folding import to_bytes
from timeline.ical.fragments import Fragment
from timeline.ical.heading import heading
from timeline.ical.rendering import Raised, raised, stamp

_KEPT = 5_000
_NEVER = stamp(datetime(1970, 1, 1, tzinfo=UTC))


def write_jcal(feed: Feed, *, month: date, read: Basis | None = None) -> Written:
    """As `calendar.write`, in the other notation."""
    parts = contents(feed, month=month, read=read)
    changed_at = parts.basis.last_modified
    ((name, properties, _),) = _read(to_bytes(heading(feed, changed_at=changed_at)))
    others = [_inside(_read(to_bytes(one))) for one in others_of(feed, parts)]
    by = raised(feed.settings)
    events = ",".join([*others, *(filled(one, by) for one in parts.fragments)])
    body = f"[{_json(name)},{_json(properties)},[{events}]]"
    return Written(body.encode(), changed_at, parts.left_out, parts.left_over)


def filled(ready: Fragment, by: Raised) -> str:
    """Its entries, as members of a list."""
    at = _json(_told(ready.changed_at(by)))
    text = _template(ready)
    # No text holds these: its quotes are escaped.
    for name in ("dtstamp", "last-modified"):
        text = text.replace(_date_time(name, _json(_told(_NEVER))), _date_time(name, at))
    return text.replace(_sequence(0), _sequence(ready.sequence + by.number))


@lru_cache(maxsize=_KEPT)
def _template(ready: Fragment) -> str:
    return _inside(_read(ready.template % ((_NEVER, _NEVER, 0) * ready.count)))


def _read(body: bytes) -> list[Any]:
    return [part.to_jcal() for part in Component.from_ical(body, multiple=True)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _inside(components: list[Any]) -> str:
    return _json(components)[1:-1]


def _date_time(name: str, value: str) -> str:
    return f'["{name}",{{}},"date-time",{value}]'


def _sequence(number: int) -> str:
    return f'["sequence",{{}},"integer",{number}]'


def _told(moment: bytes) -> str:
    """20261120T120000Z → 2026-11-20T12:00:00Z (RFC 7265 §3.6.5)."""
    text = moment.decode()
    return f"{text[:4]}-{text[4:6]}-{text[6:11]}:{text[11:13]}:{text[13:]}"
