"""What words come to: their own meaning, or the one that the editor chose of several."""

from dataclasses import dataclass, replace

from timeline.changes import StatementKind
from timeline.dates import NO_DATE, Mode, VagueDate
from timeline.reading import NoDate, Question, Reading, Understood


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words come to. Hinted otherwise: the editor chose another kind than they say."""

    date: VagueDate
    kind: StatementKind
    certainty: str = ""
    is_hinted_otherwise: bool = False


def meaning_of(reading: Reading, *, kind: str, option: str) -> Meaning | None:
    """The one meaning of the words: their own, or the one that the editor chose of several."""
    match reading:
        case Understood(date=day, kind_hint=hint, certainty=certainty):
            return _meant(day, kind, hint=hint, certainty=certainty)
        case NoDate(is_statement=True, kind_hint=hint, certainty=certainty):
            return _meant(NO_DATE, kind, hint=hint, certainty=certainty)
        case Question(options=options):
            chosen = [one.date for one in options if option_key(one.date) == option]
            if chosen:
                return _meant(chosen[0], kind, hint="")
    # To cancel is to say so: the words need not be about a date.
    return Meaning(NO_DATE, StatementKind.CANCELLED) if kind == StatementKind.CANCELLED else None


def by_the_clock_of(zone: str, reading: Reading) -> Reading:
    """The reading of words that were read as if the milestone were at home in that zone."""
    match reading:
        case Understood(date=day):
            return replace(reading, date=_in_zone(day, zone))
        case Question(options=options):
            return replace(
                reading,
                options=tuple(replace(one, date=_in_zone(one.date, zone)) for one in options),
            )
    return reading


def option_key(value: VagueDate) -> str:
    return f"{value.edtf}|{value.precision}|{value.qualifier}|{value.zone}"


def _in_zone(value: VagueDate, zone: str) -> VagueDate:
    return replace(value, zone=value.zone or zone)


def _meant(value: VagueDate, kind: str, *, hint: str, certainty: str = "") -> Meaning:
    taken = StatementKind(kind or hint or StatementKind.PLAN)
    # A bare date is taken for a plan, and says nothing of it.
    says_so = hint != StatementKind.PLAN or value.mode in (Mode.NET, Mode.BY)
    return Meaning(
        date=NO_DATE if taken is StatementKind.CANCELLED else value,
        kind=taken,
        certainty=certainty,
        is_hinted_otherwise=bool(kind and hint) and kind != hint and says_so,
    )
