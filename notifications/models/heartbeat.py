from datetime import datetime, timedelta

from django.db import models


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, name: str, *, at: datetime, **info: object) -> None:
        self.update_or_create(name=name, defaults={"at": at, "info": info})

    def is_alive(self, name: str, *, within: timedelta, at: datetime) -> bool:
        return self.filter(name=name, at__gte=at - within).exists()


class Heartbeat(models.Model):
    """When something that must happen regularly last happened.

    A process that is up proves nothing: a worker can stay alive and consume no more.
    """

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    info = models.JSONField(default=dict)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"
