from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from timeline import publishing
from timeline.admin import exporting, quick, stating, uploading
from timeline.admin.checking import check_view
from timeline.admin.filters import StageFilter
from timeline.admin.history import history
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.pasting import paste_view
from timeline.admin.reconsidering import ACTS, reconsider_view
from timeline.admin.words import day_words, kind_badge, published_date
from timeline.changes import StatementKind
from timeline.forms.milestone import MilestoneForm
from timeline.ical.missing import left_out
from timeline.models import Milestone


@admin.register(Milestone)
class MilestoneAdmin(EditedAdmin):
    form = MilestoneForm
    list_display = ["title", "state_link", "date", "last_change", "programme", "checked"]
    list_filter = [StageFilter, "programme"]
    search_fields = ["title", "slug", "programme__title", "programme__aliases"]
    slug_from = "title"
    fieldsets = [
        (None, {"fields": ["title", "slug", "programme", "tags", "summary", "place", "url"]}),
        (
            "How its dates are read",
            {"fields": ["shape", "home_zone", "hemisphere", "fiscal", "seen", "seen_number"]},
        ),
    ]
    instead = (
        "If it will not take place, state that it is cancelled; if it was a mistake, withdraw "
        "what was stated of it."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        """Drafts first, then what is to come, then what is past."""
        rows = Milestone.objects.in_order().select_related("programme", "current_revision")
        is_past = Case(
            When(current_revision=None, then=Value(0)),
            When(current_revision__status=StatementKind.PLAN, then=Value(1)),
            default=Value(2),
        )
        return rows.order_by(is_past, *rows.query.order_by)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        missing = left_out() if self.has_view_permission(request) else []
        return super().changelist_view(request, {"left_out": missing, **(extra_context or {})})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_state = self.has_change_permission(request)
        return [name for name in self.list_display if may_state or name != "state_link"]

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("paste/", self._view(paste_view), name="timeline_milestone_paste"),
            path("import/", self._view(uploading.upload_view), name="timeline_milestone_import"),
            path(
                "import/<int:upload_id>/",
                self._view(uploading.import_view),
                name="timeline_milestone_import_one",
            ),
            path(
                "export/<str:name>",
                require_safe(self._view(exporting.export_view)),
                name="timeline_milestone_export",
            ),
            path(
                "<int:object_id>/state/",
                self._view(stating.state_view),
                name="timeline_milestone_state",
            ),
            path(
                "<int:object_id>/state/reading/",
                require_POST(self._view(stating.reading_view)),
                name="timeline_milestone_reading",
            ),
            path(
                "<int:object_id>/correct/<int:statement_id>/",
                self._view(stating.state_view),
                name="timeline_milestone_correct",
            ),
            path(
                "<int:object_id>/correct/<int:statement_id>/reading/",
                require_POST(self._view(stating.reading_view)),
                name="timeline_milestone_correct_reading",
            ),
            path(
                "<int:object_id>/check/",
                require_POST(self._view(check_view)),
                name="timeline_milestone_check",
            ),
            *(
                path(
                    f"<int:object_id>/{act.name.replace('_', '-')}/<int:statement_id>/",
                    self._view(partial(reconsider_view, act=act)),
                    name=f"timeline_milestone_{act.name}",
                )
                for act in ACTS
            ),
        ]
        return own + super().get_urls()

    def _view(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        def with_admin(request: HttpRequest, **found: Any) -> HttpResponseBase:
            return view(self, request, **found)

        return self.admin_site.admin_view(with_admin)

    def is_public(self, obj: Milestone) -> bool:
        return obj.current_revision_id is not None

    def get_view_on_site_url(self, obj: Milestone | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.current_revision_id else None

    @admin.display(description="published", ordering="current_revision__nominal_latest")
    def date(self, milestone: Milestone) -> str:
        return published_date(milestone)

    @admin.display(description="last change")
    def last_change(self, milestone: Milestone) -> SafeString | str:
        revision = milestone.current_revision
        if revision is None:
            return ""
        return kind_badge(revision.change)

    @admin.display(description="last checked", ordering="last_checked_on")
    def checked(self, milestone: Milestone) -> str:
        return day_words(milestone.last_checked_on)

    @admin.display(description="")
    def state_link(self, milestone: Milestone) -> SafeString:
        address = reverse("admin:timeline_milestone_state", args=[milestone.pk])
        return format_html(
            '<a class="state-link" href="{}">State a date'
            '<span class="visually-hidden"> of {}</span></a>',
            address,
            milestone,
        )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Milestone | None = None,
    ) -> HttpResponse:
        said = {}
        if obj is not None and change:
            said = {"history": history(obj), "quick": quick.offered(obj)}
        return super().render_change_form(request, context | said, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Milestone, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_save" not in request.POST or IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, f"“{obj}” is a draft until somebody's word on its date is here.")
        return redirect("admin:timeline_milestone_state", obj.pk)

    def save_model(
        self, request: HttpRequest, obj: Milestone, form: MilestoneForm, change: bool
    ) -> None:
        at = timezone.now()
        if not change:
            obj.created_at = at
            obj.save()
            return
        publishing.edit(
            obj,
            form.edited,
            at=at,
            editor=editor_of(request),
            seen_number=form.cleaned_data["seen_number"],
            tags=form.cleaned_data["tags"],
        )
