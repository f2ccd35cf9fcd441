from django.apps import AppConfig
from django.core import checks

from tracker.checks import configuration


class TrackerConfig(AppConfig):
    name = "tracker"

    def ready(self) -> None:
        checks.register(configuration)
