from django.db import models


class Subscriber(models.Model):
    """Somebody who wants to be told. How to reach them is in their channels."""

    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"subscriber {self.pk}"
