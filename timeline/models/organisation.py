from django.db import models
from django.urls import reverse


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_order(self) -> "OrganisationQuerySet":
        return self.order_by("name", "pk")


class Organisation(models.Model):
    """An agency, company or government that takes part in programmes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=60, blank=True)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("timeline:organisation", args=[self.slug])
