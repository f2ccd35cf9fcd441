from anymail.signals import tracking
from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        # Only now are there models, which pages need.
        from notifications.pages import bounces  # noqa: PLC0415

        tracking.connect(bounces.reported)  # anymail's own way to tell us; we have no signals
