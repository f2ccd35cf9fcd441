"""The screen where an editor pastes an article and chooses among the dates found in it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from timeline import publishing
from timeline.admin.found import Found, rows_of
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.stating import with_kept_source
from timeline.finding import MOST
from timeline.forms.paste import PasteForm
from timeline.publishing import Claim, PublishingError

TEMPLATE = "admin/timeline/milestone/paste.html"
NOT_AS_SHOWN = (
    "What you were shown is no longer what would be saved, so nothing is saved yet. Look again."
)
NOTHING_TAKEN = "Nothing is taken: tick what you want to state."


def paste_view(admin: EditedAdmin, request: HttpRequest) -> HttpResponse:
    """Find the dates of an article; publish what was shown and ticked, all of it or nothing."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _screen(admin, request, _form(request))
    form = _form(request, data=request.POST)
    form.full_clean()
    rows = rows_of(form, request.POST)
    notices = []
    if "save" in request.POST and rows is not None and not form.errors:
        try:
            return _save(admin, request, form, rows)
        except PublishingError as refused:
            notices = [str(refused)]
            rows = rows_of(form, request.POST)
    return _screen(admin, request, form, rows=rows, notices=notices)


def _form(request: HttpRequest, **given: Any) -> PasteForm:
    may_add = request.user.has_perm("timeline.add_source")
    return PasteForm(at=timezone.now(), may_add_sources=may_add, **given)


# ---- saved -------------------------------------------------------------------------------------


def _taken(rows: Sequence[Found]) -> list[Found]:
    return [row for row in rows if row.form.is_taken]


def _digest(rows: Sequence[Found]) -> str:
    """Of all that is taken: what is saved must be what was shown. '' if something is amiss."""
    taken = _taken(rows)
    if not taken or any(row.preview is None for row in taken):
        return ""
    shown = [(row.milestone and row.milestone.pk, row.number, _said(row)) for row in taken]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _said(row: Found) -> tuple[object, ...]:
    claim = _claim(row)
    source = claim.source
    whose = (source.pk, source.publisher, source.title, source.url, source.grade)
    what = (claim.text, claim.date, claim.kind, claim.stated_on, claim.stated_precision)
    return what, whose, row.preview


def _claim(row: Found) -> Claim:
    claim = row.form.claim
    assert claim is not None  # noqa: S101  (it has a preview)
    return claim


@transaction.atomic
def _save(
    admin: EditedAdmin, request: HttpRequest, form: PasteForm, rows: list[Found]
) -> HttpResponse:
    """All that is taken, or nothing. Raises PublishingError."""
    taken = _taken(rows)
    if not taken:
        raise PublishingError(NOTHING_TAKEN)
    if not _digest(rows) or form.cleaned_data["confirmed"] != _digest(rows):
        raise PublishingError(NOT_AS_SHOWN)
    source = with_kept_source(_claim(taken[0])).source
    numbers: dict[int, int] = {}  # of two dates of one milestone the second follows the first
    for row in taken:
        claim = replace(_claim(row), source=source)
        _state(admin, request, form, row, claim, numbers)
    count = len(taken)
    messages.success(request, f"Stated: {count} date{'' if count == 1 else 's'} of the text.")
    return redirect("admin:timeline_milestone_changelist")


def _state(
    admin: EditedAdmin,
    request: HttpRequest,
    form: PasteForm,
    row: Found,
    claim: Claim,
    numbers: dict[int, int],
) -> None:
    """Raises PublishingError, which says of which milestone."""
    milestone = row.milestone
    assert milestone is not None  # noqa: S101  (it has a preview)
    try:
        published = publishing.state(
            milestone,
            claim,
            at=form.at,
            editor=editor_of(request),
            announce=form.is_told,
            seen_number=numbers.get(milestone.pk, row.number),
        )
    except PublishingError as refused:
        raise PublishingError(f"{milestone}: {refused}") from refused
    if published.revision is not None:
        numbers[milestone.pk] = published.revision.number
    admin.log_change(request, milestone, f"Stated “{claim.text}”, from a text.")


# ---- shown -------------------------------------------------------------------------------------


def _screen(
    admin: EditedAdmin,
    request: HttpRequest,
    form: PasteForm,
    *,
    rows: list[Found] | None = None,
    notices: Sequence[str] = (),
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": "Paste a text",
        "opts": admin.opts,
        "form": form,
        "rows": rows,
        "digest": _digest(rows or []),
        "is_cut": rows is not None and len(rows) == MOST,
        "notices": notices,
    }
    return TemplateResponse(request, TEMPLATE, context)
