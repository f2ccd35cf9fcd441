"""The screen where an editor states a date of one milestone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from timeline import publishing
from timeline.admin.effect import Effect
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.outlook import Outlook
from timeline.admin.words import published_date, said_on
from timeline.forms.milestone import number_of, versions
from timeline.forms.state import StateForm, same_source
from timeline.models import Milestone, Source
from timeline.publishing import Claim, Conflict, Published, PublishingError

NOT_AS_SHOWN = (
    "What you were shown is no longer what would be saved, so nothing is saved yet. "
    "The reading is the new one: save again if it is right."
)


def state_view(admin: EditedAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show the form and, of what was typed, the reading; publish what was shown and confirmed."""
    milestone = milestone_to_state(admin, request, object_id)
    if request.method != "POST":
        initial = {"seen_number": number_of(milestone)}
        form = _form(request, milestone, initial=initial)
        return _screen(admin, request, form)
    outlook = _look_ahead(request, milestone)
    notices = []
    if "save" in request.POST and outlook.form.claim and outlook.effect:
        try:
            return _save(admin, request, outlook, outlook.effect, outlook.form.claim)
        except PublishingError as refused:
            # A conflict is told with both versions, which the screen finds by itself.
            notices = [] if isinstance(refused, Conflict) else [str(refused)]
            outlook = _look_ahead(request, milestone_to_state(admin, request, object_id))
    return _screen(admin, request, outlook.form, outlook=outlook, notices=notices)


def reading_view(admin: EditedAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """The reading alone, for the screen to show while an editor types."""
    outlook = _look_ahead(request, milestone_to_state(admin, request, object_id))
    context = {"form": outlook.form, "outlook": outlook, "conflict": _conflict(outlook.form)}
    return TemplateResponse(request, "admin/timeline/milestone/reading.html", context)


def milestone_to_state(admin: EditedAdmin, request: HttpRequest, object_id: int) -> Milestone:
    if not admin.has_change_permission(request):
        raise PermissionDenied
    found = Milestone.objects.with_what_is_shown().filter(pk=object_id).first()
    if found is None:
        raise Http404("There is no such milestone.")
    return found


def _form(request: HttpRequest, milestone: Milestone, **given: Any) -> StateForm:
    may_add_sources = request.user.has_perm("timeline.add_source")
    return StateForm(
        milestone=milestone, at=timezone.now(), may_add_sources=may_add_sources, **given
    )


def _look_ahead(request: HttpRequest, milestone: Milestone) -> Outlook:
    form = _form(request, milestone, data=request.POST)
    form.full_clean()
    return Outlook(form)


def _seen_number(form: StateForm) -> int:
    return form.cleaned_data.get("seen_number") or 0


def _conflict(form: StateForm) -> list[str]:
    """What the editor saw and what stands now, if somebody published since; else nothing."""
    if _seen_number(form) == number_of(form.milestone):
        return []
    return versions(form.milestone, _seen_number(form))


def _save(
    admin: EditedAdmin, request: HttpRequest, outlook: Outlook, effect: Effect, claim: Claim
) -> HttpResponse:
    """Raises PublishingError: Conflict if somebody published in between."""
    form = outlook.form
    is_as_shown = form.cleaned_data["confirmed"] == outlook.digest
    if not is_as_shown and not _conflict(form):
        raise PublishingError(NOT_AS_SHOWN)
    with transaction.atomic():
        published = publishing.state(
            form.milestone,
            _with_kept_source(claim),
            at=form.at,
            editor=editor_of(request),
            announce=form.is_told,
            standing=form.cleaned_data["standing"],
            seen_number=_seen_number(form),
        )
    admin.log_change(request, form.milestone, f"Stated “{claim.text}”.")
    messages.success(request, _told(effect, published))
    return redirect("admin:timeline_milestone_change", form.milestone.pk)


def _with_kept_source(claim: Claim) -> Claim:
    """The claim with its source in the database; of one address there is one source."""
    source = claim.source
    if source.pk is not None:
        return claim
    if not source.url:
        same = same_source(source)
        if same is None:
            source.save()
        return replace(claim, source=same or source)
    described = {
        name: getattr(source, name)
        for name in ("publisher", "title", "grade", "published_on", "published_precision")
    }
    kept, _ = Source.objects.get_or_create(url=source.url, defaults=described)
    return replace(claim, source=kept)


def _told(effect: Effect, published: Published) -> str:
    if published.revision is None:
        return f"Saved. {effect.telling}"
    return f"{effect.change.line}. {effect.telling}"


def _screen(
    admin: EditedAdmin,
    request: HttpRequest,
    form: StateForm,
    *,
    outlook: Outlook | None = None,
    notices: Sequence[str] = (),
) -> HttpResponse:
    conflict = _conflict(form) if outlook else []
    if conflict:
        # Now it is shown: saving again is meant.
        form.data["seen_number"] = str(number_of(form.milestone))
    context = {
        **admin.admin_site.each_context(request),
        "title": f"State a date: {form.milestone}",
        "opts": admin.opts,
        "original": form.milestone,
        "now_published": published_date(form.milestone),
        "said_on": said_on(form.milestone),
        "form": form,
        "outlook": outlook,
        "conflict": conflict,
        "notices": notices,
    }
    return TemplateResponse(request, "admin/timeline/milestone/state.html", context)
