from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from timeline.importing import ImportRefused, import_files

FIRST_CONTENT = (
    settings.BASE_DIR / "fixtures" / "programmes.json",
    settings.BASE_DIR / "fixtures" / "statements.csv",
)


class Command(BaseCommand):
    help = (
        "Import programmes with their milestones (a JSON object) and statements (CSV, or a JSON "
        "list), in one transaction: if anything is wrong, each line that is wrong is reported "
        "and nothing is written. What is there already stays as it is, and nobody is told. "
        "fixtures/README.md describes both forms."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="without any, the first content in fixtures/"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be imported; write nothing"
        )

    def handle(
        self, *_args: object, files: list[Path], dry_run: bool, verbosity: int, **_options: object
    ) -> None:
        say = self.stdout.write if verbosity else None
        try:
            done = import_files(files or FIRST_CONTENT, at=timezone.now(), say=say, dry_run=dry_run)
        except ImportRefused as refused:
            lines = "\n".join(map(str, refused.problems))
            count = len(refused.problems)
            raise CommandError(f"{lines}\nNothing was imported: {count} to put right.") from None
        if say:
            say(
                f"{'Would import' if dry_run else 'Imported'}: {done.stated} statements, "
                f"{done.created} milestones, programmes, organisations and tags; "
                f"{done.known} statements were known."
            )
