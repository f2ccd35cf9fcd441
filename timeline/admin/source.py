from django.contrib import admin

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import SourceForm
from timeline.models import Source


@admin.register(Source)
class SourceAdmin(EditedAdmin):
    form = SourceForm
    list_display = ["publisher", "title", "published_on", "grade"]
    list_filter = ["grade"]
    search_fields = ["publisher", "title", "url"]
    ordering = ["-published_on", "-pk"]
    instead = "Statements rest on it: correct its text, or withdraw the statements."
