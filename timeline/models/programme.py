from django.db import models
from django.urls import reverse

from timeline.models.organisation import Organisation


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def in_order(self) -> "ProgrammeQuerySet":
        return self.order_by("title", "pk")


class Programme(models.Model):
    """What a group of milestones is about: a mission, a treaty, an event series."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    aliases = models.CharField(
        max_length=300, blank=True, help_text="Other names in the press, separated by commas."
    )
    summary = models.TextField(blank=True)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="programmes")

    objects = ProgrammeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("timeline:programme", args=[self.slug])
