from django.core.management.base import BaseCommand

from timeline import editors


class Command(BaseCommand):
    help = "Make the group of editors, or mend its rights. Run it after every migrate."

    def handle(self, *args: object, **options: object) -> None:
        group = editors.create_group()
        self.stdout.write(f"{group.name}: {len(editors.PERMISSIONS)} rights.")
