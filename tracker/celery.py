"""The Celery application. `celery -A tracker worker` and `celery -A tracker beat` find it here."""

import os
from typing import Any

from celery import Celery, bootsteps

from tracker.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


class RefuseHalfConfigured(bootsteps.Step):
    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        refuse_half_configured()


app = Celery("milepost")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(RefuseHalfConfigured)
