from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from timeline.admin.filters import ChangeFilter
from timeline.admin.kept import ReadAdmin
from timeline.admin.words import badge, day_words
from timeline.models import Statement
from timeline.wording import date_words, kind_words


@admin.register(Statement)
class StatementAdmin(ReadAdmin):
    list_display = ["milestone", "text", "reading", "change", "who", "said_on", "standing"]
    list_filter = ["standing", "kind", ChangeFilter]
    search_fields = ["text", "milestone__title", "source__publisher", "source__title"]
    ordering = ["-stated_on", "-entered_at", "-pk"]
    date_hierarchy = "stated_on"
    fields = [
        "milestone",
        "text",
        "reading",
        "edtf",
        "kind",
        "change",
        "source",
        "said_on",
        "standing",
        "reason",
        "corrects",
        "entered_at",
        "entered_by",
    ]
    readonly_fields = ["said_on", "reading", "change"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).select_related("milestone", "source")

    @admin.display(description="said on", ordering="stated_on")
    def said_on(self, statement: Statement) -> str:
        return day_words(statement.stated_on, known_to=statement.stated_precision)

    @admin.display(description="source", ordering="source__publisher")
    def who(self, statement: Statement) -> str:
        return f"{statement.source.publisher} ({statement.source.grade})"

    @admin.display(description="our reading")
    def reading(self, statement: Statement) -> str:
        return date_words(statement.date, home_zone=statement.milestone.home_zone)

    @admin.display(description="change", ordering="change_kind")
    def change(self, statement: Statement) -> SafeString:
        return badge(statement.change_kind, kind_words(statement.change.kind))
