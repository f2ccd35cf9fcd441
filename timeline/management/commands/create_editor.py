from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from timeline import editors


class Command(BaseCommand):
    help = "Make an editor's account and print its random password, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        password = editors.create_editor(username)
        if password is None:
            raise CommandError(
                f"There is an account “{username}” already. To give it another password: "
                f"manage.py changepassword {username}"
            )
        self.stdout.write(f"Editor {username}, password {password}")
