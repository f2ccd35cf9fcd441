from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import ProgrammeForm
from timeline.models import Edition, Milestone, Programme


@admin.register(Programme)
class ProgrammeAdmin(EditedAdmin):
    form = ProgrammeForm
    list_display = ["title", "milestone_count"]
    search_fields = ["title", "slug", "aliases"]
    ordering = ["title", "pk"]
    slug_from = "title"
    shown = ("title",)
    instead = "Move its milestones to another programme first, or change its title."

    def is_public(self, obj: Programme) -> bool:
        return bool(obj.milestones.published().exists())

    def shown_by(self, obj: Programme) -> QuerySet[Milestone]:
        return obj.milestones.all()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "organisations" in form.changed_data:
            Edition.objects.regrouped(at=timezone.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return Programme.objects.annotate(milestone_count=Count("milestones"))

    @admin.display(description="milestones", ordering="milestone_count")
    def milestone_count(self, programme: Programme) -> int:
        return int(programme.milestone_count)  # type: ignore[attr-defined]
