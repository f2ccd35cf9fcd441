"""Why a date that was found has to be asked about before it is believed."""

from timeline.reading.bounds import Said
from timeline.reading.moments import Moment
from timeline.reading.remarks import MEASURED, Undated
from timeline.reading.sentences import Piece, Sort, words_of
from timeline.reading.tokens import Token

_SEVERAL = "There is more than one date in it. Which of these is meant?"
_ZONE = "The time zone after the time was not understood. Is this meant?"
_NAME = "The number may be part of a name, or a date. Which is meant?"
_TORN = "Something beside the date was not understood. Is this meant?"
_BINDING = {"by", "until", "till", "before", "after", "since", "than", "past", "beyond"}
_BINDING |= {"post", "pre", "nor", "of", "no"}
_MOVING = {"slips", "slipped", "slip", "slipping", "delayed", "postponed", "pushed", "moved"}
_MOVING |= {"deferred", "rescheduled", "shifted", "scrubbed", "slides", "slid", "drifted"}
_EXPLAINING = {"after", "being", "having", "once", "(", "despite", "following"}
_WAS = {"was", "were"}  # "was February 2026": and what is it now?
_CONTINUING = {"or", "±", "plus", "minus", "give", "後", "→", "⇒"}
_ENDING = {"ending", "ended"}  # "the month ending 15 March 2027" is more than that day
_LENGTHS = {"day", "days", "week", "weeks", "month", "months", "quarter", "year", "years"}
_PLACED = {"in", "on", "at"}
_AIMING = {"targets", "targeting", "targeted", "eyes", "eyeing", "aiming"}
_AFTER_A_TIME = {"am", "pm", "a.m.", "p.m.", "m", ".", "hrs", "hours", "h"}
_LONGEST_ZONE = 4
_SHORT_NUMBER = 3
_SIGNS = frozenset(["/", "-", "~", "〜", "+", "%", "=", "<", ">", "..", "...", "#", "@", "$", "€"])
_PARTICLES = frozenset("にのはをがでともへ、。予打開実着発頃目見()")


def objection(tokens: list[Token], pieces: list[Piece], dates: list[Piece], options: int) -> str:
    """Why this has to be asked, or ''."""
    whys = [piece.meanings.why for piece in dates if piece.meanings.why]
    if len(dates) == 1 and whys:
        return whys[0]
    if options > 1:
        return _SEVERAL
    return (
        next(iter(whys), "")
        or _denial(tokens, pieces)
        or _movement(tokens, pieces, dates[0])
        or _other_word(tokens, pieces, dates[0])
        or _weakness(tokens, pieces, dates[0])
    )


def _denial(tokens: list[Token], pieces: list[Piece]) -> str:
    for piece in pieces:
        if piece.sort is Sort.DENIED:
            return f"The text says “{words_of(tokens, piece)}”. Is this date meant?"
    return ""


def _movement(tokens: list[Token], pieces: list[Piece], date: Piece) -> str:
    """“March 2027 launch slips”: from there, and nobody says where to."""
    for piece in pieces:
        between = {token.text for token in tokens[date.end : piece.start]}
        is_old = piece.sort is Sort.MOVED and piece.start >= date.end and not between & _EXPLAINING
        if is_old and tokens[piece.start].text in _MOVING:
            return f"The text says “{words_of(tokens, piece)}” after it. Is this the date now?"
    return ""


def _other_word(tokens: list[Token], pieces: list[Piece], date: Piece) -> str:
    """A text that has a date and also says that there is none; "2027 (TBC)" does not."""
    for piece in pieces:
        undated = piece.meanings.alternatives[0] if piece.sort is Sort.NO_DATE else None
        if not isinstance(undated, Undated) or not undated.is_firm:
            continue
        is_over = undated.kind == "cancelled" and not undated.denies and piece.end <= date.start
        is_about_it = undated.certainty or is_over
        if not is_about_it or not _is_next_to(pieces, piece, date):
            return f"The text also says “{words_of(tokens, piece)}”. Is this date meant?"
    return ""


def _is_next_to(pieces: list[Piece], one: Piece, other: Piece) -> bool:
    first, last = sorted((one, other), key=lambda piece: piece.start)
    between = [p for p in pieces if first.end <= p.start and p.end <= last.start]
    return all(piece.sort in (Sort.MARK, Sort.CARRIER, Sort.PLANNED) for piece in between)


def _weakness(tokens: list[Token], pieces: list[Piece], date: Piece) -> str:
    """A bare number among words that say nothing of dates may belong to a name."""
    if _is_torn(tokens, date):
        return _TORN
    if _has_strange_zone(tokens, date):
        return _ZONE
    unknown = [piece for piece in pieces if piece.sort in (Sort.UNKNOWN, Sort.NOT_A_DATE)]
    if not unknown:
        return ""
    if _runs_on(tokens, date, unknown):
        return "" if _is_followed_by_particle(tokens, date) else _TORN
    if _is_bare(tokens, date) and not _is_placed(tokens, date):
        return _NAME
    return _NAME if _may_continue_a_name(tokens, date, unknown) else ""


def _may_continue_a_name(tokens: list[Token], date: Piece, unknown: list[Piece]) -> bool:
    """“Falcon 9 March 2027”, “Gaganyaan H1 2027”."""
    first = tokens[date.start]
    is_short = (first.is_number and len(first.text) <= _SHORT_NUMBER) or len(first.text) == 1
    follows = any(piece.end == date.start for piece in unknown)
    return is_short and follows and tokens[date.start - 1].is_capitalised


def _is_torn(tokens: list[Token], date: Piece) -> bool:
    """A sign or a small word at its edge that was not understood: "2027/..", "by at least 2027"."""
    before = tokens[date.start - 1] if date.start else None
    after = tokens[date.end] if date.end < len(tokens) else None
    if before and (before.text in _BINDING or (tokens[date.start].glued and before.text in _SIGNS)):
        return True
    if _is_beside_number(tokens, date):
        return True
    if before and before.text in _ENDING and tokens[date.start - 2].text in _LENGTHS:
        return True
    if before and before.text in _WAS and tokens[date.start].text not in _PLACED:
        return True
    if after is None:
        return False
    return after.text in _CONTINUING or (after.glued and after.text in _SIGNS)


def _has_strange_zone(tokens: list[Token], date: Piece) -> bool:
    """“14:10 AST”, "14:10 Moon time": a time read in the home zone though another was said."""
    said = date.meanings.alternatives[:1]
    if not (said and isinstance(said[0], Said) and isinstance(said[0].what, Moment)):
        return False
    last, following = tokens[date.end - 1], tokens[date.end : date.end + 3]
    if not (last.is_number or last.text in _AFTER_A_TIME):
        return False
    is_short = bool(following) and following[0].is_word and len(following[0].text) <= _LONGEST_ZONE
    is_shouted = is_short and following[0].raw.isupper()
    return is_shouted or any(token.text == "time" for token in following)


def _is_beside_number(tokens: list[Token], date: Piece) -> bool:
    """“February 2026 31”, “in 2027 km”; but “Falcon 9 in May 2027” is clear."""
    before = tokens[date.start - 1] if date.start else None
    after = tokens[date.end] if date.end < len(tokens) else None
    first, last = tokens[date.start], tokens[date.end - 1]
    if after and (after.is_number or (last.is_number and after.text in MEASURED)):
        return True
    is_loose = before is not None and before.is_number and not before.glued
    return is_loose and (first.is_number or first.is_capitalised)


def _runs_on(tokens: list[Token], date: Piece, unknown: list[Piece]) -> bool:
    """Japanese has no spaces: after "2027年春" may come more of the same word, "休み"."""
    following = tokens[date.end : date.end + 1]
    if not following or not following[0].is_japanese or not following[0].glued:
        return False
    is_unknown = any(piece.start == date.end for piece in unknown)
    ends = tokens[date.end - 1].text == "日" or following[0].text in _PARTICLES
    return is_unknown and not ends


def _is_bare(tokens: list[Token], date: Piece) -> bool:
    held = [t.text for t in tokens[date.start : date.end] if t.text not in {".", "the", "(", ")"}]
    return len(held) == 1 or held[1:] == ["年"]


def _is_placed(tokens: list[Token], date: Piece) -> bool:
    """“ISRO targets 2027 for launch”: no name, a date."""
    is_aim = date.start > 0 and tokens[date.start - 1].text in _AIMING
    return is_aim or _is_followed_by_particle(tokens, date)


def _is_followed_by_particle(tokens: list[Token], date: Piece) -> bool:
    has_year_sign = "年" in {token.text for token in tokens[date.start : date.end]}
    following = tokens[date.end : date.end + 1]
    return has_year_sign and (not following or following[0].text in _PARTICLES)
