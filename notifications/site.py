"""The admin's front page is the editor's desk."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from notifications import desk
from notifications.desk import Section


class DeskSite(AdminSite):
    site_header = site_title = "Milepost"
    index_title = "Editor’s desk"
    index_template = "admin/notifications/desk.html"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        sections = sections_for(request)
        return super().index(request, {"sections": sections, **(extra_context or {})})


def sections_for(request: HttpRequest) -> list[Section]:
    """Those that the editor has the right to do something about."""
    may, at = request.user.has_perm, timezone.now()
    sections: list[Section] = []
    if may("timeline.view_announcement"):
        sections.append(desk.of_announcements(at=at))
    if may("timeline.change_milestone"):
        sections += desk.of_milestones(at=at)
    if may("timeline.change_milestone") and may("timeline.add_source"):
        sections.append(desk.of_imports())
    if may("notifications.view_delivery"):
        sections.append(desk.of_deliveries(at=at))
    return sections
