from django.contrib import admin
from django.db.models import QuerySet

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import SourceForm
from timeline.models import Milestone, Source


@admin.register(Source)
class SourceAdmin(EditedAdmin):
    form = SourceForm
    list_display = ["publisher", "title", "published_on", "grade"]
    list_filter = ["grade"]
    search_fields = ["publisher", "title", "url"]
    ordering = ["-published_on", "-pk"]
    shown = ("publisher", "title", "url")
    instead = "Statements rest on it: correct its text, or withdraw the statements."

    def shown_by(self, obj: Source) -> QuerySet[Milestone]:
        return Milestone.objects.filter(current_revision__statement__source=obj)
