"""Two windows side by side, in days: how far each edge moved, and which one holds the other."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from timeline.dates import Mode, Precision, VagueDate, zone_named
from timeline.edtf import parse

_MINUTE = timedelta(minutes=1)
_EDGE = {Precision.SEASON: 31, Precision.YEAR_PART: 31, Precision.MONTH_PART: 5}


def tolerance(value: VagueDate) -> int:
    """How many days an edge of the window may move without a change of meaning."""
    days = _EDGE.get(value.precision, 0)
    if not value.qualifier.is_approximate:
        return days
    return max(days, 7, _unit_width(value) // 2)


@dataclass(frozen=True, slots=True)
class Pair:
    """The units named by two statements as day numbers: old [a1, a2], new [b1, b2].

    A deadline has no first day of its own: only its last day counts in the headline.
    """

    a1: int
    a2: int
    b1: int
    b2: int
    has_by: bool = False
    both_by: bool = False

    @property
    def d_early(self) -> int:
        return self.b1 - self.a1

    @property
    def d_late(self) -> int:
        return self.b2 - self.a2

    @property
    def days(self) -> int:
        """The headline: the movement of the centre, or of the deadline."""
        return self.d_late if self.has_by else round((self.d_early + self.d_late) / 2)

    @property
    def range(self) -> tuple[int, int]:
        """The least and the most that it can have moved."""
        if self.both_by:
            return self.d_late, self.d_late
        return self.b1 - self.a2, self.b2 - self.a1

    @property
    def is_same(self) -> bool:
        return self.d_early == self.d_late == 0

    @property
    def new_lies_inside(self) -> bool:
        return self.d_early >= 0 >= self.d_late

    @property
    def old_lies_inside(self) -> bool:
        return self.d_early <= 0 <= self.d_late

    def is_rounding(self, tolerated: int) -> bool:
        """Two names for about the same days: no edge moved far, and neither is twice as wide."""
        old, new = self.a2 - self.a1 + 1, self.b2 - self.b1 + 1
        moved = max(abs(self.d_early), abs(self.d_late))
        return moved <= tolerated and max(old, new) < 2 * min(old, new)

    def lean(self, *, early: str, late: str, neither: str) -> str:
        """The side on which more than twice as much was cut off or added."""
        at_start, at_end = abs(self.d_early), abs(self.d_late)
        if at_start > 2 * at_end:
            return early
        return late if at_end > 2 * at_start else neither

    def not_before(self, day: date, *, old_is_by: bool) -> "Pair":
        """The same, where the new window cannot begin before that day.

        Then the new first day is known even of a deadline, so the centre counts again.
        """
        begins = min(max(self.b1, day.toordinal()), self.b2)
        return replace(self, b1=begins, has_by=old_is_by)


def pair_of(
    old: VagueDate, old_said_on: date, new: VagueDate, new_said_on: date, *, home_zone: str
) -> Pair:
    """Both must have a date."""
    a1, a2 = _unit(old, old_said_on, home_zone)
    b1, b2 = _unit(new, new_said_on, home_zone)
    old_is_by, new_is_by = old.mode is Mode.BY, new.mode is Mode.BY
    if new_is_by:
        # A deadline says nothing about the start.
        b1 = min(a1, b2)
    if old_is_by and new_is_by:
        a1 = b1
    return Pair(a1, a2, b1, b2, old_is_by or new_is_by, old_is_by and new_is_by)


def minutes_between(then: datetime, now: datetime) -> int:
    """Whole minutes from one exact time to another; 0 if less than one."""
    moved = now - then
    return 0 if abs(moved) < _MINUTE else round(moved / _MINUTE)


def days_between(then: datetime, now: datetime, *, home_zone: str) -> int:
    """Days of the home zone from one exact time to another."""
    home = zone_named(home_zone)
    return (now.astimezone(home).date() - then.astimezone(home).date()).days


def _unit_width(value: VagueDate) -> int:
    """Days in the unit that was named: "by 2024" and "not before 2024" name a year of 366."""
    if value.mode is Mode.BY and value.edtf is not None:
        unit = parse(value.edtf)
        return (unit.last - unit.first).days + 1
    first, last = _unit(value, date.min, value.zone or "UTC")
    return last - first + 1


def _unit(value: VagueDate, said_on: date, home_zone: str) -> tuple[int, int]:
    window = value.nominal(home_zone, said_on=said_on)
    assert window.earliest is not None  # noqa: S101
    assert window.latest is not None  # noqa: S101
    return window.earliest.toordinal(), window.latest.toordinal()
