"""Files of milestones and statements, through publishing like everybody else, and quietly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from timeline import outbox, publishing
from timeline.importing.catalogue import import_catalogue
from timeline.importing.files import Row, read_json, read_rows, read_text
from timeline.importing.problems import ImportRefused, Problem
from timeline.importing.statements import Entry, Key, StatementReader
from timeline.models import Announcement, Milestone, Statement
from timeline.publishing import PublishingError

__all__ = ["ImportRefused", "Imported", "Problem", "import_files"]

Say = Callable[[str], object]
_PROGRESS_EVERY = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were written of what there is, and of what was said; how many were known."""

    created: int
    stated: int
    known: int


@transaction.atomic
def import_files(
    paths: Iterable[Path], *, at: datetime, say: Say | None = None, dry_run: bool = False
) -> Imported:
    """Import files in one transaction; what is there already stays as it is.

    Nobody is told: what is published afterwards counts as known to readers. Raises
    ImportRefused with all that is wrong, and then nothing is written; nor with `dry_run`.
    """
    files = [(path, read_text(path)) for path in paths]
    catalogues = [(path, text) for path, text in files if _is_catalogue(path, text)]
    created = sum(
        import_catalogue(path.name, read_json(path, text), at=at) for path, text in catalogues
    )
    rows = [row for file in files if file not in catalogues for row in read_rows(*file)]
    entries = _entries(rows, at=at)
    new = _not_known(entries)
    _state_all(new, at=at, say=say)
    if dry_run:
        transaction.set_rollback(True)
    return Imported(created=created, stated=len(new), known=len(entries) - len(new))


def _is_catalogue(path: Path, text: str) -> bool:
    return path.suffix.lower() == ".json" and not text.lstrip().startswith("[")


def _entries(rows: Sequence[Row], *, at: datetime) -> list[Entry]:
    slugs = {row.cells.get("milestone") for row in rows}
    named = Milestone.objects.filter(slug__in=[slug for slug in slugs if isinstance(slug, str)])
    # Locked, so that the same file imported twice at once is not there twice.
    locked = named.select_for_update(of=("self",)).order_by("pk")
    reader = StatementReader(at=at, milestones={one.slug: one for one in locked})
    entries = reader.read(rows)
    if reader.problems:
        raise ImportRefused(reader.problems)
    return entries


def _not_known(entries: Sequence[Entry]) -> list[Entry]:
    keys = ("milestone_id", "source_id", "stated_on", "text", "edtf", "kind")
    milestones = {entry.milestone for entry in entries}
    said = Statement.objects.filter(milestone__in=milestones).values_list(*keys)
    known: set[Key] = set(said)
    return [entry for entry in entries if entry.key not in known]


def _state_all(entries: Sequence[Entry], *, at: datetime, say: Say | None) -> None:
    """State it all in the order it was said, those that dissent last, and tell nobody."""
    in_order = sorted(entries, key=lambda one: (_is_dissent(one), one.claim.stated_on))
    moments = _moments(in_order, at=at)
    for number, (entry, moment) in enumerate(zip(in_order, moments, strict=True), start=1):
        _state(entry, at=moment)
        if say and (number % _PROGRESS_EVERY == 0 or number == len(in_order)):
            say(f"{number} of {len(in_order)} statements")
    for milestone in {entry.milestone for entry in in_order}:
        if not Announcement.objects.held().filter(milestone=milestone).exists():
            outbox.take_as_told(milestone)


def _is_dissent(entry: Entry) -> bool:
    return entry.standing == Statement.Standing.DISSENT


def _moments(entries: Sequence[Entry], *, at: datetime) -> list[datetime]:
    """When each is entered: dissent now, the chain until now, in as few seconds as will do.

    The revisions of a milestone are a second apart, and none may lie in the future: it is what
    a calendar sees as last modified. And the order of all of them is that in which they were
    said, so that the ledger of changes begins with the latest news.
    """
    seconds: list[int] = []
    in_this_second: set[Milestone] = set()
    chain = [entry for entry in entries if not _is_dissent(entry)]
    for entry in chain:
        if entry.milestone in in_this_second:
            in_this_second.clear()
        seconds.append(seconds[-1] + (not in_this_second) if seconds else 0)
        in_this_second.add(entry.milestone)
    moments = [at - timedelta(seconds=seconds[-1] - second) for second in seconds]
    return moments + [at] * (len(entries) - len(chain))


def _state(entry: Entry, *, at: datetime) -> None:
    if _is_dissent(entry) and entry.milestone.current_revision_id is None:
        raise _refused(entry, "dissents, and there is nothing yet to dissent from")
    if entry.claim.source.pk is None:
        entry.claim.source.save()
    try:
        publishing.state(
            entry.milestone, entry.claim, at=at, announce=False, standing=entry.standing
        )
    except PublishingError as error:
        raise _refused(entry, str(error)) from error


def _refused(entry: Entry, reason: str) -> ImportRefused:
    return ImportRefused([Problem(entry.row.file, f"line {entry.row.line}", reason)])
