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
from timeline.reading.sentences import pieces_of
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

LONGEST = 1000
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
    if says_it_happened(pieces) and not context.happened:
        context = replace(context, happened=True)
        pieces = pieces_of(tokens, context)
    return judge(tokens, pieces, context)


def _read_edtf(text: str, context: Context) -> Reading:
    bare = text.strip()[len(_EDTF_PREFIX) :].strip()
    if not bare:
        return Refusal("There is nothing after “edtf:”.", ("edtf:2027-25", "edtf:[..2028]"))
    try:
        return Understood(read_edtf(bare, hemisphere=context.hemisphere))
    except DateError as problem:
        return Refusal(str(problem), ("edtf:2027-25", "edtf:[2026-03..]", "edtf:2024~"))
