"""The columns of a computed change."""

from django.db import models

from timeline.changes import Change, ChangeKind


class Changed(models.Model):
    """A row that carries a computed change; never typed by anybody.

    Days are whole days, minutes whole minutes; positive is later. NULL where the kind of
    change has no such figure.
    """

    change_kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value) for kind in ChangeKind]
    )
    change_sub = models.CharField(max_length=40, blank=True, default="")
    days_early = models.IntegerField(null=True, blank=True)
    days_late = models.IntegerField(null=True, blank=True)
    days = models.IntegerField(null=True, blank=True)
    at_least = models.IntegerField(null=True, blank=True)
    at_most = models.IntegerField(null=True, blank=True)
    minutes = models.IntegerField(null=True, blank=True)
    promise_broken = models.BooleanField(default=False)
    after_gap = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def change(self) -> Change:
        return Change(
            kind=ChangeKind(self.change_kind),
            sub=self.change_sub,
            d_early=self.days_early,
            d_late=self.days_late,
            days=self.days,
            at_least=self.at_least,
            at_most=self.at_most,
            minutes=self.minutes,
            promise_broken=self.promise_broken,
            after_gap=self.after_gap,
        )

    def set_change(self, change: Change) -> None:
        self.change_kind, self.change_sub = change.kind, change.sub
        self.days_early, self.days_late, self.days = change.d_early, change.d_late, change.days
        self.at_least, self.at_most = change.at_least, change.at_most
        self.minutes, self.promise_broken = change.minutes, change.promise_broken
        self.after_gap = change.after_gap
