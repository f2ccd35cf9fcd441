"""What people write about dates, read without guessing.

`read` gives a value, a question with its options, an explicit "no date", or a refusal that says
what would be understood. A text passes through `tokens` (one script), `sentences` (pieces: dates
and remarks, found by the rules of `grammar`) and `judging` (one answer).
"""

from dataclasses import replace

from timeline.dates import DateError, read_edtf
from timeline.reading.answers import (
    Context,
    NoDate,
    Option,
    Question,
    Reading,
    Refusal,
    Understood,
)
from timeline.reading.judging import judge, says_it_happened
from timeline.reading.sentences import has_too_many, pieces_of
from timeline.reading.tokens import normalise, tokenise

__all__ = [
    "Context",
    "NoDate",
    "Option",
    "Question",
    "Reading",
    "Refusal",
    "Understood",
    "read",
]

LONGEST = 500
_IS_EDTF = "Is this EDTF? Then write “edtf:” before it."
_EDTF_PREFIX = "edtf:"


def read(text: str, context: Context) -> Reading:
    """The one meaning of a text, or the reason why there is none."""
    if len(text) > LONGEST:
        return Refusal(f"That is too long: give the words about the date, at most {LONGEST} signs.")
    plain = normalise(text)
    if not plain:
        return Refusal("There is nothing to read.")
    if plain.lower().startswith(_EDTF_PREFIX):
        return _read_edtf(text, context)
    tokens = tokenise(plain)[:LONGEST]
    pieces = pieces_of(tokens, context)
    happened = says_it_happened(pieces)
    if context.happened is None and happened is not None:
        context = replace(context, happened=happened)
        pieces = pieces_of(tokens, context)
    if has_too_many(pieces):
        return Refusal("There are too many dates in it; give the words about one of them.")
    answer = judge(tokens, pieces, context)
    return answer if isinstance(answer, Understood) else _or_edtf(plain, context) or answer


def _or_edtf(plain: str, context: Context) -> Question | None:
    """EDTF without its prefix: "[2027..2028]" is asked about, "2027-12" is a month in any case."""
    try:
        date = read_edtf(plain, hemisphere=context.hemisphere)
    except DateError:
        return None
    return Question(_IS_EDTF, (Option(date, f"EDTF {plain}"),)) if _is_marked(plain) else None


def _is_marked(plain: str) -> bool:
    return any(sign in plain for sign in "[X/~%") and " " not in plain


def _read_edtf(text: str, context: Context) -> Reading:
    bare = text.strip()[len(_EDTF_PREFIX) :].strip()
    if not bare:
        return Refusal("There is nothing after “edtf:”.", ("edtf:2027-25", "edtf:[..2028]"))
    try:
        return Understood(read_edtf(bare, hemisphere=context.hemisphere))
    except DateError as problem:
        return Refusal(str(problem), ("edtf:2027-25", "edtf:[2026-03..]", "edtf:2024~"))
