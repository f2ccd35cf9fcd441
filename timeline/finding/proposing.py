"""From an article to proposals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timeline.changes import StatementKind
from timeline.dates import Precision
from timeline.finding.articles import Sentence, sentences_of
from timeline.finding.naming import Subject, Subjects
from timeline.reading import Context, NoDate, Question, Reading, Understood, read
from timeline.reading.judging import says_it_happened
from timeline.reading.sentences import Piece, Sort, pieces_of
from timeline.reading.tokens import Token, tokenise

MOST = 100  # proposals of one article
_MOST_TOKENS = 200
_SPOKE = frozenset(
    {"said", "says", "say", "told", "tells", "speaking", "spoke", "reported", "announced", "added"}
)
_MONEY = re.compile(r"(?:US)?[$€£¥₹]\s?\d|\b(?:billion|million|crore|lakh)\b", re.IGNORECASE)
_FISCAL = frozenset({Precision.FISCAL_YEAR, Precision.RANGE})
_LEADS_TO_IT = re.compile(r"(?:(?:in|on|during|at)\s+)?(?:the\s+)?", re.IGNORECASE)
_TITLE_OF_A_LAW = re.compile(r"\b(?:Act|Bill|Code|Rules|Regulations),?\s*$")
_COARSE = frozenset({Precision.CENTURY})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase of a sentence (from `start` to `end` in it) that may be the date of a milestone.

    `subjects` are the milestones it may be of, the likeliest first; none if none is named. It
    is likely if what happens beside it is what happens to the first of them.
    """

    sentence: str
    start: int
    end: int
    reading: Reading
    kind: StatementKind
    subjects: tuple[Subject, ...]
    is_likely: bool = False

    @property
    def words(self) -> str:
        return self.sentence[self.start : self.end]


def find(
    article: str, subjects: Subjects, *, said_on: date, home_zone: str = "UTC"
) -> list[Proposal]:
    """At most a hundred, in the order of the text. Those days are meant that `said_on` implies."""
    context = Context(said_on=said_on, home_zone=home_zone)
    proposals: list[Proposal] = []
    for sentence in sentences_of(article):
        proposals += _in_sentence(sentence, subjects, context)
        if len(proposals) >= MOST:
            break
    return proposals[:MOST]


def _in_sentence(sentence: Sentence, subjects: Subjects, context: Context) -> Iterator[Proposal]:
    if not _may_hold_a_date(sentence.text):
        return
    tokens = tokenise(sentence.text)[:_MOST_TOKENS]
    pieces = pieces_of(tokens, context)
    happened = says_it_happened(pieces)
    dates = [piece for piece in pieces if piece.sort in (Sort.DATE, Sort.NO_DATE)]
    begins = 0
    for number, piece in enumerate(dates, start=1):
        start, end = _span(sentence.text, tokens, piece)
        clause = sentence.text[begins : end if number < len(dates) else None]
        begins = end
        reading = read(sentence.text[start:end], context)
        if _is_of_no_milestone(sentence.text, start, tokens, piece, reading):
            continue
        kind = _kind(reading, context, happened=happened)
        is_plan = kind is StatementKind.PLAN
        about = subjects.about(sentence.text, sentence.before, clause=clause, is_plan=is_plan)
        if isinstance(reading, NoDate) and not about:
            continue
        is_likely = bool(about) and subjects.is_likely(about[0], clause)
        yield Proposal(sentence.text, start, end, reading, kind, tuple(about), is_likely)


def _may_hold_a_date(text: str) -> bool:
    """Most sentences do not, and to read them all takes long."""
    return bool(_HINT.search(text))


_HINT = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|spring|summer|autumn|winter"
    r"|\b(?:year|month|week|today|tomorrow|yesterday|quarter|mon|tues|wednes|thurs|fri|satur|sun)"
    r"(?:s|day)?\b|tbd|to be (?:decided|announced)|cancel|called off|indefinitely|hold"
    r"|[年月日春夏秋冬]|中止|延期|未定",
    re.IGNORECASE,
)


def _span(text: str, tokens: list[Token], piece: Piece) -> tuple[int, int]:
    """Without the word that leads to it, and the sign that ends the sentence."""
    last = tokens[piece.end - 1]
    start, end = tokens[piece.start].start, last.start + len(last.raw)
    start += len(_LEADS_TO_IT.match(text[start:end]).group())  # type: ignore[union-attr]
    return start, start + len(text[start:end].rstrip(" .,;:"))


def _kind(reading: Reading, context: Context, *, happened: bool | None) -> StatementKind:
    if isinstance(reading, NoDate):
        return StatementKind(reading.kind_hint)
    if happened:
        return StatementKind.OCCURRED
    if isinstance(reading, Understood):
        latest = reading.date.window(context.home_zone).latest
        if latest is not None and latest < context.said_on:
            return StatementKind.OCCURRED
    return StatementKind.PLAN


def _is_of_no_milestone(
    text: str, start: int, tokens: list[Token], piece: Piece, reading: Reading
) -> bool:
    """What reads as a date and is none of an event: see the tests for each."""
    match reading:
        case Understood(date=found):
            is_statistic = found.precision in _FISCAL and _MONEY.search(text) is not None
            if is_statistic or found.precision in _COARSE:
                return True
        case NoDate(is_statement=True, certainty=certainty, kind_hint=hint):
            return not certainty and hint != "cancelled"
        case Question():
            pass
        case _:
            return True
    if _TITLE_OF_A_LAW.search(text[:start]):
        return True
    before = tokens[max(piece.start - 1, 0) : piece.start]
    return any(token.text in _SPOKE for token in before)
