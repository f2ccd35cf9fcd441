from django.db import models
from django.urls import reverse


class TagQuerySet(models.QuerySet["Tag"]):
    def in_order(self) -> "TagQuerySet":
        return self.order_by("name", "pk")

    def kinds(self) -> "TagQuerySet":
        return self.filter(is_kind=True)

    def subjects(self) -> "TagQuerySet":
        return self.filter(is_kind=False)


class Tag(models.Model):
    """A subject that cuts across programmes: moon, debris. A kind says what happens: a launch."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_kind = models.BooleanField(
        "is a kind", default=False, help_text="It says what happens: a launch, a meeting."
    )

    objects = TagQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("timeline:tag", args=[self.slug])
