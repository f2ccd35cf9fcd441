from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from timeline.admin.filters import ChangeFilter
from timeline.admin.kept import ReadAdmin
from timeline.admin.words import changed
from timeline.models import Revision
from timeline.wording import date_words


@admin.register(Revision)
class RevisionAdmin(ReadAdmin):
    list_display = ["milestone", "number", "change", "status", "recorded_at", "recorded_by"]
    list_filter = [ChangeFilter, "status"]
    search_fields = ["milestone__title", "title"]
    ordering = ["-recorded_at", "-pk"]
    date_hierarchy = "recorded_at"
    fields = [
        "milestone",
        "number",
        "title",
        "date",
        "change",
        "status",
        "overdue",
        "statement",
        "reason",
        "sequence",
        "recorded_at",
        "recorded_by",
    ]
    readonly_fields = ["date", "change"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "milestone",
                "recorded_by",
                "statement__milestone",
                "previous__statement__milestone",
            )
        )

    @admin.display(description="published")
    def date(self, revision: Revision) -> str:
        return date_words(revision.date, home_zone=revision.milestone.home_zone)

    @admin.display(description="change", ordering="change_kind")
    def change(self, revision: Revision) -> SafeString:
        before = revision.previous.stated if revision.previous else None
        return changed(revision.change, before, revision.stated)
