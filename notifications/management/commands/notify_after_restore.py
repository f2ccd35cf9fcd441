from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from notifications import holding, restoring


def moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise ArgumentTypeError("write it as 2027-03-01T04:00+00:00, with its zone")
    return found


class Command(BaseCommand):
    help = (
        "After restoring a backup: hold all mail, call off what was told since, look at the rest, "
        "let it leave. Without an option it says what is held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        either = parser.add_mutually_exclusive_group()
        either.add_argument(
            "--taken-at",
            type=moment,
            help="When the backup was taken. What it owed passes for told, all else is held.",
        )
        either.add_argument("--release", action="store_true", help="Let what is held leave.")

    def handle(self, **options: Any) -> None:
        if options["taken_at"]:
            count = restoring.restore(taken_at=options["taken_at"], at=timezone.now())
            self.stdout.write(f"{count} called off, as if told.")
        if options["release"]:
            holding.release()
        on_hold = holding.is_on_hold()
        self.stdout.write("Nothing is sent." if on_hold else "All that is owed is sent.")
        for name, count in sorted(restoring.held().items()):
            self.stdout.write(f"{count} × {name}")
