"""Moments: what a time of day, a day and a zone make together."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from timeline.dates import DateError, Precision, zone_named
from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings
from timeline.reading.units import Unit, day_name, day_unit
from timeline.reading.zones import LOCAL, Zone


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day as it was said."""

    time: time
    precision: Precision


@dataclass(frozen=True, slots=True)
class Timed:
    """A time with its zone, without a day. `near` for "about 00:20"."""

    clock: Clock
    zone: Zone | None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as it was said: local time, the zone's name if it has one, and its day."""

    at: datetime
    precision: Precision
    zone: str
    name: str
    near: bool = False

    @property
    def edtf(self) -> str:
        written = self.at.isoformat(timespec="seconds")
        return written.replace("+00:00", "Z") if self.zone == "UTC" else written

    @property
    def day(self) -> Unit:
        return replace(day_unit(self.at.date()), zone=self.zone)


def moments(day: Unit, timed: Timed, context: Context) -> object:
    """The instant; several where clocks were changed or the zone's name does not fit the season.

    Without a zone it is a time of the home zone. Raises DateError for a time skipped there.
    """
    said = timed.zone or LOCAL
    local = datetime.combine(day.first, timed.clock.time)
    name = f"{day_name(day.first)}, {timed.clock.time:%H:%M}"
    home = context.home_zone
    if not said.name and said.delta is not None:
        at = local.replace(tzinfo=timezone(said.delta))
        return _moment(at, timed, "", f"{name} (UTC{at:%z})", context)
    zone = zone_named(said.name or home)
    instants = _instants(local, zone)
    instants = [at for at in instants if at.utcoffset() == said.delta] or instants
    if said.delta is not None and said.delta not in {at.utcoffset() for at in instants}:
        instants.append(local.replace(tzinfo=timezone(said.delta)).astimezone(zone))
        why = f"On that day clocks in {zone.key} show another time than the zone's name says."
    else:
        why = "On that day the clocks are put back, and show this time twice."
    found = tuple(
        _moment(
            at, timed, zone.key, f"{day_name(at.date())}, {at:%H:%M} {_shown(at, zone)}", context
        )
        for at in instants
    )
    return Meanings(found, why) if len(found) > 1 else found[0]


def _shown(at: datetime, zone: ZoneInfo) -> str:
    """“IST (Asia/Kolkata)”: a zone's short name alone is used by several."""
    short = at.tzname()
    return zone.key if short == zone.key else f"{short} ({zone.key})"


def _instants(local: datetime, zone: ZoneInfo) -> list[datetime]:
    folds = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    real = {at.utcoffset(): at for at in folds if _exists(at, local)}
    if not real:
        raise DateError(f"The clocks in {zone.key} skip {local:%H:%M} on {day_name(local.date())}.")
    return list(real.values())


def _exists(at: datetime, local: datetime) -> bool:
    try:
        return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None, fold=0) == local
    except OverflowError:
        raise DateError("That time is too near the ends of the calendar.") from None


def _moment(at: datetime, timed: Timed, zone: str, name: str, context: Context) -> Moment:
    fixed = at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
    kept = zone if zone == "UTC" or zone != context.home_zone else ""
    return Moment(fixed, timed.clock.precision, kept, name, near=timed.near)
