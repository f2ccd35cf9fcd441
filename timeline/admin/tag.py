from django.contrib import admin
from django.db.models import QuerySet

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import TagForm
from timeline.models import Milestone, Tag


@admin.register(Tag)
class TagAdmin(EditedAdmin):
    form = TagForm
    list_display = ["name", "slug", "is_kind"]
    list_filter = ["is_kind"]
    search_fields = ["name", "slug"]
    ordering = ["name", "pk"]
    slug_from = "name"
    instead = "Readers follow it: change its name, or take it from what bears it."
    shown = ("name",)

    def shown_by(self, obj: Tag) -> QuerySet[Milestone]:
        return obj.milestones.all()

    def is_public(self, obj: Tag) -> bool:
        return bool(obj.milestones.published().exists())
