"""What is said of a unit: not before it, not after it, about it, perhaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from timeline.dates import DateError, Precision, Qualifier, VagueDate, zone_named
from timeline.reading.answers import Context
from timeline.reading.clock import Moment
from timeline.reading.durations import is_exact
from timeline.reading.grammar import Meanings, Rules
from timeline.reading.units import Unit, hull, shifted, write_end
from timeline.reading.zones import Zone

RULES = Rules()


class Bound(StrEnum):
    """How a date binds; the value is how it is said before a name."""

    NET = "no earlier than "
    BY = "by "
    UNTIL = "until "
    BEFORE = "before "
    AFTER = "after "


_ENDS = (Bound.BY, Bound.UNTIL, Bound.BEFORE)


@dataclass(frozen=True, slots=True)
class Said:
    """A unit or a moment, and what is said of it."""

    what: Unit | Moment
    bound: Bound | None = None
    near: bool = False
    doubtful: bool = False
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a word before or after a date says of it."""

    bound: Bound | None = None
    near: bool = False
    doubtful: bool = False
    certainty: str = ""


RULES.words(
    "BOUND",
    {
        "net n.e.t. no_earlier_than not_earlier_than not_before not_until not_prior_to": Bound.NET,
        "no_sooner_than not_sooner_than no_earlier_then as_early_as as_soon_as": Bound.NET,
        "at_the_earliest at_earliest earliest from starting starting_from starting_in": Bound.NET,
        "beginning_from beginning_in from_as_early_as": Bound.NET,
        "on_or_after in_or_after at_or_after": Bound.NET,
        "at_least until_at_least >= ≥ ≧ no_date_before no_launch_before never_before": Bound.NET,
        "net: starting_on beginning_on no_sooner_then": Bound.NET,
        "by no_later_than not_later_than nlt n.l.t. not_after": Bound.BY,
        "at_the_latest at_latest on_or_before in_or_before by_or_before <= ≤ ≦": Bound.BY,
        "latest_by at_the_latest_by by_no_later_than not_beyond no_later_then": Bound.BY,
        "as_late_as deadline: due_by due latest: latest by_the_latest": Bound.BY,
        "until till til 'til up_to through thru": Bound.UNTIL,
        "before prior_to earlier_than sooner_than ahead_of < in_advance_of pre-": Bound.BEFORE,
        "after later_than > beyond post- sometime_after some_time_after only_after": Bound.AFTER,
        "any_time_after anytime_after following": Bound.AFTER,
    },
)
RULES.words(
    "PREPOSITION",
    {
        "in on at during for within inside throughout in_the the sometime some_time over": True,
        "sometime_in some_time_in sometime_during at_some_point_in at_some_point_during": True,
        "some_time_during somewhere_in anytime_in any_time_in sometime_between as_of_now_in": True,
        "toward towards to into this_coming in: on: within_the at_the @": True,
    },
)
RULES.words(
    "NEAR",
    {
        "around about circa c. ca. ca c approximately approx. approx roughly near nearly": True,
        "close_to some_time_around sometime_around sometime_near maybe_close_to": True,
        "perhaps_near perhaps_around maybe_around maybe_near perhaps_close_to in_about": True,
        "in_or_around in_or_about in_around at_around at_about on_or_about on_or_around": True,
        "~ 〜 ≈ ± circa. est. est": True,
        "estimated estimated: in_the_region_of in_approximately in_roughly or_around": True,
    },
)
RULES.words(
    "DOUBT",
    {
        "possibly tentatively likely probably perhaps maybe may_be could_be might_be": True,
        "potentially presumably conceivably most_likely very_likely more_likely": True,
        "as_likely_as_not hopefully tentative tentative: provisionally possible": True,
    },
)
RULES.words(
    "SUFFIX",
    {
        "or_later or_after or_beyond or_thereafter onwards onward on_wards and_later": Mark(
            bound=Bound.NET
        ),
        "and_beyond and_onwards and_onward and_after at_the_earliest at_earliest": Mark(
            bound=Bound.NET
        ),
        "or_later. + earliest as_the_earliest_opportunity as_the_earliest_date": Mark(
            bound=Bound.NET
        ),
        "as_the_earliest_possible_date (_at_the_earliest_) (_net_) (_earliest_) on": Mark(
            bound=Bound.NET
        ),
        "at_the_latest at_latest latest at_the_very_latest or_earlier or_before": Mark(
            bound=Bound.BY
        ),
        "or_sooner and_earlier and_before (_at_the_latest_) (_nlt_) (_latest_)": Mark(
            bound=Bound.BY
        ),
        "-_ish ish or_so or_thereabouts approximately approx. approx (_approx_)": Mark(near=True),
        "(_approx._) (_approximate_) (_approximately_) (_estimated_) (_est._) give_or_take": Mark(
            near=True
        ),
        "? (_?_) ?? (_tentative_) (_tentatively_) tentatively ,_tentatively": Mark(doubtful=True),
        "(_possibly_) (_likely_) (_probably_) (_provisional_)": Mark(doubtful=True),
        "(_unconfirmed_) (_possible_)": Mark(doubtful=True),
        "(_tbc_) tbc ,_tbc (_to_be_confirmed_) ,_to_be_confirmed [_tbc_] -_tbc": Mark(
            certainty="tbc"
        ),
        "(_tbd_) tbd ,_tbd (_to_be_determined_) [_tbd_] (_tba_) ,_tba": Mark(certainty="tbd"),
        ".": Mark(),
    },
)


@RULES.rule("ATOM", "DAY")
def day(unit: Unit) -> Unit:
    return unit


@RULES.rule("ATOM", "DAY ZONE")
def day_of_zone(unit: Unit, zone: Zone, context: Context) -> Unit:
    return replace(unit, zone=_zone_of_day(unit.first, zone, context))


def _zone_of_day(day: date, zone: Zone, context: Context) -> str:
    """An offset has no name on the IANA list but that of a whole hour."""
    if zone.name or zone.offset is None:
        return zone.name
    home = zone_named(context.home_zone)
    offsets = {home.utcoffset(datetime.combine(day, time(hour))) for hour in (0, 23)}
    if offsets == {timedelta(minutes=zone.offset)}:
        return ""
    if zone.offset % 60:
        raise DateError("Name the time zone, not only its offset.")
    return f"Etc/GMT{-zone.offset // 60:+d}" if zone.offset else "UTC"


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


@RULES.rule("CORE", "BOUND on? COMINGDAY")
def bound_to_coming_day(bound: Bound, unit: Unit) -> Said:
    return Said(unit, bound=bound)


@RULES.rule("PREFIX", "PREPOSITION")
def preposition(_word: object) -> Mark:
    return Mark()


@RULES.rule("PREFIX", "NEAR")
def near(_word: object) -> Mark:
    return Mark(near=True)


@RULES.rule("PREFIX", "DOUBT")
def doubt(_word: object) -> Mark:
    return Mark(doubtful=True)


@RULES.rule("PREFIX", "BOUND :?", "BOUND ( BOUND )")
def bound(bound: Bound, again: Bound | None = None) -> Mark | None:
    return Mark(bound=bound) if again in (None, bound) else None


@RULES.rule("SAID", "CORE", "PREFIX CORE", "PREFIX PREFIX CORE", "PREFIX PREFIX PREFIX CORE")
@RULES.rule("SAID", "PREFIX PREFIX PREFIX PREFIX CORE")
def with_prefixes(*parts: object) -> Said | None:
    *prefixes, said = parts
    return marked(said, prefixes) if isinstance(said, Said) else None


def marked(said: Said, marks: Iterable[object]) -> Said | None:
    """With all that is said of it; None if it would bind in two ways."""
    for mark in marks:
        if not isinstance(mark, Mark) or (mark.bound and said.bound not in (None, mark.bound)):
            return None
        said = Said(
            said.what,
            bound=mark.bound or said.bound,
            near=said.near or mark.near,
            doubtful=said.doubtful or mark.doubtful,
            certainty=mark.certainty or said.certainty,
        )
    return said


@RULES.rule("STATEMENT", "SAID")
def statement(said: Said) -> Said:
    return said


@RULES.rule("STATEMENT", "SAID SUFFIX", "SAID SUFFIX SUFFIX", "SAID SUFFIX SUFFIX SUFFIX")
def with_suffixes(said: Said, *suffixes: object) -> Said | None:
    return marked(said, suffixes)


@RULES.rule("STATEMENT", "SAID ,? and|but? SAID", "BOUND UNIT and|but|, BOUND UNIT")
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
    unit = _unit(said.what)
    if said.bound is Bound.NET:
        return replace(unit, last=unit.first)
    day = shifted((unit.whole or unit).last, 1)
    return replace(unit, first=day, last=day, name=f"after {unit.name}")


def _last_allowed(said: Said) -> Unit:
    unit = _unit(said.what)
    if said.bound is not Bound.BEFORE:
        return replace(unit, first=unit.last)
    day = (unit.whole or unit).last if unit.whole else shifted(unit.first, -1)
    return replace(unit, first=day, last=day, name=f"before {unit.name}")


def _unit(what: Unit | Moment) -> Unit:
    return what if isinstance(what, Unit) else what.day


@RULES.rule("PHRASE", "STATEMENT", "( STATEMENT )")
def phrase(said: Said) -> Said:
    return said


@RULES.rule("PHRASE", "TIMEONLY")
def phrase_of_time(moment: Moment) -> Said:
    return Said(moment)


@RULES.rule("PHRASE", "COUNTED")
def counted(_nothing: object) -> Meanings:
    return Meanings(())


@RULES.rule("FROMTO", "from SAID to|until|till|into PREPOSITION? SAID", "from SAID JOIN SAID")
def moved_from_to(_old: Said, *rest: object) -> Said | None:
    """“Moved from 2022 to 2023”: the second is the date now."""
    new = rest[-1]
    return new if isinstance(new, Said) else None


@RULES.rule("MOVEDTO", "to|until|till|into|for SAID")
def moved_to(said: Said) -> Said:
    return said


def vague_date(said: Said, context: Context) -> VagueDate:
    """Raises DateError where the profile ends."""
    qualifier = _qualifier(said)
    if isinstance(said.what, Moment) and said.bound is None:
        moment = said.what
        zone = "" if moment.zone == context.home_zone else moment.zone
        return VagueDate(moment.edtf, moment.precision, qualifier, zone)
    unit = _unit(said.what)
    is_day = unit.precision is Precision.DAY
    zone = unit.zone if is_day and unit.zone != context.home_zone else ""
    named = _named(unit, said.bound)
    return VagueDate(_edtf(unit, said.bound), named.precision, qualifier, zone)


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
