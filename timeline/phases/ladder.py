"""The moments worth a reminder on the way to a date, never finer than the date itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from timeline.comparing import tolerance
from timeline.dates import Mode, Precision, VagueDate, Window, zone_named
from timeline.phases.waiting import day_after, later, overdue_at, overdue_on

_DAY = (30, 7, 1)
_MONTH = (30, 7)
_SEASON = (30,)
_YEAR = (90,)
_LEADS = {
    Precision.DAY: _DAY,
    Precision.WEEK: _MONTH,
    Precision.MONTH_PART: _MONTH,
    Precision.MONTH: _MONTH,
    Precision.QUARTER: _SEASON,
    Precision.SEASON: _SEASON,
    Precision.YEAR_PART: _SEASON,
    Precision.HALF: _SEASON,
    Precision.YEAR: _YEAR,
    Precision.FISCAL_YEAR: _YEAR,
    Precision.RANGE: _YEAR,
    Precision.DECADE: (),
    Precision.CENTURY: (),
}
_TIMED_LEADS = (7, 1)
_AN_HOUR = timedelta(hours=1)
_STILL_NO_DATE = 30
_SHORTEST_CLOSING, _LONGEST_CLOSING = 3, 30


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment to remind of: a day of the home zone (`on`), or an instant in UTC (`at`).

    Names: "t-7d", "t-1h" before a day or time; "opens-30d", "opens", "closes-23d" of a window;
    "deadline-30d"; "reached" and "reached+30d" of a "not before"; "overdue". `lead` is the time
    until what the name says, none if it is about the moment itself.
    """

    name: str
    on: date | None = None
    at: datetime | None = None
    lead: timedelta = timedelta(0)


def anchors(value: VagueDate, *, home_zone: str, said_on: date) -> tuple[Anchor, ...]:
    """The reminders of a plan, in order of time; none without a date."""
    if value.edtf is None:
        return ()
    if value.instant is not None:
        return _of_a_time(value, home_zone, said_on)
    window = value.window(home_zone)
    found = [*_of_window(value, window)]
    overdue = overdue_on(value, home_zone=home_zone, said_on=said_on)
    if overdue is not None:
        found.append(Anchor("overdue", on=overdue))
    return tuple(found)


def _of_window(value: VagueDate, window: Window) -> list[Anchor]:
    if value.mode is Mode.BY:
        assert window.latest is not None  # noqa: S101
        return _leads(value, "deadline", window.latest)
    assert window.earliest is not None  # noqa: S101
    if value.mode is Mode.NET:
        return [
            *_leads(value, "opens", window.earliest),
            Anchor("reached", on=window.earliest),
            *_anchor(f"reached+{_STILL_NO_DATE}d", window.earliest, after=_STILL_NO_DATE),
        ]
    if value.precision is Precision.DAY:
        return _leads(value, "t", window.earliest)
    assert window.latest is not None  # noqa: S101
    opens = Anchor("opens", on=window.earliest)
    closes = _closing(window.earliest, window.latest)
    return [*_leads(value, "opens", window.earliest), opens, *closes]


def _leads(value: VagueDate, name: str, day: date) -> list[Anchor]:
    leads = _offered(value, _LEADS[value.precision])
    return [one for lead in leads for one in _anchor(f"{name}-{lead}d", day, lead=lead)]


def _offered(value: VagueDate, leads: tuple[int, ...]) -> tuple[int, ...]:
    """A lead finer than the date is none: "around 12 May" does not come tomorrow."""
    if value.precision is Precision.DAY or value.instant is not None:
        return tuple(lead for lead in leads if lead >= tolerance(value))
    return leads


def _closing(first: date, last: date) -> list[Anchor]:
    days = (last - first).days + 1
    lead = max(_SHORTEST_CLOSING, min(_LONGEST_CLOSING, days // 4))
    if days <= lead + 1:
        return []
    return _anchor(f"closes-{lead}d", last, lead=lead)


def _anchor(name: str, day: date, *, lead: int = 0, after: int = 0) -> list[Anchor]:
    on = day_after(day, after - lead)
    return [] if on is None else [Anchor(name, on=on, lead=timedelta(days=lead))]


def _of_a_time(value: VagueDate, home_zone: str, said_on: date) -> tuple[Anchor, ...]:
    """Whole days ahead by the clock on the wall, hours by the hours that pass."""
    assert value.instant is not None  # noqa: S101
    there = value.instant.astimezone(zone_named(value.zone or home_zone))
    moments = [
        (f"t-{lead}d", later(there, timedelta(days=-lead)), timedelta(days=lead))
        for lead in _offered(value, _TIMED_LEADS)
    ]
    if not value.qualifier.is_approximate:
        moments.append(("t-1h", later(value.instant, -_AN_HOUR), _AN_HOUR))
    overdue = overdue_at(value, home_zone=home_zone, said_on=said_on)
    moments.append(("overdue", overdue, timedelta(0)))
    return tuple(Anchor(name, at=at, lead=lead) for name, at, lead in moments if at)
