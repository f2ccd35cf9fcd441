"""A milestone as an event of schema.org, in a data block that browsers do not run.

No date stands there that is sharper than what was said. Day, month and year can be written alone;
of a week, a season, a quarter or a range it is the month or the year that holds all of it, and
where none does, or the date is doubted or has an open side, there is no `startDate`. The first
and the last possible day would say that it begins on the one and lasts until the other. The words
of the date are in the description.
"""

import json
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.asof import Look
from timeline.changes import Change, ChangeKind, StatementKind
from timeline.dates import Mode, VagueDate
from timeline.feeds.plain import web_address
from timeline.models import Milestone, Organisation
from timeline.pages.words import date_words
from timeline.worded import said_on_words

_MOVED = ("EventRescheduled", "EventPostponed")
_MOVES = {ChangeKind.SLIP, ChangeKind.PULL_IN}
_WHEN = {
    StatementKind.PLAN: "Planned",
    StatementKind.OCCURRED: "Happened",
    StatementKind.CANCELLED: "Cancelled, was planned",
}
# Neither ends the element, nor a comment or a line of it, for any parser of HTML.
_HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def event_block(look: Look) -> SafeString:
    written = json.dumps(event(look), ensure_ascii=False, separators=(",", ":"))
    block = SafeString(written.translate(_HARMLESS))
    return format_html('<script type="application/ld+json">{}</script>', block)


def event(look: Look) -> dict[str, object]:
    """What is not known is left out."""
    milestone = look.milestone
    status = status_of(look)
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": milestone.title,
        "url": _address(milestone),
        "eventStatus": f"https://schema.org/{status}",
        "startDate": start_of(look.when, home_zone=milestone.home_zone),
        "endDate": end_of(look.when),
        "previousStartDate": previous_starts(look) if status in _MOVED else [],
        "description": _description(look),
        "location": _location(milestone),
        "organizer": _organizers(milestone),
        "sameAs": web_address(milestone.url),
    }
    return {name: value for name, value in told.items() if value}


# ---- when --------------------------------------------------------------------------------------


def status_of(look: Look) -> str:
    """Postponed is what had a date and has none now; rescheduled what ever moved."""
    if look.kind is StatementKind.CANCELLED:
        return "EventCancelled"
    if look.kind is StatementKind.PLAN and not look.when.is_dated:
        had_a_date = any(one.edtf for one in look.said)
        return "EventPostponed" if had_a_date else "EventScheduled"
    has_moved = any(_is_move(step.change) for step in look.steps)
    return "EventRescheduled" if has_moved else "EventScheduled"


def start_of(value: VagueDate, *, home_zone: str) -> str:
    """A time, or the day, month or year that surely holds the date; '' where there is none."""
    if value.edtf is None or value.qualifier or value.mode in (Mode.NET, Mode.BY):
        return ""
    if value.instant is not None:
        return value.edtf
    if value.mode is Mode.SPAN:
        return value.edtf.partition("/")[0]
    window = value.window(home_zone)
    return _common(window.earliest, window.latest)


def end_of(value: VagueDate) -> str:
    """Of what lasts from one day or month to another. Of all else no end is known."""
    is_sure = value.mode is Mode.SPAN and not value.qualifier
    return value.edtf.partition("/")[2] if value.edtf and is_sure else ""


def previous_starts(look: Look) -> list[str]:
    """What it was moved from, oldest first, as far as that can be written."""
    home_zone = look.milestone.home_zone
    left = [step.before for step in look.steps if step.before and _leaves_a_date(step.change)]
    starts = dict.fromkeys(start_of(one.date, home_zone=home_zone) for one in left)
    now = start_of(look.when, home_zone=home_zone)
    return [start for start in starts if start not in ("", now)]


def _is_move(change: Change) -> bool:
    if change.kind is ChangeKind.OCCURRED:
        return change.sub in ("early", "late")
    return change.kind in _MOVES or (change.kind is ChangeKind.REINSTATED and change.sub in _MOVES)


def _leaves_a_date(change: Change) -> bool:
    return _is_move(change) or change.kind is ChangeKind.UNDATED


def _common(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    units = (first.isoformat()[:length] for length in (10, 7, 4))
    return next((unit for unit in units if last.isoformat().startswith(unit)), "")


# ---- what, where, who --------------------------------------------------------------------------


def _description(look: Look) -> str:
    source, day = look.statement.source.publisher, said_on_words(look.statement)
    when = f"{_WHEN[look.kind]}: {date_words(look)} ({source}, {day})."
    return " ".join([when, *look.milestone.summary.split()])


def _location(milestone: Milestone) -> dict[str, str]:
    is_place = milestone.place and "://" not in milestone.place
    return {"@type": "Place", "name": milestone.place} if is_place else {}


def _organizers(milestone: Milestone) -> Sequence[dict[str, str]]:
    return [
        {"@type": "Organization", "name": one.name, "url": _address(one)}
        for one in milestone.programme.organisations.all()
    ]


def _address(row: Milestone | Organisation) -> str:
    return f"{settings.MILEPOST_BASE_URL}{row.get_absolute_url()}"
