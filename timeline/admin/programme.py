from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from timeline import publishing
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.forms.subjects import ProgrammeForm
from timeline.models import Programme


@admin.register(Programme)
class ProgrammeAdmin(EditedAdmin):
    form = ProgrammeForm
    list_display = ["title", "milestone_count"]
    search_fields = ["title", "slug", "aliases"]
    ordering = ["title", "pk"]
    slug_from = "title"
    instead = "Move its milestones to another programme first, or change its title."

    def is_public(self, obj: Programme) -> bool:
        return bool(obj.milestones.published().exists())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return Programme.objects.annotate(milestone_count=Count("milestones"))

    @admin.display(description="milestones", ordering="milestone_count")
    def milestone_count(self, programme: Programme) -> int:
        return int(programme.milestone_count)  # type: ignore[attr-defined]

    def save_model(
        self, request: HttpRequest, obj: Programme, form: ProgrammeForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and "title" in form.changed_data:
            publishing.edit_programme(
                obj.milestones.order_by("pk"), at=timezone.now(), editor=editor_of(request)
            )
