"""Entries laid out as months and weeks, as a calendar shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from timeline.pages.preview import Entry

SHOWN = 12
LISTED = 100
IN_A_MONTH = 60
_FULL = 20
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of an entry that lies in one week of one month; columns count from 1."""

    entry: Entry
    first: date
    last: date
    is_again: bool

    @property
    def column(self) -> int:
        return self.first.weekday() + 1

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def comes_from_before(self) -> bool:
        return self.entry.first < self.first

    @property
    def goes_on(self) -> bool:
        return self.entry.last > self.last


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days; those of another month are None."""

    days: Sequence[date | None]
    segments: Sequence[Segment]

    @property
    def is_quiet(self) -> bool:
        """Nothing begins in it: a list of days has nothing new to say of it."""
        return all(one.is_again for one in self.segments)


@dataclass(frozen=True, slots=True)
class Month:
    """One with its entries; of very many, the `more` that are left out are the longest bars."""

    first: date
    entries: Sequence[Entry]
    more: int = 0

    @property
    def is_full(self) -> bool:
        """So many that each has to be short."""
        return len(self.entries) > _FULL

    @property
    def last(self) -> date:
        return _next(self.first) - timedelta(days=1)

    @property
    def weeks(self) -> list[Week]:
        monday = self.first - timedelta(days=self.first.weekday())
        return [self._week(one) for one in _every_week(monday, until=self.last)]

    def _week(self, monday: date) -> Week:
        all_days = [monday + timedelta(days=number) for number in range(7)]
        days = [day if day.month == self.first.month else None for day in all_days]
        first, last = max(monday, self.first), min(all_days[-1], self.last)
        within = [one for one in self.entries if one.first <= last and one.last >= first]
        return Week(days, [self._segment(one, first, last) for one in within])

    def _segment(self, entry: Entry, first: date, last: date) -> Segment:
        is_again = entry.first < first != self.first
        return Segment(entry, max(entry.first, first), min(entry.last, last), is_again)


@dataclass(frozen=True, slots=True)
class Months:
    """The next months that have entries, and what lies before and behind them."""

    earlier: Sequence[Entry]
    shown: Sequence[Month]
    later: Sequence[Entry]


def laid_out(entries: Sequence[Entry], *, today: date) -> Months:
    """From this month on, at most `SHOWN` months; one without an entry is left out."""
    now = today.replace(day=1)
    to_come = [one for one in entries if one.last >= now]
    firsts = sorted({month for one in to_come for month in _months_of(one, since=now)})[:SHOWN]
    end = _next(firsts[-1]) if firsts else now
    return Months(
        earlier=[one for one in reversed(entries) if one.last < now],
        shown=[_month(first, to_come) for first in firsts],
        later=[one for one in to_come if one.first >= end],
    )


def _month(first: date, entries: Sequence[Entry]) -> Month:
    end = _next(first)
    within = [one for one in entries if one.first < end and one.last >= first]
    by_length = sorted(range(len(within)), key=lambda at: within[at].last - within[at].first)
    kept = [within[at] for at in sorted(by_length[:IN_A_MONTH])]
    return Month(first, kept, more=len(within) - len(kept))


def _months_of(entry: Entry, *, since: date) -> Iterator[date]:
    """The firsts of the months that an entry touches, no more of them than are shown.

    None of the last year that there is: its weeks would not end.
    """
    month = max(entry.first.replace(day=1), since)
    for _ in range(SHOWN):
        if month > entry.last or month.year == MAXYEAR:
            return
        yield month
        month = _next(month)


def _every_week(monday: date, *, until: date) -> Iterator[date]:
    for number in range((until - monday).days // 7 + 1):
        yield monday + number * _WEEK


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
