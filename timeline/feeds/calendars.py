"""Calendars at an address that says what they hold, for anybody."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse

from timeline.addresses import (
    ICAL,
    JCAL,
    AddressTooLong,
    Asked,
    NoSuchCalendar,
    address_of,
    asked_at,
    named,
)
from timeline.asked import WrongParameter, WrongParameters
from timeline.feeds.document import Document, Moved, NoDocument
from timeline.feeds.plans import Plan, given
from timeline.ical import calendar, jcal
from timeline.ical.calendar import Basis, Feed, Written
from timeline.ical.current import Current
from timeline.ical.feed import public_list_id
from timeline.ical.selection import begins, month_of
from timeline.models import Edition


@dataclass(frozen=True, slots=True)
class Form:
    media_type: str
    write: Callable[..., Written]


FORMS = {
    ICAL: Form("text/calendar; charset=utf-8", calendar.write),
    JCAL: Form("application/calendar+json", jcal.write_jcal),
}
NONE = "There is no such calendar feed."
# How else people and apps write the address of a calendar.
_UNENDED = re.compile(r"(/calendar/(?:[a-z]+/)?[-\w]+)(\.ics|\.jcal\.json)?/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublicCalendar:
    """An address below /calendar/."""

    path: str
    query: str

    def version(self) -> Hashable:
        return Edition.objects.number()

    def plan(self, version: Hashable, *, at: datetime) -> Plan:
        del version  # what it holds is in the address
        try:
            asked = asked_at(self.path, given(self.query))
        except NoSuchCalendar:
            raise self._other_way_to_write_it() from None
        return plan_of(feed_of(asked), path=self.path, at=at)

    def fetched(self, *, by: str, at: float) -> None:
        """Nobody counts who reads what is public."""

    def _other_way_to_write_it(self) -> NoDocument:
        found = _UNENDED.fullmatch(self.path)
        if found is None or (path := found[1] + (found[2] or ICAL)) == self.path:
            return NoDocument(NONE)
        try:
            asked_at(path, given(self.query))
        except NoSuchCalendar:
            return NoDocument(NONE)
        return Moved(to=f"{path}?{self.query}" if self.query else path)


def feed_of(asked: Asked) -> Feed:
    """The calendar that somebody asks for, under its shortest address. Raises WrongParameters."""
    try:
        address = address_of(asked.choice, asked.options)
    except AddressTooLong as error:
        raise WrongParameters(WrongParameter("address", str(error))) from None
    groups = asked.choice.groups()
    only = groups[0].get_absolute_url() if len(groups) == 1 else ""
    return Feed(
        name=f"{named(asked.choice)} – Milepost" if groups else "Milepost",
        path=address,
        page=only or reverse("timeline:timeline"),
        current=Current(asked.choice.milestones()),
        options=asked.options,
        list_id=public_list_id(address),
    )


def plan_of(feed: Feed, *, path: str, at: datetime, regrouped_at: datetime | None = None) -> Plan:
    """How to make a calendar, as the ending of its address wants it; until the month is over."""
    month = month_of(at)
    read = calendar.basis(feed, month=month, regrouped_at=regrouped_at)
    until = begins((month + timedelta(days=31)).replace(day=1))
    return Plan(read.signature(feed), until, partial(_document, feed, read, path=path, month=month))


def _document(feed: Feed, read: Basis, *, path: str, month: date) -> Document:
    form = FORMS[JCAL if path.endswith(JCAL) else ICAL]
    written = form.write(feed, month=month, read=read)
    return Document(
        body=written.body,
        media_type=form.media_type,
        filename=path.rpartition("/")[2],
        last_modified=written.last_modified,
        is_public=feed.is_public,
    )
