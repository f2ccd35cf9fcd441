from django.core.management.base import BaseCommand, CommandError

from notifications import clock
from notifications.tick import tick


class Command(BaseCommand):
    help = "Do what is owed now, once: a substitute for worker and beat where there is only cron."

    def handle(self, **_options: object) -> None:
        if not tick(at=clock.now(), seconds=50):
            raise CommandError("A part of it failed; the log says which. The next run tries again.")
