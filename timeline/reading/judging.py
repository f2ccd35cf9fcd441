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
from timeline.reading.grammar import Meanings
from timeline.reading.labels import labelled
from timeline.reading.remarks import Undated
from timeline.reading.sentences import Piece, Sort
from timeline.reading.statements import Bound, Said, vague_date
from timeline.reading.tokens import Token

_NOTHING = "No date was found in that."
_SEVERAL = "There is more than one date in it. Which of these is meant?"
_NAME = "The number may be part of a name, or a date. Which is meant?"
_TORN = "Something beside the date was not understood. Is this meant?"
_COUNTED = "That counts from something else than the day it was said. Which date is meant?"
_TURNING = frozenset({"not", "n't", "never", "unlikely", "cannot"})
_BINDING = frozenset(
    [
        "by",
        "until",
        "till",
        "before",
        "after",
        "since",
        "than",
        "past",
        "beyond",
        "post",
        "pre",
        "nor",
    ]
)
_SIGNS = frozenset(["/", "-", "~", "〜", "+", "%", "=", "<", ">", "..", "...", "#", "@", "$", "€"])
_PARTICLES = frozenset("にのはをがでともへ、。予打開実着発頃目見()")


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
                word = _words(tokens, piece)
                return NoDate(undated.certainty, word, kind_hint=undated.kind)
    moved = next((piece for piece in pieces if piece.sort is Sort.MOVED), None)
    if moved:
        return NoDate("", _words(tokens, moved))
    for piece in pieces:
        if piece.sort is Sort.NOT_A_DATE or _is_identifier(tokens, piece):
            return NoDate("", _words(tokens, piece), is_statement=False)
    return Refusal(_NOTHING)


def _is_identifier(tokens: list[Token], piece: Piece) -> bool:
    """“H3-24L”, "TIM-3", "Falcon 9": names, and no reason to look for a date."""
    held = tokens[piece.start : piece.end]
    has_number = any(token.is_number for token in held)
    return piece.sort is Sort.UNKNOWN and has_number


def _words(tokens: list[Token], piece: Piece) -> str:
    words = ""
    for token in tokens[piece.start : piece.end]:
        words += token.raw if token.glued else f" {token.raw}"
    return words.strip()


def _with_dates(
    tokens: list[Token], pieces: list[Piece], dates: list[Piece], context: Context
) -> Reading:
    dates, pieces = _turned(tokens, pieces, dates)
    options: dict[VagueDate, Option] = {}
    for piece in dates:
        perhaps = _is_doubted(tokens, pieces, piece)
        for said in piece.meanings.alternatives:
            option = _option(said, context, perhaps=perhaps)
            if option and not _is_same(option.date, options, context):
                options[option.date] = option
    why = _objection(tokens, pieces, dates, len(options))
    if why:
        return Question(why, tuple(options.values()))
    said = dates[0].meanings.alternatives[0]
    certainty = said.certainty if isinstance(said, Said) else ""
    date = next(iter(options))
    certainty = certainty or _certainty(pieces)
    return Understood(date, kind_hint=_kind(pieces, date, context), certainty=certainty)


def _turned(
    tokens: list[Token], pieces: list[Piece], dates: list[Piece]
) -> tuple[list[Piece], list[Piece]]:
    """“Not expected before 2028” and “not until 2028” are “no earlier than 2028”."""
    denials = [piece for piece in pieces if piece.sort is Sort.DENIED]
    if len(dates) != 1 or len(denials) != 1 or denials[0].end > dates[0].start:
        return dates, pieces
    word = _words(tokens, denials[0]).lower()
    turned = tuple(
        replace(said, bound=Bound.NET, doubtful=said.doubtful or word == "unlikely")
        for said in dates[0].meanings.alternatives
        if isinstance(said, Said) and said.bound in (Bound.BEFORE, Bound.UNTIL)
    )
    if not turned or word not in _TURNING:
        return dates, pieces
    date = replace(dates[0], outcome=Meanings(turned, dates[0].meanings.why))
    return [date], [piece for piece in pieces if piece not in (denials[0], dates[0])] + [date]


def _is_doubted(tokens: list[Token], pieces: list[Piece], date: Piece) -> bool:
    """“May launch in 2027”, “2027, perhaps”; not by doubts of another clause."""
    for piece in pieces:
        between = tokens[piece.end : date.start]
        is_before = piece.end <= date.start and not any(t.text in ";()" for t in between)
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


def _objection(tokens: list[Token], pieces: list[Piece], dates: list[Piece], options: int) -> str:
    """Why this has to be asked, or ''."""
    if any(not piece.meanings.alternatives for piece in dates):
        return _COUNTED
    whys = [piece.meanings.why for piece in dates if piece.meanings.why]
    if len(dates) == 1 and whys:
        return whys[0]
    if options > 1:
        return whys[0] if whys and len({p.outcome is not None for p in dates}) > 1 else _SEVERAL
    if whys:
        return whys[0]
    return (
        _denial(tokens, pieces)
        or _firm_no_date(tokens, pieces)
        or _weakness(tokens, pieces, dates[0])
    )


def _denial(tokens: list[Token], pieces: list[Piece]) -> str:
    for piece in pieces:
        if piece.sort is Sort.DENIED:
            return f"The text says “{_words(tokens, piece)}”. Is this date meant?"
    return ""


def _firm_no_date(tokens: list[Token], pieces: list[Piece]) -> str:
    """A text that has a date and also says that there is none."""
    for piece in pieces:
        undated = piece.meanings.alternatives[:1]
        if piece.sort is not Sort.NO_DATE or not isinstance(undated[0], Undated):
            continue
        if undated[0].is_firm and undated[0].kind != "cancelled" and not undated[0].certainty:
            return f"The text also says “{_words(tokens, piece)}”. Is this date meant?"
    return ""


def _weakness(tokens: list[Token], pieces: list[Piece], date: Piece) -> str:
    """A bare number among words that say nothing of dates may belong to a name."""
    if _is_torn(tokens, date):
        return _TORN
    unknown = [p for p in pieces if p.sort in (Sort.UNKNOWN, Sort.NOT_A_DATE)]
    if not unknown:
        return ""
    if _is_bare(tokens, date) and not _is_followed_by_particle(tokens, date):
        return _NAME
    beside = {date.start - 1, date.end}
    near = [p for p in unknown if {p.end - 1, p.start} & beside]
    if any(not _is_plain_word(tokens, p) for p in near):
        return _NAME
    starts_with_number = tokens[date.start].is_number and tokens[date.start].text != "0"
    before = tokens[date.start - 1] if date.start else None
    if (
        starts_with_number
        and before
        and before.is_capitalised
        and any(p.end == date.start for p in unknown)
    ):
        return _NAME if len(tokens[date.start].text) < 4 else ""  # noqa: PLR2004
    return ""


def _is_torn(tokens: list[Token], date: Piece) -> bool:
    """A sign or a small word at its edge that was not understood: "2027/..", "by at least 2027"."""
    before = tokens[date.start - 1] if date.start else None
    after = tokens[date.end] if date.end < len(tokens) else None
    if before and (before.text in _BINDING or (tokens[date.start].glued and before.text in _SIGNS)):
        return True
    return after is not None and after.glued and after.text in _SIGNS


def _is_bare(tokens: list[Token], date: Piece) -> bool:
    held = [t.text for t in tokens[date.start : date.end] if t.text not in {".", "the", "(", ")"}]
    return len(held) == 1 or held[1:] == ["年"]


def _is_followed_by_particle(tokens: list[Token], date: Piece) -> bool:
    has_year_sign = "年" in {token.text for token in tokens[date.start : date.end]}
    following = tokens[date.end : date.end + 1]
    return has_year_sign and (not following or following[0].text in _PARTICLES)


def _is_plain_word(tokens: list[Token], piece: Piece) -> bool:
    held = tokens[piece.start : piece.end]
    return all(token.is_alphanumeric or token.is_japanese or token.text in "-'/." for token in held)


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
    return True if Sort.HAPPENED in sorts else None
