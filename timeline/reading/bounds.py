"""Words before and after a date that bind it or doubt it: "no later than", "or so"."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from timeline.reading.grammar import Rules
from timeline.reading.moments import Moment
from timeline.reading.units import Unit

RULES = Rules()


class Bound(StrEnum):
    """How a date binds; the value is how it is said before a name."""

    NET = "no earlier than "
    BY = "by "
    UNTIL = "until "
    BEFORE = "before "
    AFTER = "after "


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
        "at_least until_at_least >= ≥ ≧": Bound.NET,
        "net: starting_on beginning_on no_sooner_then": Bound.NET,
        "by no_later_than not_later_than nlt n.l.t. not_after": Bound.BY,
        "at_the_latest at_latest on_or_before in_or_before by_or_before <= ≤ ≦": Bound.BY,
        "latest_by at_the_latest_by by_no_later_than not_beyond no_later_then": Bound.BY,
        "as_late_as deadline: due_by latest: latest by_the_latest": Bound.BY,
        "until till til 'til up_to through thru": Bound.UNTIL,
        "before prior_to earlier_than sooner_than ahead_of < in_advance_of pre-": Bound.BEFORE,
        "after later_than > beyond post- sometime_after some_time_after only_after": Bound.AFTER,
        "any_time_after anytime_after following until_after not_until_after": Bound.AFTER,
    },
)
RULES.words(
    "NOTHING",
    {
        "nothing never not hardly scarcely no_date no_launch no_launches no_flight": True,
        "no_flights no_landing no_attempt no_mission will_not_happen not_happening": True,
        "will_not_take_place not_going_to_happen": True,
    },
)


@RULES.rule("BOUND", "NOTHING until|till|before|prior_to|earlier_than|sooner_than")
def nothing_before(_nothing: object) -> Bound:
    """“No launch before 2028”, “will not happen until 2028”."""
    return Bound.NET


RULES.words(
    "PREPOSITION",
    {
        "in on at during for within inside throughout in_the the sometime some_time over": True,
        "sometime_in some_time_in sometime_during at_some_point_in at_some_point_during": True,
        "some_time_during somewhere_in anytime_in any_time_in sometime_between as_of_now_in": True,
        "toward towards to into this_coming in: on: within_the at_the @": True,
        "in_the_course_of in_course_of over_the_course_of": True,
    },
)
RULES.words(
    "NEAR",
    {
        "around about circa c. ca. ca c approximately approx. approx roughly near nearly": True,
        "close_to some_time_around sometime_around sometime_near maybe_close_to": True,
        "perhaps_near perhaps_around maybe_around maybe_near perhaps_close_to in_about": True,
        "in_or_around in_or_about in_around at_around at_about on_or_about on_or_around": True,
        "~ ≈ ± circa. est. est": True,
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
        "or_later. + earliest net as_the_earliest_opportunity as_the_earliest_date": Mark(
            bound=Bound.NET
        ),
        "as_the_earliest_possible_date (_at_the_earliest_) (_net_) (_earliest_) and_on": Mark(
            bound=Bound.NET
        ),
        "at_the_latest at_latest latest at_the_very_latest or_earlier or_before": Mark(
            bound=Bound.BY
        ),
        "nlt or_sooner and_earlier and_before (_at_the_latest_) (_nlt_) (_latest_)": Mark(
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


def unit_of(what: Unit | Moment) -> Unit:
    return what if isinstance(what, Unit) else what.day
