"""The days that a chart lays out, and where on it each of them stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from timeline.changes import Stated
from timeline.dates import Window
from timeline.wording.units import month_words

# Up to so many days a tick stands every so many months; beyond, years are enough.
_MONTHS_NAMED_BELOW = 250
_TICKS = ((_MONTHS_NAMED_BELOW, 1), (500, 3), (1000, 6))
_YEARS_AT_MOST = 6
_NEAR_DAYS = 800


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, both whole, laid over 0 … 100 percent."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where the day begins, kept on the axis."""
        return round(100 * min(max((day - self.first).days / self.days, 0), 1), 2)

    def after(self, day: date) -> float:
        """Where the day has ended, kept on the axis."""
        part = ((day - self.first).days + 1) / self.days
        return round(100 * min(max(part, 0), 1), 2)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self) -> list[tuple[float, str]]:
        """Where years, quarters or months begin, as many as can be read, and their names."""
        return [(self.at(day), _tick_name(day, self.days)) for day in self._tick_days()]

    def _tick_days(self) -> list[date]:
        years = range(self.first.year, self.last.year + 1)
        every = max(1, round(self.days / 365.25 / _YEARS_AT_MOST))
        months = _months_between_ticks(self.days)
        if months is None:
            days = [date(year, 1, 1) for year in years if year % every == 0]
        else:
            days = [date(year, month, 1) for year in years for month in range(1, 13, months)]
        return [day for day in days if self.holds(day)]


def axis_of(windows: Iterable[Window], *, today: date) -> Axis:
    """Whole years around these nominal windows; of what has begun already, from this year."""
    closed = [(one.earliest, one.latest) for one in windows if one.earliest and one.latest]
    if not closed:
        return Axis(date(today.year, 1, 1), date(today.year, 12, 31))
    last = max(latest for _, latest in closed).year
    begun = min(today.year, last)
    first = min(max(earliest.year, min(begun, latest.year)) for earliest, latest in closed)
    return Axis(date(first, 1, 1), date(last, 12, 31))


def axis_around(stated: Stated, *, today: date) -> Axis:
    """Some days on either side of one window, and today if it is not far."""
    nominal = stated.date.nominal(stated.home_zone, said_on=stated.said_on)
    first, last = nominal.earliest or today, nominal.latest or today
    margin = max(20, (last - first).days // 3)
    if abs((first - today).days) < _NEAR_DAYS:
        first, last = min(first, today), max(last, today)
    return Axis(_shifted(first, -margin), _shifted(last, margin))


def _months_between_ticks(days: int) -> int | None:
    return next((months for limit, months in _TICKS if days <= limit), None)


def _tick_name(day: date, days: int) -> str:
    if day.month == 1 and days > _MONTHS_NAMED_BELOW:
        return str(day.year)
    return month_words(day, short=True, year=day.month == 1)


def _shifted(day: date, days: int) -> date:
    """That many days on, kept within the calendar."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)
