"""Which revision of some milestones is current: asked whenever a feed is looked into."""

from django.core.exceptions import EmptyResultSet
from django.db import connection

from timeline.models.milestone import MilestoneQuerySet


class Current:
    """A query whose SQL is made once. To make it costs twice as much as to ask it."""

    def __init__(self, milestones: MilestoneQuerySet) -> None:
        rows = milestones.order_by().values_list("pk", "current_revision_id")
        try:
            self._sql, self._parameters = rows.query.sql_with_params()
        except EmptyResultSet:  # Django knows without asking that there is none
            self._sql, self._parameters = "", ()

    def read(self) -> list[tuple[int, int]]:
        """The milestones' keys, each with that of its current revision, in no order."""
        if not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._parameters)
            rows: list[tuple[int, int]] = cursor.fetchall()
        return rows
