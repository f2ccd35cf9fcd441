"""Rows of a file → what a source claims of a milestone; nothing is guessed, nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from timeline import publishing
from timeline.changes import StatementKind
from timeline.dates import NO_DATE, DateError, Precision, Qualifier, VagueDate, make, read_edtf
from timeline.importing.cells import Cells
from timeline.importing.files import Row
from timeline.importing.problems import Problem
from timeline.models import Milestone, Source, Statement
from timeline.publishing import Claim, PublishingError
from timeline.reading import Context, NoDate, Question, Refusal, Understood, read

NEEDED = ("milestone", "stated_on", "text", "source")
COLUMNS = (
    *("milestone", "stated_on", "stated_on_precision", "kind", "text"),
    *("edtf", "qualifier", "precision", "zone", "earliest", "latest", "mode", "current_chain"),
    *("source", "source_title", "ref", "published_on", "published_precision", "grade"),
    *("reason", "note", "title", "expected_change"),
)
SOURCE_COLUMNS = ("source", "source_title", "published_on", "published_precision", "grade")
_STANDINGS = {
    True: Statement.Standing.CURRENT.value,
    False: Statement.Standing.DISSENT.value,
    None: "",
}

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be imported. `standing` is '' where the rule for editors decides."""

    row: Row
    milestone: Milestone
    claim: Claim
    standing: str

    @property
    def key(self) -> Key:
        """What makes it the same statement when it is imported again."""
        claim = self.claim
        said = (claim.stated_on, claim.text, claim.date.edtf, str(claim.kind))
        return self.milestone.pk, claim.source.pk or id(claim.source), *said


@dataclass
class StatementReader:
    """Reads rows one by one, notes what is wrong with them, and knows one source from another."""

    at: datetime
    milestones: dict[str, Milestone]
    problems: list[Problem] = field(default_factory=list)
    sources: dict[Key, tuple[Source, Row]] = field(default_factory=dict)
    seen: dict[Key, Row] = field(default_factory=dict)

    def read(self, rows: Sequence[Row]) -> list[Entry]:
        return [entry for row in rows if (entry := self._entry(row)) is not None]

    def _entry(self, row: Row) -> Entry | None:
        cells = Cells(row, self.problems)
        cells.check_columns(known=COLUMNS, needed=NEEDED)
        milestone = self._milestone(cells)
        said_on = cells.day("stated_on")
        if milestone is None or said_on is None or not cells.are_good:
            return None
        claim = self._claim(cells, milestone, said_on)
        standing = _STANDINGS[cells.answer("current_chain")]
        if claim is None or not cells.are_good:
            return None
        return self._said_once(cells, Entry(row, milestone, claim, standing))

    def _milestone(self, cells: Cells) -> Milestone | None:
        slug = cells.text("milestone")
        if slug and slug not in self.milestones:
            cells.note("milestone", f"there is no milestone “{slug}”")
        return self.milestones.get(slug)

    def _claim(self, cells: Cells, milestone: Milestone, said_on: date) -> Claim | None:
        kind = StatementKind(cells.choice("kind", list(StatementKind), default=StatementKind.PLAN))
        dated = _date_of(cells, milestone, kind=kind, said_on=said_on)
        source = self._source(cells)
        if dated is None or not cells.are_good:
            return None
        value, certainty = dated
        _check_derived(cells, value, milestone)
        claim = Claim(
            text=cells.text("text", Statement._meta.get_field("text")),
            date=value,
            source=source,
            stated_on=said_on,
            stated_precision=cells.choice(
                "stated_on_precision", list(Source.Known), default=Source.Known.DAY
            ),
            kind=kind,
            reason=cells.text("reason", Statement._meta.get_field("reason")),
            certainty=certainty,
        )
        return self._checked(cells, claim)

    def _checked(self, cells: Cells, claim: Claim) -> Claim | None:
        if not cells.are_good:
            return None
        try:
            publishing.check_claim(claim, at=self.at)
        except PublishingError as error:
            cells.note("", str(error))
            return None
        return claim

    def _source(self, cells: Cells) -> Source:
        """The source of that URL (or of that name, without one), the same for every row."""
        source = Source(
            publisher=cells.text("source", Source._meta.get_field("publisher")),
            title=cells.text("source_title", Source._meta.get_field("title")),
            url=cells.text("ref", Source._meta.get_field("url")),
            published_on=cells.day("published_on"),
            published_precision=cells.choice(
                "published_precision", list(Source.Known), default=Source.Known.DAY
            ),
            grade=cells.choice("grade", list(Source.Grade), default=Source.Grade.B),
        )
        named = (source.publisher, source.title, source.published_on)
        key: Key = (source.url,) if source.url else named
        if key not in self.sources:
            self.sources[key] = _existing(source) or source, cells.row
        first, row = self.sources[key]
        for column in SOURCE_COLUMNS:
            mine, theirs = cells.row.cells.get(column), row.cells.get(column)
            if mine and mine != theirs:
                cells.note(column, f"line {row.line} says “{theirs}” of the same source")
        return first

    def _said_once(self, cells: Cells, entry: Entry) -> Entry | None:
        twin = self.seen.setdefault(entry.key, entry.row)
        if twin is not entry.row:
            cells.note("", f"says the same as line {twin.line}")
            return None
        return entry


def _existing(source: Source) -> Source | None:
    if source.url:
        return Source.objects.filter(url=source.url).first()
    return Source.objects.filter(
        url="",
        publisher=source.publisher,
        title=source.title,
        published_on=source.published_on,
    ).first()


def _date_of(
    cells: Cells, milestone: Milestone, *, kind: StatementKind, said_on: date
) -> tuple[VagueDate, str] | None:
    """The date of a row and the word that stands in its place; None if something is wrong."""
    edtf, zone = cells.text("edtf"), cells.text("zone")
    precision = cells.choice("precision", ["", *Precision], default="")
    qualifier = cells.choice("qualifier", list(Qualifier), default="")
    if precision == Precision.NONE or (kind is StatementKind.CANCELLED and not edtf):
        if edtf:
            cells.note("edtf", "holds a date, although the precision is “none”")
        return NO_DATE, ""
    if not edtf:
        return _date_in_words(cells, milestone, kind=kind, said_on=said_on)
    said_in = "" if zone == milestone.home_zone else zone
    try:
        written = read_edtf(edtf, hemisphere=milestone.hemisphere, zone=said_in)
        unit = precision or written.precision
        return make(written.edtf, unit, qualifier or written.qualifier, said_in), ""
    except DateError as error:
        cells.note("edtf", str(error))
        return None


def _date_in_words(
    cells: Cells, milestone: Milestone, *, kind: StatementKind, said_on: date
) -> tuple[VagueDate, str] | None:
    context = Context(
        said_on=said_on,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
        happened=kind is StatementKind.OCCURRED,
    )
    reading = read(cells.text("text"), context)
    if doubt := _doubt(reading, kind_given=bool(cells.text("kind"))):
        cells.note("text", doubt)
    match reading:
        case Understood(date=value, certainty=certainty):
            return value, certainty
        case NoDate(certainty=certainty):
            return NO_DATE, certainty
    return None


def _doubt(reading: Understood | Question | NoDate | Refusal, *, kind_given: bool) -> str:
    """What is to be answered before these words can be imported; '' if nothing."""
    match reading:
        case Question(why=why, options=options):
            offers = "; ".join(f"{one.date.edtf} for {one.label}" for one in options)
            return f"{why} Answer it in the column edtf{': ' if offers else ''}{offers}"
        case Refusal(why=why):
            return f"{why} Give the date in the column edtf, or “none” in precision"
        case NoDate(is_statement=False, word=word):
            return f"“{word}” is no date. If none was said, write “none” in precision"
        case Understood(kind_hint=hint) | NoDate(kind_hint=hint):
            if hint != "plan" and not kind_given:
                return f"sounds as if it were “{hint}”: write plan, occurred or cancelled in kind"
    return ""


def _check_derived(cells: Cells, value: VagueDate, milestone: Milestone) -> None:
    window = value.window(milestone.home_zone)
    derived = {"earliest": window.earliest, "latest": window.latest, "mode": value.mode}
    for column, ours in derived.items():
        theirs = cells.text(column)
        if theirs and theirs != str(ours or ""):
            cells.note(column, f"says “{theirs}”, but the date makes it “{ours or 'open'}”")
