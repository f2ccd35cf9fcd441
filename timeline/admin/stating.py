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
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from timeline import publishing
from timeline.admin import quick
from timeline.admin.effect import Effect
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.outlook import Outlook
from timeline.admin.words import published_date, said_on
from timeline.forms.as_stated import fields_of
from timeline.forms.milestone import number_of, versions
from timeline.forms.source_choice import same_source
from timeline.forms.state import StateForm
from timeline.models import Milestone, Source, Statement
from timeline.publishing import Claim, Conflict, Published, PublishingError

TITLES = {"state": "State a date", "correct": "Correct what was stated"}
READINGS = {"state": "reading", "correct": "correct_reading"}
NOT_AS_SHOWN = (
    "What you were shown is no longer what would be saved, so nothing is saved yet. "
    "The reading is the new one: save again if it is right."
)


def state_view(
    admin: EditedAdmin, request: HttpRequest, object_id: int, statement_id: int | None = None
) -> HttpResponse:
    """Show the form and, of what was typed, the reading; publish what was shown and confirmed.

    With a statement, what is saved takes its place: we mistook it.
    """
    milestone = milestone_to_state(admin, request, object_id)
    mistaken = statement_of(milestone, statement_id) if statement_id else None
    if request.method != "POST":
        initial = {"seen_number": number_of(milestone), **_as_asked(request, mistaken)}
        form = _form(request, milestone, mistaken, initial=initial)
        return _screen(admin, request, form)
    outlook = _look_ahead(request, milestone, mistaken)
    notices = []
    if "save" in request.POST and outlook.form.claim and outlook.effect:
        try:
            return _save(admin, request, outlook, outlook.effect, outlook.form.claim)
        except PublishingError as refused:
            # A conflict is told with both versions, which the screen finds by itself.
            notices = [] if isinstance(refused, Conflict) else [str(refused)]
            milestone = milestone_to_state(admin, request, object_id)
            outlook = _look_ahead(request, milestone, mistaken)
    return _screen(admin, request, outlook.form, outlook=outlook, notices=notices)


def reading_view(
    admin: EditedAdmin, request: HttpRequest, object_id: int, statement_id: int | None = None
) -> HttpResponse:
    """The reading alone, for the screen to show while an editor types."""
    milestone = milestone_to_state(admin, request, object_id)
    mistaken = statement_of(milestone, statement_id) if statement_id else None
    outlook = _look_ahead(request, milestone, mistaken)
    context = {"form": outlook.form, "outlook": outlook, "conflict": _conflict(outlook.form)}
    return TemplateResponse(request, "admin/timeline/milestone/reading.html", context)


def milestone_to_state(admin: EditedAdmin, request: HttpRequest, object_id: int) -> Milestone:
    if not admin.has_change_permission(request):
        raise PermissionDenied
    found = Milestone.objects.with_what_is_shown().filter(pk=object_id).first()
    if found is None:
        raise Http404("There is no such milestone.")
    return found


def statement_of(milestone: Milestone, statement_id: int) -> Statement:
    found = milestone.statements.select_related("source").filter(pk=statement_id).first()
    if found is None:
        raise Http404("This milestone has no such statement.")
    return found


def _as_asked(request: HttpRequest, mistaken: Statement | None) -> dict[str, object]:
    """The fields as they were stated; or as the address asks for them: to cancel, say."""
    if mistaken is not None:
        return fields_of(mistaken)
    asked = quick.asked(request.GET)
    return {"kind": asked.kind, "words": asked.words} if asked else {}


def _form(
    request: HttpRequest, milestone: Milestone, mistaken: Statement | None, **given: Any
) -> StateForm:
    may_add_sources = request.user.has_perm("timeline.add_source")
    return StateForm(
        milestone=milestone,
        at=timezone.now(),
        may_add_sources=may_add_sources,
        corrects=mistaken,
        **given,
    )


def _look_ahead(request: HttpRequest, milestone: Milestone, mistaken: Statement | None) -> Outlook:
    form = _form(request, milestone, mistaken, data=request.POST)
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
        published = _publish(request, form, with_kept_source(claim))
    said = f"Corrected “{form.corrects.text}” to" if form.corrects else "Stated"
    admin.log_change(request, form.milestone, f"{said} “{claim.text}”.")
    told = _told(effect, published)
    messages.success(request, told if form.corrects else _with_way_back(told, published.statement))
    return redirect("admin:timeline_milestone_change", form.milestone.pk)


def _publish(request: HttpRequest, form: StateForm, claim: Claim) -> Published:
    """Raises PublishingError: Conflict if somebody published in between."""
    editor, seen_number = editor_of(request), _seen_number(form)
    if form.corrects:
        return publishing.correct(
            form.corrects, claim, at=form.at, editor=editor, seen_number=seen_number
        )
    return publishing.state(
        form.milestone,
        claim,
        at=form.at,
        editor=editor,
        announce=form.is_told,
        standing=form.cleaned_data["standing"],
        seen_number=seen_number,
    )


def with_kept_source(claim: Claim) -> Claim:
    """The claim with its source in the database; of one address there is one source."""
    return replace(claim, source=kept_source(claim.source))


def kept_source(source: Source) -> Source:
    """The source in the database; of one address there is one."""
    if source.pk is not None:
        return source
    if not source.url:
        same = same_source(source)
        if same is None:
            source.save()
        return same or source
    described = {
        name: getattr(source, name)
        for name in ("publisher", "title", "grade", "published_on", "published_precision")
    }
    kept, _ = Source.objects.get_or_create(url=source.url, defaults=described)
    return kept


def _told(effect: Effect, published: Published) -> str:
    if published.revision is None:
        return f"Saved. {effect.telling}"
    return f"{effect.change.line}. {effect.telling}"


def _with_way_back(told: str, statement: Statement) -> str:
    """With a link to take back what was stated; without, where nothing would be left."""
    try:
        publishing.check_withdrawal(statement)
    except PublishingError:
        return told
    back = reverse("admin:timeline_milestone_withdraw", args=[statement.milestone_id, statement.pk])
    return format_html('{} <a href="{}">Take it back</a>', told, back)


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
    mistaken = form.mistaken
    here = "correct" if mistaken else "state"
    where = [form.milestone.pk, *([mistaken.pk] if mistaken else [])]
    asked = None if mistaken else quick.asked(request.GET)
    heading = asked.title if asked else TITLES[here]
    address = reverse(f"admin:timeline_milestone_{here}", args=where)
    context = {
        **admin.admin_site.each_context(request),
        "title": f"{heading}: {form.milestone}",
        "heading": heading,
        "quick": asked,
        "here": f"{address}{asked.query if asked else ''}",
        "reading_at": reverse(f"admin:timeline_milestone_{READINGS[here]}", args=where),
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
