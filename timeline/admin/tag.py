from django.contrib import admin

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import TagForm
from timeline.models import Tag


@admin.register(Tag)
class TagAdmin(EditedAdmin):
    form = TagForm
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name", "pk"]
    slug_from = "name"

    def is_public(self, obj: Tag) -> bool:
        return bool(obj.milestones.published().exists())
