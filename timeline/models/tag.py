from django.db import models


class TagQuerySet(models.QuerySet["Tag"]):
    def in_order(self) -> "TagQuerySet":
        return self.order_by("name", "pk")


class Tag(models.Model):
    """A subject that cuts across programmes: moon, debris, diplomacy."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)

    objects = TagQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
