"""The icalendar library at each request, in a bare WSGI function: no framework, no database."""

from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from benchmarks.peers.entries import Entry, entries

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

ENTRIES = entries()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    del environ
    body = written()
    headers = [
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response("200 OK", headers)
    return [body]


def written() -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Milepost//Benchmark//EN")
    for entry in ENTRIES:
        calendar.add_component(event(entry))
    body: bytes = calendar.to_ical()
    return body


def event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.changed)
    made.add("created", entry.created)
    made.add("last-modified", entry.changed)
    made.add("sequence", entry.sequence)
    made.add("dtstart", entry.start)
    made.add("dtend", entry.end)
    made.add("summary", entry.title)
    made.add("description", entry.text)
    made.add("url", entry.link)
    made.add("status", entry.status)
    made.add("transp", "TRANSPARENT")
    made.add("categories", entry.categories)
    return made
