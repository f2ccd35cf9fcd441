from django.db import models

from notifications.models.channel import Channel
from timeline.models import Milestone, Revision


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def of(self, milestone: Milestone) -> "BaselineQuerySet":
        return self.filter(milestone=milestone)


class Baseline(models.Model):
    """What a reader knows of a milestone, where no delivery that was sent says so.

    Written when he is passed over, for later news is measured from what he knew then; and when
    his old deliveries are forgotten (`told`).
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="baselines")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    told = models.BooleanField(default=False)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="baseline_once", fields=["milestone", "channel"]),
        ]

    def __str__(self) -> str:
        return f"baseline {self.pk}"
