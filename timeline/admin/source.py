from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from timeline.admin.kept import EditedAdmin
from timeline.admin.words import day_words
from timeline.forms.subjects import SourceForm
from timeline.models import Milestone, Source


@admin.register(Source)
class SourceAdmin(EditedAdmin):
    form = SourceForm
    list_display = ["publisher", "title", "published", "grade"]
    list_filter = ["grade"]
    search_fields = ["publisher", "title", "url"]
    ordering = ["-published_on", "-pk"]
    shown = ("publisher", "title", "url")
    told = (*shown, "grade")  # of changes long ago
    instead = "Statements rest on it: correct its text, or withdraw the statements."

    def get_fields(self, request: HttpRequest, obj: Source | None = None) -> list[Any]:
        fields = list(super().get_fields(request, obj))
        if self.has_change_permission(request, obj):
            return fields
        day = {"published_on", "published_precision"}
        return [name for name in fields if name not in day] + ["published"]

    @admin.display(description="published", ordering="published_on")
    def published(self, source: Source) -> str:
        return day_words(source.published_on, known_to=source.published_precision)

    def shown_by(self, obj: Source) -> QuerySet[Milestone]:
        return Milestone.objects.filter(current_revision__statement__source=obj)
