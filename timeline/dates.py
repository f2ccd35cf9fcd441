"""A date as somebody says it: vague, binding in one way, perhaps doubtful; and its windows."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from timeline.edtf import DateError, Mode, Parsed, Precision, end_of_month, month_window, parse

__all__ = [
    "DAY_OR_FINER",
    "INSTANT_PRECISIONS",
    "NO_DATE",
    "DateError",
    "Mode",
    "Precision",
    "Qualifier",
    "VagueDate",
    "Window",
    "end_of_month",
    "make",
    "order_key",
    "read_edtf",
    "touched_days",
    "write_edtf",
    "zone_named",
]

INSTANT_PRECISIONS = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})
DAY_OR_FINER = INSTANT_PRECISIONS | {Precision.DAY}


class Qualifier(StrEnum):
    """Doubt beside a date: about (~), possibly (?), both (%)."""

    CERTAIN = ""
    APPROXIMATE = "~"
    UNCERTAIN = "?"
    BOTH = "%"

    @property
    def is_approximate(self) -> bool:
        return self in (Qualifier.APPROXIMATE, Qualifier.BOTH)


@dataclass(frozen=True, slots=True)
class Window:
    """First and last possible day, both inclusive, in the home zone; None is an open side."""

    earliest: date | None
    latest: date | None

    @property
    def days(self) -> int | None:
        """How many days it holds, both ends counted; None if a side is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A string of the profile, the unit that was named, and the doubt.

    `zone` is the IANA zone in which a day was said; '' means the milestone's home zone. It
    matters because a day of one zone touches two days of another. An instant carries its
    offset in `edtf`, and `zone` its name. Of a fiscal year, or a quarter or half of one, it
    only says whose was named: Asia/Tokyo, Asia/Kolkata or America/New_York; the days are the
    same. Raises DateError when the parts contradict.
    """

    edtf: str | None
    precision: Precision
    qualifier: Qualifier = Qualifier.CERTAIN
    zone: str = ""

    def __post_init__(self) -> None:
        if self.edtf is None:
            if self.precision is not Precision.NONE or self.qualifier:
                raise DateError("No date has the precision “none” and no qualifier.")
        else:
            _check_precision(self.edtf, self.precision)
        if self.zone:
            zone_named(self.zone)

    @property
    def is_dated(self) -> bool:
        return self.edtf is not None

    @property
    def mode(self) -> Mode:
        return Mode.NONE if self.edtf is None else parse(self.edtf).mode

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC, for dates with a time; None for all others."""
        return None if self.edtf is None else parse(self.edtf).instant

    def window(self, home_zone: str) -> Window:
        """The days that the words allow (the hard window), as days of `home_zone`."""
        if self.edtf is None:
            return Window(None, None)
        parsed = parse(self.edtf)
        if parsed.instant is not None:
            day = parsed.instant.astimezone(zone_named(home_zone)).date()
            return Window(day, day)
        earliest = None if parsed.mode is Mode.BY else parsed.first
        latest = None if parsed.mode is Mode.NET else parsed.last
        return self._at_home(Window(earliest, latest), home_zone)

    def nominal(self, home_zone: str, *, said_on: date) -> Window:
        """The unit that was named, both ends closed: what changes and order compare.

        "NET March 2026" names March 2026; "by 2027" runs from the day it was said to the end
        of 2027 (the deadline alone if it was said later). Both sides None without a date.
        """
        window = self.window(home_zone)
        if self.edtf is None:
            return window
        if self.mode is Mode.BY and window.latest is not None:
            return Window(min(said_on, window.latest), window.latest)
        if self.mode is Mode.NET:
            return self._at_home(_named_unit(parse(self.edtf), self.precision), home_zone)
        return window

    def _at_home(self, window: Window, home_zone: str) -> Window:
        said_in = self.zone or home_zone
        if self.precision is not Precision.DAY or said_in == home_zone:
            return window
        first, last = window.earliest, window.latest
        return Window(
            first and touched_days(first, said_in=said_in, home=home_zone).earliest,
            last and touched_days(last, said_in=said_in, home=home_zone).latest,
        )


NO_DATE = VagueDate(None, Precision.NONE)


def make(edtf: str | None, precision: str = "", qualifier: str = "", zone: str = "") -> VagueDate:
    """A date from its stored parts; without `precision`, the string's usual one.

    None and '' are no date. Raises DateError.
    """
    if precision not in {"", *Precision} or qualifier not in set(Qualifier):
        raise DateError(f"There is no precision “{precision}” or no qualifier “{qualifier}”.")
    if not edtf:
        return VagueDate(None, Precision(precision or "none"), Qualifier(qualifier))
    chosen = Precision(precision) if precision else parse(edtf).precisions[0]
    return VagueDate(edtf, chosen, Qualifier(qualifier), zone)


def read_edtf(text: str, *, hemisphere: str = "N", zone: str = "") -> VagueDate:
    """A date from EDTF as others write it: with a trailing qualifier, with seasons 21-24.

    Seasons 21-24 become 25-32 by the milestone's `hemisphere`, "N" or "S", so that a stored
    string needs no context. Raises DateError for what the profile does not hold.
    """
    bare = text.strip()
    qualifier = bare[-1] if bare.endswith(("~", "?", "%")) else ""
    bare = bare.removesuffix(qualifier)
    season = re.fullmatch(r"([0-9]{4})-(2[1-4])", bare)
    if season:
        bare = f"{season[1]}-{int(season[2]) + (8 if hemisphere == 'S' else 4)}"
    return make(bare, qualifier=qualifier, zone=zone)


def write_edtf(value: VagueDate) -> tuple[str, str]:
    """The string for export, and a note where the standard cannot say all of it.

    EDTF (level 1) puts a qualifier behind a year, month or day; elsewhere the sign is dropped.
    """
    if value.edtf is None or not value.qualifier:
        return value.edtf or "", ""
    if re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?", value.edtf):
        return value.edtf + value.qualifier, ""
    return value.edtf, f"EDTF has no place for the qualifier “{value.qualifier}” here."


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises DateError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise DateError(f"“{name}” is not a time zone of the IANA list.") from None


def touched_days(day: date, *, said_in: str, home: str) -> Window:
    """The days of the zone `home` that a day of the zone `said_in` touches: one or two.

    The first and the last day of the calendar touch no day outside it.
    """
    begins = datetime.combine(day, time.min, zone_named(said_in))
    ends = datetime.combine(day, time(23, 59, 59), zone_named(said_in))
    return Window(
        _day_there(begins, zone_named(home), beyond=date.min),
        _day_there(ends, zone_named(home), beyond=date.max),
    )


def _day_there(moment: datetime, zone: ZoneInfo, *, beyond: date) -> date:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return beyond


def order_key(value: VagueDate, *, home_zone: str, said_on: date) -> tuple[date, int, float]:
    """Sorts what is to come as launch lists read: by the last day of the unit that was named.

    At the same last day the narrower first, exact times before the plain day, no date last.
    Ties are left to the caller's id.
    """
    nominal = value.nominal(home_zone, said_on=said_on)
    if nominal.earliest is None or nominal.latest is None:
        return date.max, 0, 0.0
    instant = value.instant.timestamp() if value.instant else float("inf")
    return nominal.latest, -nominal.earliest.toordinal(), instant


def _check_precision(edtf: str, precision: Precision) -> None:
    parsed = parse(edtf)
    if precision not in parsed.precisions:
        raise DateError(f"“{edtf}” cannot have the precision “{precision}”.")
    if parsed.mode is Mode.NET:
        _named_unit(parsed, precision)


_SECOND_HALF = 16  # of a month: "not before the second half of May" names 16 - 31 May
_MONTHS_NAMED = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.YEAR_PART: 4,
    Precision.HALF: 6,
    Precision.FISCAL_YEAR: 12,
}


def _named_unit(net: Parsed, precision: Precision) -> Window:
    """The unit behind a "not before": its string holds only where that unit begins."""
    first, last = net.first, net.last
    if precision in _MONTHS_NAMED:
        return Window(*month_window(first.year, first.month, _MONTHS_NAMED[precision]))
    if precision is Precision.WEEK:
        return Window(first, first + min(timedelta(days=6), date.max - first))
    if precision is Precision.MONTH_PART:
        return _part_of_month(first, whole_month=first != last)
    if precision in (Precision.DECADE, Precision.CENTURY):
        years = 9 if precision is Precision.DECADE else 99
        return Window(first, date(min(first.year + years, date.max.year), 12, 31))
    return Window(first, last)


def _part_of_month(first: date, *, whole_month: bool) -> Window:
    # Written by its month, it is the last part: "not before early May" is just "not before May".
    if whole_month:
        first = first.replace(day=21)
    month_end = end_of_month(first.year, first.month)
    second_half = first.day >= _SECOND_HALF
    return Window(first, month_end if second_half else first + timedelta(days=9))
