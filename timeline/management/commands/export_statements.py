import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from timeline import exporting


class Command(BaseCommand):
    help = (
        "Write what import_statements reads: what was said, as CSV or JSON by the name of the "
        "file, and with --catalogue what there is. What was withdrawn is left out. Without a "
        "file, CSV to the standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="statements.csv or statements.json")
        parser.add_argument(
            "--catalogue", type=Path, metavar="FILE", help="programmes and milestones, as JSON"
        )

    def handle(
        self, *_args: object, file: Path | None, catalogue: Path | None, **_options: object
    ) -> None:
        if catalogue is not None:
            document = json.dumps(exporting.catalogue(), ensure_ascii=False, indent=2)
            self._write(catalogue, [document, "\n"])
        if file is not None or catalogue is None:
            rows = exporting.statements()
            is_json = file is not None and file.suffix.lower() == ".json"
            self._write(file, exporting.as_json(rows) if is_json else exporting.as_csv(rows))

    def _write(self, file: Path | None, parts: Iterable[str]) -> None:
        if file is None:
            sys.stdout.writelines(parts)
            return
        try:
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.writelines(parts)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from None
