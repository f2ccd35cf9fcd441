from datetime import UTC, datetime, timedelta

from django.db import connection, models, transaction

from timeline.models.revision import Revision


class EditionQuerySet(models.QuerySet["Edition"]):
    def number(self) -> int:
        """The edition that is out; whatever is read after this call is at least as new."""
        return self.values_list("number", flat=True).first() or 0

    def regrouped_at(self) -> datetime | None:
        """When a milestone was last noted to have left a group, in UTC and whole seconds.

        Every look of a feed asks this, hence in plain SQL.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT regrouped_at FROM timeline_edition")
            row = cursor.fetchone()
        moment: datetime | None = row and row[0]
        # SQLite keeps moments in UTC without saying so.
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

    @transaction.atomic
    def regrouped(self, *, at: datetime) -> None:
        """Note that a milestone may have come to or left a programme, an organisation or a tag.

        Or that a name is another one that feeds tell without a revision of any milestone.

        In whole seconds later than that was ever noted, and than whatever is published: what
        shows a group can tell by it, and only by it, that the group is another one.
        """
        self.get_or_create(pk=1)
        noted = self.select_for_update().get(pk=1).regrouped_at
        newest = Revision.objects.all().newest_at()
        later = [moment + timedelta(seconds=1) for moment in (newest, noted) if moment]
        self.update(regrouped_at=max([at.replace(microsecond=0), *later]))


class Edition(models.Model):
    """How often anything has changed that a feed may show. One row, or none: nothing has yet.

    Triggers of the database raise `number` in the transaction of the change, whoever makes it,
    so that what was made from an earlier edition is known to be old. `regrouped_at` is when a
    milestone last left a group: its feed changes then without a revision among those left.
    """

    number = models.PositiveBigIntegerField(default=0)
    turned_in = models.BigIntegerField(default=0)
    regrouped_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="edition_is_one", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"
