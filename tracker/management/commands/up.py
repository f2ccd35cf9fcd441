from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker import laptop
from tracker.processes import Processes

READY_SECONDS = 60


class Command(BaseCommand):
    help = "Run everything on this machine: web, worker, first content. Ctrl-C ends all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        password = laptop.prepare(self.stdout.write)
        port = laptop.free_port(options["port"])
        processes = Processes()
        try:
            for name, command in laptop.commands(port).items():
                processes.start(name, command, laptop.environment(port))
            if processes.wait_until(lambda: laptop.answers(port), seconds=READY_SECONDS):
                self.stdout.write(welcome(port, password))
            ended = processes.wait()
        finally:
            processes.stop()
        if ended:
            raise CommandError(f"The {ended} process ended by itself; everything is stopped.")
        self.stdout.write("Stopped. What is owed stands in the database and leaves next time.")


def welcome(port: int, password: str | None) -> str:
    site = f"http://localhost:{port}"
    known = (
        "the password was printed at the first start; `manage.py changepassword editor` sets one"
    )
    return "\n".join(
        [
            "",
            f"  Milepost  {site}/",
            f"  admin     {site}/admin/   {laptop.EDITOR} · {password or known}",
            f"  mails     {site}/mails/   what would have been sent",
            "",
            "  Ctrl-C stops it."
            if password is None
            else "  The password is shown this once. Ctrl-C stops it.",
        ]
    )
