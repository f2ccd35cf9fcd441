from django.core.management.base import BaseCommand

from timeline import publishing
from timeline.models import Milestone


class Command(BaseCommand):
    help = (
        "Derive again the windows, standings and changes of all statements. They are a cache: "
        "the rebuild finds nothing to change unless the rules changed with a new version."
    )

    def handle(self, *_args: object, verbosity: int, **_options: object) -> None:
        wrong = 0
        for milestone in Milestone.objects.order_by("pk"):
            if found := publishing.rebuild(milestone):
                wrong += found
                self.stdout.write(f"{milestone.title}: {found} rewritten")
        if verbosity:
            self.stdout.write(f"Rewritten: {wrong}.")
