"""What is said of a unit: not before it, not after it, about it, perhaps."""

from dataclasses import replace

from timeline.reading.answers import Context
from timeline.reading.bounds import Bound, Said, marked, unit_of
from timeline.reading.cycles import nearest
from timeline.reading.days import day_cycle, day_of_month
from timeline.reading.durations import is_exact
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.moments import Moment
from timeline.reading.units import Cycle, Unit, each, hull, shifted

RULES = Rules()

_ENDS = (Bound.BY, Bound.UNTIL, Bound.BEFORE)


@RULES.rule("ATOM", "OFYEAR", "FISCAL", "FISCALPART", "YEARLESS")
def atom(unit: Unit) -> Unit:
    return unit


@RULES.rule("CORE", "UNIT", "MOMENT", "the UNIT", "WEEKDAYALONE")
def said(what: Unit | Moment) -> Said:
    return Said(what, near=isinstance(what, Moment) and what.near)


@RULES.rule("CORE", "AHEAD", "AGO")
def said_from_now(unit: Unit) -> Said:
    return Said(unit, near=not is_exact(unit))


@RULES.rule("CORE", "DEADLINE")
def said_deadline(unit: Unit) -> Said:
    return Said(unit, bound=Bound.BY, near=not is_exact(unit))


@RULES.rule("CORE", "between|from now|today and|to|until|till the? UNIT")
def said_from_today(unit: Unit) -> Said:
    return Said(unit, bound=Bound.BY)


@RULES.rule("CORE", "〜 UNIT")
def after_a_wave(unit: Unit) -> Meanings:
    said = Said(unit, bound=Bound.BY), Said(unit, near=True)
    return Meanings(said, "Until then, or about then?")


@RULES.rule("CORE", "BOUND on? COMINGDAY")
def bound_to_coming_day(bound: Bound, unit: Unit) -> Said:
    return Said(unit, bound=bound)


@RULES.rule("SAID", "CORE", "PREFIX CORE", "PREFIX PREFIX CORE", "PREFIX PREFIX PREFIX CORE")
@RULES.rule("SAID", "PREFIX PREFIX PREFIX PREFIX CORE")
def with_prefixes(*parts: object) -> Said | None:
    *prefixes, said = parts
    if not isinstance(said, Said):
        return None
    whole = marked(said, prefixes)
    return None if whole and _is_before_either(whole) else whole


def _is_before_either(said: Said) -> bool:
    """“Before 2027 or 2028” may be before either of them."""
    return said.bound is Bound.BEFORE and unit_of(said.what).is_pair


@RULES.rule("STATEMENT", "SAID")
def statement(said: Said) -> Said:
    return said


@RULES.rule("STATEMENT", "SAID SUFFIX", "SAID SUFFIX SUFFIX", "SAID SUFFIX SUFFIX SUFFIX")
def with_suffixes(said: Said, *suffixes: object) -> Said | None:
    return marked(said, suffixes)


@RULES.rule("STATEMENT", "BOUND CYCLE ,? and|but BOUND OFYEAR")
def between_bounds_of_a_year(first: Bound, cycle: Cycle, last: Bound, unit: Unit) -> object:
    """“Not before March but by June 2027”: the year holds for both."""
    start = cycle.at(unit.first.year)
    return each(start, lambda meant: between_bounds(Said(meant, first), Said(unit, last)))


@RULES.rule("STATEMENT", "SAID ,? and|but? SAID")
def between_bounds(first: object, second: object) -> object:
    """“NET 2027, NLT 2028”: a first day and a last one."""
    if not isinstance(first, Said) or not isinstance(second, Said):
        return None
    starts = [said for said in (first, second) if said.bound in (Bound.NET, Bound.AFTER)]
    ends = [said for said in (first, second) if said.bound in _ENDS]
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = _first_allowed(starts[0]), _last_allowed(ends[0])
    return Said(
        hull(start, end),
        near=first.near or second.near,
        doubtful=first.doubtful or second.doubtful,
    )


def _first_allowed(said: Said) -> Unit:
    unit = unit_of(said.what)
    if said.bound is Bound.NET:
        return replace(unit, last=unit.first)
    day = shifted((unit.whole or unit).last, 1)
    return replace(unit, first=day, last=day, name=f"after {unit.name}")


def _last_allowed(said: Said) -> Unit:
    unit = unit_of(said.what)
    if said.bound is not Bound.BEFORE:
        return replace(unit, first=unit.last)
    day = (unit.whole or unit).last if unit.whole else shifted(unit.first, -1)
    return replace(unit, first=day, last=day, name=f"before {unit.name}")


@RULES.rule("PHRASE", "STATEMENT", "( STATEMENT )")
def phrase(said: Said) -> Said:
    return said


@RULES.rule("PHRASE", "TIMEONLY")
def phrase_of_time(moment: Moment) -> Said:
    return Said(moment)


@RULES.rule("PHRASE", "COUNTED")
def counted(_nothing: object) -> Meanings:
    return Meanings(())


@RULES.rule("FROMTO", "from SAID to|until|till|into PREPOSITION? STATEMENT")
@RULES.rule("FROMTO", "from SAID JOIN STATEMENT")
def moved_from_to(_old: Said, *rest: object) -> Said | None:
    """“Moved from 2022 to 2023”: the second is the date now."""
    new = rest[-1]
    return new if isinstance(new, Said) else None


@RULES.rule("FROMTO", "from the? DAYNUMBER to|until|till the? BAREDAY")
def moved_from_day_number(_old: int, new: Unit) -> Said:
    return Said(new)


@RULES.rule("FROMTO", "from MONTH DAYNUMBER to|until|till DAYNUMBER")
@RULES.rule("FROMTO", "from MONTH DAYNUMBER to|until|till DAYNUMBER ,? YEAR")
def moved_within_month(
    month: int, _old: int, day: int, year: Unit | None = None, *, context: Context
) -> object:
    """“Moved from March 15 to 18, 2027”."""
    cycle = day_cycle(day_of_month(day, month))
    return each(cycle.at(year.first.year) if year else nearest(cycle, context), Said)


@RULES.rule("MOVEDTO", "to|until|till|into|for STATEMENT")
def moved_to(said: Said) -> Said:
    return said
