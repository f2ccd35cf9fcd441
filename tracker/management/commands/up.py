from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker import laptop
from tracker.processes import Processes

READY_SECONDS = 60


class Command(BaseCommand):
    help = "Run everything on this machine: web, worker, first content. Ctrl-C ends all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with laptop.alone_on_the_database() as note:
                ended = self._run(options["port"], note)
        except laptop.AlreadyUp as other:
            raise CommandError(f"Milepost runs already on this database: {other}") from None
        if ended:
            raise CommandError(f"The {ended} process ended by itself; everything is stopped.")
        self.stdout.write("Stopped. What is owed stands in the database and leaves next time.")

    def _run(self, wanted_port: int, note: IO[str]) -> str:
        """Returns which process ended by itself; '' if somebody asked to stop."""
        password = laptop.prepare(self.stdout.write)
        port = laptop.free_port(wanted_port)
        note.write(f"http://localhost:{port}/")
        note.flush()
        if port != wanted_port:
            self.stdout.write(f"Port {wanted_port} is taken by another program: {port} it is.")
        processes = Processes()
        try:
            for name, command in laptop.commands(port).items():
                processes.start(name, command, laptop.environment(port))
            processes.wait_until(lambda: laptop.answers(port), seconds=READY_SECONDS)
            # Said even if it did not come up: the password is nowhere else.
            self.stdout.write(welcome(port, password))
            return processes.wait()
        finally:
            processes.stop()


def welcome(port: int, password: str | None) -> str:
    site = f"http://localhost:{port}"
    known = "as printed at the first start; a new one: python3 manage.py changepassword editor"
    once = "The password is shown this once. " if password else ""
    return "\n".join(
        [
            "",
            f"  Milepost  {site}/",
            f"  admin     {site}/admin/   {laptop.EDITOR} · {password or known}",
            f"  mails     {site}/mails/   what would have been sent",
            "",
            f"  {once}Ctrl-C stops it.",
        ]
    )
