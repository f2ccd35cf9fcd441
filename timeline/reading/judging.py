"""From the pieces of a text to one answer: understood only if nothing speaks against it."""

from dataclasses import replace

from timeline.dates import DateError, VagueDate
from timeline.reading.answers import (
    Context,
    Kind,
    NoDate,
    Option,
    Question,
    Reading,
    Refusal,
    Understood,
)
from timeline.reading.bounds import Bound, Said
from timeline.reading.grammar import Meanings
from timeline.reading.labels import labelled
from timeline.reading.moments import Moment
from timeline.reading.objections import objection
from timeline.reading.remarks import Undated
from timeline.reading.sentences import Piece, Sort, words_of
from timeline.reading.tokens import Token
from timeline.reading.values import vague_date

_NOTHING = "No date was found in that."
_WITHOUT_NEW_DATE = {
    "postponed",
    "delayed",
    "deferred",
    "delay",
    "rescheduled",
    "put back",
    "scrubbed",
}
_WITHOUT_NEW_DATE |= {"延期", "延期され", "延期し", "先送り"}
_CLAUSES = {",", ";", ":", ".", "and", "but", "(", ")"}
_TURNING = frozenset({"not", "never", "unlikely", "cannot"})
_WAITING = frozenset({"until", "till"})


def judge(tokens: list[Token], pieces: list[Piece], context: Context) -> Reading:
    dates = [piece for piece in pieces if piece.sort is Sort.DATE]
    problem = next((piece.problem for piece in dates if _is_real_problem(piece, tokens)), None)
    if problem:
        return Refusal(str(problem))
    dates = [piece for piece in dates if not piece.problem]
    if not dates:
        return _without_date(tokens, pieces)
    try:
        return _with_dates(tokens, pieces, dates, context)
    except DateError as error:
        return Refusal(str(error))


def _is_real_problem(piece: Piece, tokens: list[Token]) -> bool:
    """“10000” alone is no year; in "10000 people" it never was one."""
    return piece.problem is not None and (piece.end - piece.start > 1 or len(tokens) == 1)


def _without_date(tokens: list[Token], pieces: list[Piece]) -> Reading:
    for piece in pieces:
        if piece.sort is Sort.NO_DATE:
            undated = piece.meanings.alternatives[0]
            if isinstance(undated, Undated):
                word = words_of(tokens, piece)
                return NoDate(undated.certainty, word, kind_hint=undated.kind)
    for piece in pieces:
        if piece.sort is Sort.MOVED and words_of(tokens, piece).lower() in _WITHOUT_NEW_DATE:
            return NoDate("", words_of(tokens, piece))
    for piece in pieces:
        if piece.sort is Sort.NOT_A_DATE or _is_identifier(tokens, piece):
            return NoDate("", words_of(tokens, piece), is_statement=False)
    return Refusal(_NOTHING)


def _is_identifier(tokens: list[Token], piece: Piece) -> bool:
    """“H3-24L”, "TIM-3", "Falcon 9": names, and no reason to look for a date."""
    held = tokens[piece.start : piece.end]
    has_number = any(token.is_number for token in held)
    return piece.sort is Sort.UNKNOWN and has_number


def _with_dates(
    tokens: list[Token], pieces: list[Piece], dates: list[Piece], context: Context
) -> Reading:
    dates, pieces = _turned(tokens, pieces, _without_repeats(dates))
    options: dict[VagueDate, Option] = {}
    for piece in dates:
        perhaps = _is_doubted(tokens, pieces, piece)
        for said in piece.meanings.alternatives:
            option = _option(said, context, perhaps=perhaps)
            if option and not _is_same(option.date, options, context):
                options[option.date] = option
    why = objection(tokens, pieces, dates, len(options))
    if why:
        return Question(why, tuple(options.values()))
    said = dates[0].meanings.alternatives[0]
    certainty = said.certainty if isinstance(said, Said) else ""
    date = next(iter(options))
    certainty = certainty or _certainty(pieces)
    return Understood(date, kind_hint=_kind(pieces, date, context), certainty=certainty)


def _without_repeats(dates: list[Piece]) -> list[Piece]:
    """“8:10 a.m. EDT on 30 July (1210 UTC; 5:40 p.m. in India)”: times that only repeat."""
    moments = [_moments(piece) for piece in dates]
    sure = [found[0].at for found in moments if len(found) == 1]
    if len(sure) != 1:
        return dates
    return [
        piece
        for piece, found in zip(dates, moments, strict=True)
        if len(found) < 2 or any((moment.at - sure[0]).seconds for moment in found)  # noqa: PLR2004
    ]


def _moments(piece: Piece) -> list[Moment]:
    said = [said.what for said in piece.meanings.alternatives if isinstance(said, Said)]
    return [what for what in said if isinstance(what, Moment)]


def _turned(
    tokens: list[Token], pieces: list[Piece], dates: list[Piece]
) -> tuple[list[Piece], list[Piece]]:
    """“Not expected before 2028” and “not until 2028” are “no earlier than 2028”."""
    denials = [piece for piece in pieces if piece.sort is Sort.DENIED]
    if len(dates) != 1 or len(denials) != 1 or denials[0].end > dates[0].start:
        return dates, pieces
    between = {token.text for token in tokens[denials[0].end : dates[0].start]}
    if between & _CLAUSES:
        return dates, pieces
    word = words_of(tokens, denials[0]).lower()
    waits = tokens[dates[0].start].text in _WAITING
    turned = tuple(
        replace(
            said,
            bound=said.bound if waits and said.bound is Bound.AFTER else Bound.NET,
            doubtful=said.doubtful or word == "unlikely",
        )
        for said in dates[0].meanings.alternatives
        if isinstance(said, Said) and (waits or said.bound in (Bound.BEFORE, Bound.UNTIL))
    )
    if not turned or word not in _TURNING:
        return dates, pieces
    date = replace(dates[0], outcome=Meanings(turned, dates[0].meanings.why))
    return [date], [piece for piece in pieces if piece not in (denials[0], dates[0])] + [date]


def _is_doubted(tokens: list[Token], pieces: list[Piece], date: Piece) -> bool:
    """“May launch in 2027”, “2027, perhaps”; not by doubts of another clause."""
    for piece in pieces:
        between = tokens[piece.end : date.start]
        is_before = piece.end <= date.start and not any(t.text in ";()." for t in between)
        if piece.sort is Sort.PERHAPS and (is_before or piece.end == len(tokens)):
            return True
    return False


def _option(said: object, context: Context, *, perhaps: bool) -> Option | None:
    if not isinstance(said, Said):
        return None
    said = replace(said, doubtful=said.doubtful or perhaps)
    date = vague_date(said, context)
    return Option(date, labelled(said, date, context))


def _is_same(date: VagueDate, options: dict[VagueDate, Option], context: Context) -> bool:
    """Another way to say what was said: "JFY2026 (Apr 2026 - Mar 2027)"."""
    return any(
        other.mode is date.mode
        and other.instant == date.instant
        and other.window(context.home_zone) == date.window(context.home_zone)
        for other in options
    )


def _certainty(pieces: list[Piece]) -> str:
    for piece in pieces:
        undated = piece.meanings.alternatives[:1]
        if piece.sort is Sort.NO_DATE and undated and isinstance(undated[0], Undated):
            return undated[0].certainty
    return ""


def _kind(pieces: list[Piece], date: VagueDate, context: Context) -> Kind:
    sorts = {piece.sort for piece in pieces}
    for piece in pieces:
        undated = piece.meanings.alternatives[:1]
        if undated and isinstance(undated[0], Undated) and undated[0].kind == "cancelled":
            return "cancelled"
    begins = date.window(context.home_zone).earliest
    is_past = begins is not None and begins <= context.said_on
    if Sort.HAPPENED in sorts and Sort.PLANNED not in sorts and is_past:
        return "occurred"
    return "plan"


def says_it_happened(pieces: list[Piece]) -> bool | None:
    """None where the words do not say."""
    sorts = {piece.sort for piece in pieces}
    if Sort.PLANNED in sorts:
        return False
    # "Announced a launch in June": the announcing has happened, and says nothing of June.
    happened = [piece for piece in pieces if piece.sort is Sort.HAPPENED]
    return True if any(piece.meanings.alternatives[0] for piece in happened) else None
