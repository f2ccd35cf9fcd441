"""A file that an editor brings, on its way: kept, read, answered, written. In steps, each its own.

What is cut off goes on where it was. A row is written in one transaction with the note that it
is, and judged once more in it: what changed since it was looked at is not written over.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from timeline import outbox, publishing
from timeline.importing import calendars
from timeline.importing.files import Row, decoded, iter_rows
from timeline.importing.judging import Judge, Judgement
from timeline.importing.problems import ImportRefused, Problem
from timeline.models import Announcement, CalendarEntry, Source, Upload, UploadRow
from timeline.models.revision import Editor
from timeline.publishing import PublishingError

MOST_BYTES = 5 * 2**20
MOST_ROWS = 20_000
AT_ONCE = 200  # rows that are kept, or judged, with one statement
A_STEP = 50  # rows that one step writes

Outcome = UploadRow.Outcome


@transaction.atomic
def bring(
    name: str, content: bytes, *, form: str, source: Source | None, editor: Editor, at: datetime
) -> Upload:
    """Keep the rows of a file. Raises ImportRefused, and keeps nothing, if it is no such file."""
    path = Path(name)
    if len(content) > MOST_BYTES:
        raise ImportRefused([Problem(path.name, "", "is over 5 MB: cut it in two")])
    upload = Upload.objects.create(
        name=path.name[:200], form=form, source=source, uploaded_at=at, uploaded_by=editor
    )
    kept = 0
    for rows in _chunks(_rows(path, content, form=form), AT_ONCE):
        kept += len(rows)
        if kept > MOST_ROWS:
            raise ImportRefused([Problem(path.name, "", f"has over {MOST_ROWS:,} rows: cut it")])
        UploadRow.objects.bulk_create(
            UploadRow(upload=upload, number=row.line, cells=row.cells) for row in rows
        )
    if not kept:
        raise ImportRefused([Problem(path.name, "", "holds no rows")])
    return upload


def _rows(path: Path, content: bytes, *, form: str) -> Iterator[Row]:
    text = decoded(path, content)
    if form == Upload.Form.ICS:
        return calendars.entries_of(path, text)
    return iter_rows(path.with_suffix(f".{form}"), text)


def go_on(upload: Upload, *, at: datetime) -> bool:
    """One step of what is to be done of it by itself; False if there is nothing."""
    if upload.state == Upload.State.READING:
        read_some(upload, at=at)
        return True
    if upload.state == Upload.State.WRITING:
        write_some(upload, at=at)
        return True
    return False


# ---- read --------------------------------------------------------------------------------------


@transaction.atomic
def read_some(upload: Upload, *, at: datetime) -> None:
    """Judge the next rows; when there are none, it is to be looked at."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    rows = list(locked.rows.unread().in_order()[:AT_ONCE])
    for row, judgement in zip(rows, _judge(locked, rows, at=at), strict=True):
        note(row, judgement)
    if len(rows) < AT_ONCE and locked.state == Upload.State.READING:
        locked.state = Upload.State.READ
        locked.save(update_fields=["state"])


@transaction.atomic
def answer(row: UploadRow, answer: str, *, at: datetime) -> None:
    """What an editor said to a question, or that the row is dropped; then it is judged again."""
    upload = Upload.objects.select_for_update().get(pk=row.upload_id)
    if answer == Outcome.DROPPED:
        row.outcome = Outcome.DROPPED
        row.save(update_fields=["outcome"])
        return
    row.answer = answer[:60]
    (judgement,) = _judge(upload, [row], at=at)
    note(row, judgement)


def note(row: UploadRow, judgement: Judgement) -> None:
    row.outcome, row.says = judgement.outcome, judgement.says[:400]
    row.reason, row.options = judgement.reason, judgement.options
    row.milestone, row.said_on = judgement.milestone, judgement.said_on
    row.save()


def _judge(upload: Upload, rows: Sequence[UploadRow], *, at: datetime) -> list[Judgement]:
    return Judge(at=at, file=upload.name, source=upload.source).judge(rows)


# ---- written -----------------------------------------------------------------------------------


def begin_writing(upload: Upload) -> bool:
    """From now on its new and moved dates are written. False if that is not to be done."""
    read = Upload.objects.filter(pk=upload.pk, state=Upload.State.READ)
    return read.update(state=Upload.State.WRITING) == 1


def drop(upload: Upload) -> bool:
    """Give it up: what is not written stays unwritten. False if it is done already."""
    open_ones = Upload.objects.filter(pk=upload.pk).exclude(state=Upload.State.DONE)
    return open_ones.update(state=Upload.State.DROPPED) == 1


def write_some(upload: Upload, *, at: datetime) -> None:
    """Write the next rows, each by itself; when there are none, it is done."""
    for row in list(upload.rows.to_be_written()[:A_STEP]):
        _write(row, upload, at=at)
    if not upload.rows.to_be_written().exists():
        Upload.objects.filter(pk=upload.pk, state=Upload.State.WRITING).update(
            state=Upload.State.DONE
        )


@transaction.atomic
def _write(row: UploadRow, upload: Upload, *, at: datetime) -> None:
    """Unless it would do something else by now than what was looked at: then it says what."""
    fresh = UploadRow.objects.select_for_update().get(pk=row.pk)
    if fresh.written_at is not None:
        return
    shown = fresh.outcome, fresh.says
    (judgement,) = _judge(upload, [fresh], at=at)
    note(fresh, judgement)
    if judgement.entry is None or fresh.outcome not in (Outcome.NEW, Outcome.MOVED):
        return
    if (fresh.outcome, fresh.says) != shown and _somebody_else_published(fresh, upload):
        fresh.outcome = Outcome.REFUSED
        fresh.reason = f"Somebody published meanwhile: it was “{shown[1]}”. Import it again."
        fresh.save()
        return
    try:
        with transaction.atomic():
            _state(judgement, upload, at=at)
    except PublishingError as refused:
        fresh.outcome, fresh.reason = Outcome.REFUSED, str(refused)
    else:
        fresh.written_at = at
        _remember(fresh, upload)
    fresh.save()


def _state(judgement: Judgement, upload: Upload, *, at: datetime) -> None:
    """Quietly: what is published afterwards counts as known to readers."""
    entry = judgement.entry
    assert entry is not None  # noqa: S101  (the caller looked)
    if entry.claim.source.pk is None:
        entry.claim.source.save()
    publishing.state(
        entry.milestone,
        entry.claim,
        at=at,
        editor=upload.uploaded_by,
        announce=False,
        standing=entry.standing,
    )
    if not Announcement.objects.held().filter(milestone=entry.milestone).exists():
        entry.milestone.refresh_from_db()
        outbox.take_as_told(entry.milestone)


def _somebody_else_published(row: UploadRow, upload: Upload) -> bool:
    """Whether its milestone has a revision since it was looked at that is not of this file."""
    assert row.milestone is not None  # noqa: S101  (it would be written)
    since = row.milestone.revisions.filter(recorded_at__gt=upload.uploaded_at)
    return since.exclude(recorded_by=upload.uploaded_by).exists()


def _remember(row: UploadRow, upload: Upload) -> None:
    """Whose an entry of a calendar is, for the next time."""
    if upload.source is None or row.milestone is None or not row.cells.get("uid"):
        return
    CalendarEntry.objects.get_or_create(
        publisher=upload.source.publisher,
        uid=str(row.cells["uid"])[:255],
        defaults={"milestone": row.milestone},
    )


def _chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
