from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from timeline.importing import ImportRefused, uploads
from timeline.models import Source, Upload, UploadRow

FORMS = {".csv": Upload.Form.CSV, ".json": Upload.Form.JSON, ".ics": Upload.Form.ICS}
Outcome = UploadRow.Outcome


class Command(BaseCommand):
    help = (
        "Import statements from CSV or JSON, or somebody's calendar (.ics), row by row: each is "
        "new, moved, same, a question or refused, with its line and the reason. What is new or "
        "moved is written quietly; questions wait in the admin. With --dry-run nothing is "
        "written. A calendar needs --publisher: its entries are that source's word."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what each row would do")
        parser.add_argument("--publisher", default="", help="whose calendar it is")
        parser.add_argument("--grade", choices=Source.Grade.values, default=Source.Grade.C)
        parser.add_argument("--url", default="", help="where that calendar is")

    def handle(self, *_args: object, file: Path, dry_run: bool, **options: str) -> None:
        at = timezone.now()
        try:
            if dry_run:
                with transaction.atomic():
                    self._show(self._read(file, options, at=at))
                    transaction.set_rollback(True)
                self.stdout.write("Nothing was written.")
                return
            upload = self._read(file, options, at=at)
        except ImportRefused as refused:
            raise CommandError("\n".join(map(str, refused.problems))) from None
        self._show(upload)
        self._write(upload, at=at)

    def _read(self, file: Path, options: dict[str, str], *, at: datetime) -> Upload:
        form = FORMS.get(file.suffix.lower())
        if form is None:
            raise CommandError(f"{file.name}: its name ends neither in .csv, .json nor .ics.")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from None
        source = _source(options, on=at.date()) if form == Upload.Form.ICS else None
        upload = uploads.bring(file.name, content, form=form, source=source, editor=None, at=at)
        total = upload.rows.count()
        while upload.state == Upload.State.READING:
            uploads.read_some(upload, at=at)
            upload.refresh_from_db()
            left = upload.rows.unread().count()
            self.stderr.write(f"{total - left} of {total} rows read")
        return upload

    def _show(self, upload: Upload) -> None:
        for row in upload.rows.in_order().iterator():
            reason = f" ({'; '.join(row.reason.splitlines())})" if row.reason else ""
            self.stdout.write(f"line {row.number}: {row.outcome}: {row.says}{reason}")

    def _write(self, upload: Upload, *, at: datetime) -> None:
        total = upload.rows.to_be_written().count()
        uploads.begin_writing(upload)
        upload.refresh_from_db()
        while upload.state == Upload.State.WRITING:
            uploads.write_some(upload, at=at)
            upload.refresh_from_db()
            left = upload.rows.to_be_written().count()
            self.stderr.write(f"{total - left} of {total} rows written")
        written = upload.rows.exclude(written_at=None).count()
        asking = upload.rows.filter(outcome=Outcome.QUESTION).count()
        refused = upload.rows.filter(outcome=Outcome.REFUSED).count()
        self.stdout.write(f"Written: {written}. Questions: {asking}. Refused: {refused}.")


def _source(options: dict[str, str], *, on: date) -> Source:
    """Whose word the entries of a calendar are; made if it is new. Raises CommandError."""
    publisher, url = options["publisher"].strip(), options["url"].strip()
    if not publisher:
        raise CommandError("Say whose calendar it is: --publisher NAME.")
    described = {"publisher": publisher, "grade": options["grade"]}
    known = Source.objects.filter(url=url) if url else Source.objects.filter(url="", **described)
    source = known.order_by("pk").first()
    return source or Source.objects.create(url=url, published_on=on, **described)
