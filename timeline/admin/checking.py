"""One button: somebody looked for news of a milestone, and there was none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from timeline import phases, publishing
from timeline.admin.kept import EditedAdmin
from timeline.admin.stating import milestone_to_state


def check_view(admin: EditedAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Note that it was checked today, at its home; back to the desk."""
    milestone = milestone_to_state(admin, request, object_id)
    today = phases.today_at(timezone.now(), milestone.home_zone)
    publishing.check(milestone, today=today)
    admin.log_change(request, milestone, "Checked: no news.")
    messages.success(request, f"Checked, no news: {milestone}.")
    return redirect("admin:index")
