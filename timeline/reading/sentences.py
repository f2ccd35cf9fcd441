"""A text cut into dates and remarks: what stands where, before anybody judges it."""

from dataclasses import dataclass
from enum import Enum, auto

from timeline.dates import DateError
from timeline.reading import (
    bounds,
    clock,
    cycles,
    days,
    daytimes,
    durations,
    fiscal,
    fiscal_ends,
    japanese,
    japanese_clock,
    japanese_relative,
    japanese_years,
    numbers,
    numeric,
    ranges,
    relative,
    remarks,
    statements,
    weeks,
    years,
    zones,
)
from timeline.reading.answers import Context
from timeline.reading.grammar import Grammar, Meanings, Outcome, Parser
from timeline.reading.tokens import Token, may_begin, may_end

GRAMMAR = Grammar(
    numbers.RULES,
    numeric.RULES,
    fiscal.RULES,
    fiscal_ends.RULES,
    years.RULES,
    cycles.RULES,
    days.RULES,
    ranges.RULES,
    weeks.RULES,
    durations.RULES,
    relative.RULES,
    japanese_years.RULES,
    japanese_relative.RULES,
    japanese.RULES,
    japanese_clock.RULES,
    zones.RULES,
    clock.RULES,
    daytimes.RULES,
    bounds.RULES,
    statements.RULES,
    remarks.RULES,
    terminals=numbers.TERMINALS,
)


class Sort(Enum):
    """What a piece of the text is. Where two are as long, the one named first has it."""

    DATE = auto()
    NO_DATE = auto()
    DENIED = auto()
    MOVED = auto()
    PERHAPS = auto()
    HAPPENED = auto()
    PLANNED = auto()
    CARRIER = auto()
    NOT_A_DATE = auto()
    UNKNOWN = auto()
    MARK = auto()


_REMARKS = {
    Sort.NO_DATE: "NODATE",
    Sort.DENIED: "DENIED",
    Sort.MOVED: "MOVED",
    Sort.PERHAPS: "PERHAPS",
    Sort.HAPPENED: "HAPPENED",
    Sort.PLANNED: "PLANNED",
    Sort.CARRIER: "CARRIER",
    Sort.NOT_A_DATE: "NOTADATE",
}
# Words of everyday language when they stand alone and small: "may launch", "prices fall".
_EVERYDAY = frozenset(
    ["may", "march", "mar", "sun", "sat", "wed", "spring", "fall", "second", "last", "first"]
)
_MOST_DATES = 12
_HARMLESS_MARKS = frozenset(".,;:!()[]\"'/・、。「」『』-…•|&")


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `start` to `end` of the text, what they are, and what a date there means."""

    sort: Sort
    start: int
    end: int
    outcome: Outcome | None = None

    @property
    def problem(self) -> DateError | None:
        return self.outcome if isinstance(self.outcome, DateError) else None

    @property
    def meanings(self) -> Meanings:
        return self.outcome if isinstance(self.outcome, Meanings) else Meanings(())


def pieces_of(tokens: list[Token], context: Context) -> list[Piece]:
    parser = Parser(GRAMMAR, tokens, context)
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens) and not has_too_many(pieces):
        piece = _piece_at(parser, tokens, at, has_moved=_has_moved(pieces))
        pieces.append(piece)
        at = piece.end
    return pieces


def has_too_many(pieces: list[Piece]) -> bool:
    """Of dates: it is a list, and nobody asks which of so many is meant."""
    return sum(piece.sort is Sort.DATE for piece in pieces) > _MOST_DATES


def _has_moved(pieces: list[Piece]) -> bool:
    return any(piece.sort is Sort.MOVED for piece in pieces)


def _piece_at(parser: Parser, tokens: list[Token], at: int, *, has_moved: bool) -> Piece:
    found = [_date_at(parser, tokens, at, has_moved=has_moved)]
    found += [_remark_at(parser, tokens, at, sort, symbol) for sort, symbol in _REMARKS.items()]
    pieces = [piece for piece in found if piece is not None]
    if pieces:
        return max(pieces, key=lambda piece: (piece.end, -piece.sort.value))
    return _other_at(tokens, at)


def _date_at(parser: Parser, tokens: list[Token], at: int, *, has_moved: bool) -> Piece | None:
    if not may_begin(tokens, at):
        return None
    symbols = ("FROMTO", "MOVEDTO", "PHRASE") if has_moved else ("PHRASE",)
    for symbol in symbols:
        ends = {
            end: outcome
            for end, outcome in parser.at(symbol, at).items()
            if may_end(tokens, end)
            and not _is_everyday(tokens, at, end)
            and not _ends_in_may(tokens, at, end)
        }
        if ends:
            end = max(ends)
            return Piece(Sort.DATE, at, end, ends[end])
    return None


def _is_everyday(tokens: list[Token], start: int, end: int) -> bool:
    """Also in a text that is all in capitals."""
    held = [token for token in tokens[start:end] if token.text != "the"]
    shouted = all(token.raw.isupper() for token in tokens if token.is_word)
    said = [token.text if shouted else token.raw for token in held]
    return len(held) == 1 and end - start < len(tokens) and said[0] in _EVERYDAY


def _ends_in_may(tokens: list[Token], start: int, end: int) -> bool:
    """“The launch in 2027 may slip” has no May in it."""
    following = tokens[end : end + 1]
    is_modal = tokens[end - 1].raw == "may" and end - start > 1
    return is_modal and bool(following) and following[0].is_word


def _remark_at(
    parser: Parser, tokens: list[Token], at: int, sort: Sort, symbol: str
) -> Piece | None:
    if not may_begin(tokens, at):
        return None
    ends = {end: o for end, o in parser.at(symbol, at).items() if may_end(tokens, end)}
    return Piece(sort, at, max(ends), ends[max(ends)]) if ends else None


def _other_at(tokens: list[Token], at: int) -> Piece:
    if not tokens[at].is_alphanumeric and not tokens[at].is_japanese:
        harmless = tokens[at].text in _HARMLESS_MARKS
        return Piece(Sort.MARK if harmless else Sort.UNKNOWN, at, at + 1)
    end = at + 1
    while end < len(tokens) and _is_same_word(tokens, end):
        end += 1
    return Piece(Sort.UNKNOWN, at, end)


def _is_same_word(tokens: list[Token], at: int) -> bool:
    """“H3-24L” is one word, “opportunity:” is one and a sign."""
    if may_begin(tokens, at):
        return False
    return tokens[at].is_alphanumeric or any(
        token.glued and token.is_alphanumeric for token in tokens[at + 1 : at + 2]
    )


def words_of(tokens: list[Token], piece: Piece) -> str:
    words = ""
    for token in tokens[piece.start : piece.end]:
        words += token.raw if token.glued else f" {token.raw}"
    return words.strip()
