"""What a row of a file would do, judged against what is there now. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from timeline import publishing
from timeline.changes import ChangeKind
from timeline.claims import stated
from timeline.dates import DateError
from timeline.importing import calendars
from timeline.importing.files import Json, Row
from timeline.importing.statements import Entry, StatementReader
from timeline.models import CalendarEntry, Milestone, Source, Statement, UploadRow
from timeline.publishing import Claim, PublishingError
from timeline.reading import Context, Question, read
from timeline.wording import change_words, date_words

Outcome = UploadRow.Outcome
_NO_MOVE = {ChangeKind.FIRST_DATED, ChangeKind.UNCHANGED}
_MOST_LIKELY, _MOST_LOOKED_AT = 5, 500
_A_WORD = 4  # letters: shorter ones tell nothing
WHICH = "Which milestone is it?"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`entry` is what would be stated, if anything can be; `options` answer a question."""

    outcome: str
    says: str = ""
    reason: str = ""
    milestone: Milestone | None = None
    said_on: date | None = None
    options: list[dict[str, str]] = field(default_factory=list)
    entry: Entry | None = None


class Judge:
    """Of some rows of one file. `source` is whose word the entries of a calendar are."""

    def __init__(self, *, at: datetime, file: str, source: Source | None) -> None:
        self.at, self.file, self.source = at, file, source

    def judge(self, rows: Sequence[UploadRow]) -> list[Judgement]:
        if self.source is not None:
            return [self._of_entry(row) for row in rows]
        reader = StatementReader(at=self.at, milestones=_named(row.cells for row in rows))
        return [self._of_row(row, reader) for row in rows]

    # ---- rows of statements

    def _of_row(self, row: UploadRow, reader: StatementReader) -> Judgement:
        cells = row.cells | ({"edtf": row.answer, "precision": ""} if row.answer else {})
        before = len(reader.problems)
        entries = reader.read([Row(self.file, row.number, cells)])
        problems = reader.problems[before:]
        if entries:
            return self._judged(entries[0])
        question = _question(cells, reader)
        if question is not None and len(problems) == 1:
            options = [{"key": str(one.date.edtf), "label": one.label} for one in question.options]
            milestone = reader.milestones.get(str(cells.get("milestone")))
            return Judgement(
                Outcome.QUESTION,
                says=str(cells.get("text", "")),
                reason=question.why,
                milestone=milestone,
                options=options,
            )
        reasons = [f"{one.where.partition(', ')[2]}: {one.reason}".strip(": ") for one in problems]
        return Judgement(
            Outcome.REFUSED, says=str(cells.get("text", "")), reason="\n".join(reasons)
        )

    # ---- entries of a calendar

    def _of_entry(self, row: UploadRow) -> Judgement:
        cells, says = row.cells, str(row.cells.get("summary", ""))
        if problem := calendars.problem_of(cells):
            return Judgement(Outcome.REFUSED, says=says, reason=problem)
        milestone = self._milestone(row)
        if milestone is None:
            return Judgement(Outcome.QUESTION, says=says, reason=WHICH, options=_likely(says))
        try:
            value = calendars.date_of(cells, home_zone=milestone.home_zone)
        except DateError as error:
            return Judgement(Outcome.REFUSED, says=says, reason=str(error), milestone=milestone)
        assert self.source is not None  # noqa: S101  (it is a calendar)
        claim = Claim(
            text=calendars.words_of(cells),
            date=value,
            source=self.source,
            stated_on=self._said_on(cells),
            kind=calendars.kind_of(cells),
        )
        row_of_file = Row(self.file, row.number, cells)
        return self._judged(Entry(row_of_file, milestone, claim, ""))

    def _milestone(self, row: UploadRow) -> Milestone | None:
        """Whose the editor said it is, or whose it was before, or whose name it has."""
        milestones = Milestone.objects.with_what_is_shown()
        if row.answer.isdecimal():
            return milestones.filter(pk=int(row.answer)).first()
        assert self.source is not None  # noqa: S101  (it is a calendar)
        known = CalendarEntry.objects.filter(
            publisher=self.source.publisher, uid=str(row.cells.get("uid", ""))[:255]
        ).first()
        if known is not None:
            return milestones.get(pk=known.milestone_id)
        named = list(milestones.filter(title__iexact=str(row.cells["summary"]))[:2])
        return named[0] if len(named) == 1 else None

    def _said_on(self, cells: dict[str, Json]) -> date:
        said_on = str(cells.get("said_on") or "")
        today = self.at.date()
        return min(date.fromisoformat(said_on), today) if said_on else today

    # ---- both

    def _judged(self, entry: Entry) -> Judgement:
        milestone, claim = entry.milestone, entry.claim
        says = f"{milestone}: {date_words(claim.date, home_zone=milestone.home_zone)}"
        if _is_known(entry):
            return _would(Outcome.SAME, says, entry)
        try:
            preview = publishing.preview(milestone, claim, at=self.at)
        except PublishingError as refused:
            return Judgement(Outcome.REFUSED, says=says, reason=str(refused), milestone=milestone)
        standing = entry.standing or preview.standing
        is_aside = standing == Statement.Standing.DISSENT or preview.back_filled
        published = milestone.current_revision
        if is_aside or preview.change.kind in _NO_MOVE or published is None:
            return _would(Outcome.NEW, says, entry)
        line = change_words(preview.change, published.stated, stated(milestone, claim))
        return _would(Outcome.MOVED, f"{milestone}: {line}", entry)


def _would(outcome: str, says: str, entry: Entry) -> Judgement:
    return Judgement(
        outcome, says=says, milestone=entry.milestone, said_on=entry.claim.stated_on, entry=entry
    )


def _named(rows: Iterable[dict[str, Json]]) -> dict[str, Milestone]:
    slugs = {str(cells.get("milestone")) for cells in rows}
    return {one.slug: one for one in Milestone.objects.with_what_is_shown().filter(slug__in=slugs)}


def _question(cells: dict[str, Json], reader: StatementReader) -> Question | None:
    """What the words of a row leave open, if that is what is amiss."""
    milestone = reader.milestones.get(str(cells.get("milestone")))
    if milestone is None or cells.get("edtf"):
        return None
    try:
        said_on = date.fromisoformat(str(cells.get("stated_on")))
    except ValueError:
        return None
    context = Context(
        said_on=said_on,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
    )
    reading = read(str(cells.get("text", "")), context)
    return reading if isinstance(reading, Question) and reading.options else None


def _likely(summary: str) -> list[dict[str, str]]:
    """Milestones whose titles share words with it, those with the most first."""
    words = {word.lower() for word in summary.split() if len(word) >= _A_WORD}
    if not words:
        return []
    shares_one = reduce(or_, (Q(title__icontains=word) for word in words))
    found = Milestone.objects.filter(shares_one).values_list("pk", "title")[:_MOST_LOOKED_AT]
    ranked = sorted(found, key=lambda one: -sum(word in one[1].lower() for word in words))
    return [{"key": str(pk), "label": title} for pk, title in ranked[:_MOST_LIKELY]]


def _is_known(entry: Entry) -> bool:
    claim = entry.claim
    if claim.source.pk is None:
        return False
    same = Statement.objects.filter(
        milestone=entry.milestone, source=claim.source, stated_on=claim.stated_on, text=claim.text
    )
    same = same.exclude(standing=Statement.Standing.WITHDRAWN)
    return same.filter(edtf=claim.date.edtf, kind=claim.kind).exists()
