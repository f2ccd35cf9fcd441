from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from timeline.admin.kept import AnyAdmin
from timeline.changes import ChangeKind, StatementKind
from timeline.models import Milestone
from timeline.wording import kind_words


class ChangeFilter(admin.SimpleListFilter):
    """By kind of change, of any rows that carry one."""

    title = "kind of change"
    parameter_name = "change"

    def lookups(self, request: HttpRequest, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        return [(kind.value, kind_words(kind)) for kind in ChangeKind]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        kind = self.value()
        return queryset.filter(change_kind=kind) if kind in set(ChangeKind) else queryset


class StageFilter(admin.SimpleListFilter):
    """Where a milestone stands today."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: AnyAdmin) -> list[tuple[str, str]]:
        return [
            ("draft", "draft"),
            ("ahead", "to come"),
            ("awaiting", "awaiting news"),
            (StatementKind.OCCURRED.value, "happened"),
            (StatementKind.CANCELLED.value, "cancelled"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        milestones, today = Milestone.objects, timezone.now().date()
        match self.value():
            case "draft":
                return queryset.filter(current_revision=None)
            case "ahead":
                return queryset.filter(pk__in=milestones.may_still_come(today=today))
            case "awaiting":
                return queryset.filter(pk__in=milestones.awaiting_news(today=today))
            case StatementKind.OCCURRED | StatementKind.CANCELLED as status:
                return queryset.filter(current_revision__status=status)
        return queryset
