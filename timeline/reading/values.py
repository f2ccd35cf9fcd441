"""From what was said to the date that is stored, and to its name in a question."""

from timeline.dates import Precision, Qualifier, VagueDate
from timeline.reading.answers import Context
from timeline.reading.bounds import Bound, Said, unit_of
from timeline.reading.moments import Moment
from timeline.reading.units import Unit, shifted, write_end

_PARTS_OF_FISCAL_YEARS = frozenset({Precision.QUARTER, Precision.HALF})


def vague_date(said: Said, context: Context) -> VagueDate:
    """Raises DateError where the profile ends."""
    qualifier = _qualifier(said)
    if isinstance(said.what, Moment) and said.bound is None:
        moment = said.what
        zone = "" if moment.zone == context.home_zone else moment.zone
        return VagueDate(moment.edtf, moment.precision, qualifier, zone)
    unit, bound = unit_of(said.what), said.bound
    if isinstance(said.what, Moment):
        bound = _on_the_day(bound)
    named = _named(unit, bound)
    zone = _zone(named, context)
    return VagueDate(_edtf(unit, bound), named.precision, qualifier, zone)


def _zone(unit: Unit, context: Context) -> str:
    """Where a day was said, or whose fiscal year; '' where the milestone says the same."""
    if unit.precision in _PARTS_OF_FISCAL_YEARS:
        return unit.zone
    if unit.precision is Precision.FISCAL_YEAR and context.fiscal:
        return unit.zone
    has_zone = unit.precision in (Precision.DAY, Precision.FISCAL_YEAR)
    return unit.zone if has_zone and unit.zone != context.home_zone else ""


def _on_the_day(bound: Bound | None) -> Bound | None:
    """Bounds have no time: before an hour of a day may be on that day still."""
    if bound is Bound.BEFORE:
        return Bound.BY
    return Bound.NET if bound is Bound.AFTER else bound


def _named(unit: Unit, bound: Bound | None) -> Unit:
    """By the end of 2027 is by 2027, and before the beginning of 2027 is before 2027."""
    if bound is Bound.BEFORE:
        return unit.whole or unit.opens or unit
    return unit if bound in (None, Bound.NET) else unit.whole or unit


def _qualifier(said: Said) -> Qualifier:
    if said.near and said.doubtful:
        return Qualifier.BOTH
    if said.near:
        return Qualifier.APPROXIMATE
    return Qualifier.UNCERTAIN if said.doubtful else Qualifier.CERTAIN


def _edtf(unit: Unit, bound: Bound | None) -> str:
    """A deadline at the end of something is the end of all of it."""
    whole = _named(unit, bound)
    match bound:
        case Bound.NET:
            return f"[{write_end(unit.first, unit.grain)}..]"
        case Bound.BY | Bound.UNTIL:
            return f"[..{write_end(whole.last, whole.grain)}]"
        case Bound.BEFORE:
            day = whole.last if unit.whole else shifted(unit.first, -1)
            return f"[..{write_end(day, whole.grain)}]"
        case Bound.AFTER:
            return f"[{write_end(shifted(whole.last, 1), whole.grain)}..]"
    return unit.edtf


def name_of(said: Said) -> str:
    """For the label of an option: "by Q1 of Japanese fiscal year 2027"."""
    return f"{said.bound or ''}{said.what.name}"
