from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q


class Source(models.Model):
    """A document that states dates.

    `published_on` may be known only to the month: then it is the first of that month and
    `published_precision` says so. The grade is how near the source is to whoever decides:
    A agency, company or parliament, B press or wire, C aggregator.
    """

    class Grade(models.TextChoices):
        A = "A", "A · agency, company, parliament"
        B = "B", "B · press, wire"
        C = "C", "C · aggregator"

    class Known(models.TextChoices):
        DAY = "day", "to the day"
        MONTH = "month", "to the month"

    publisher = models.CharField(max_length=120)
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(
        "URL", max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Known.choices, default=Known.DAY)
    grade = models.CharField(max_length=1, choices=Grade.choices, default=Grade.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="source_url", fields=["url"], condition=~Q(url="")),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.title else self.publisher
