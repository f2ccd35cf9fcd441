"""The screen where an editor takes back a statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from timeline import chain, publishing
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.stating import milestone_to_state
from timeline.admin.words import changed, published_date
from timeline.changes import classify
from timeline.forms.milestone import number_of, versions_of
from timeline.forms.withdraw import WithdrawForm
from timeline.models import Milestone, Statement
from timeline.publishing import Conflict, PublishingError
from timeline.wording import date_words


@dataclass(frozen=True, slots=True)
class Instead:
    """What is published once the current statement is gone."""

    statement: Statement
    date: str
    change: SafeString


def withdraw_view(
    admin: EditedAdmin, request: HttpRequest, object_id: int, statement_id: int
) -> HttpResponse:
    """Show what would be published instead; withdraw what was shown and confirmed."""
    milestone = milestone_to_state(admin, request, object_id)
    statement = _statement(milestone, statement_id)
    if request.method != "POST":
        form = WithdrawForm(initial={"seen_number": number_of(milestone)}, label_suffix="")
        return _screen(admin, request, statement, form)
    form = WithdrawForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _screen(admin, request, statement, form)
    try:
        return _withdraw(admin, request, statement, form)
    except Conflict as conflict:
        form.data["seen_number"] = str(conflict.theirs.number)
        notices = versions_of(conflict, home_zone=milestone.home_zone)
        notices = ["Somebody published meanwhile, so nothing is withdrawn yet.", *notices]
    except PublishingError as refused:
        notices = [str(refused)]
    milestone = milestone_to_state(admin, request, object_id)
    return _screen(admin, request, _statement(milestone, statement_id), form, notices=notices)


def _statement(milestone: Milestone, statement_id: int) -> Statement:
    found = milestone.statements.select_related("source").filter(pk=statement_id).first()
    if found is None:
        raise Http404("This milestone has no such statement.")
    return found


def _withdraw(
    admin: EditedAdmin, request: HttpRequest, statement: Statement, form: WithdrawForm
) -> HttpResponse:
    """Raises PublishingError: Conflict if somebody published in between."""
    reason = form.cleaned_data["reason"]
    publishing.withdraw(
        statement,
        at=timezone.now(),
        reason=reason,
        editor=editor_of(request),
        seen_number=form.cleaned_data["seen_number"],
    )
    milestone = milestone_to_state(admin, request, statement.milestone_id)
    admin.log_change(request, milestone, f"Withdrew “{statement.text}”: {reason}")
    published = published_date(milestone)
    messages.success(request, f"Withdrawn: “{statement.text}”. Published is: {published}.")
    return redirect("admin:timeline_milestone_change", milestone.pk)


def _refusal(statement: Statement) -> str:
    """Why it cannot be withdrawn; '' if it can."""
    try:
        publishing.check_withdrawal(statement)
    except PublishingError as refused:
        return str(refused)
    return ""


def _instead(statement: Statement) -> Instead | None:
    """None if what is published stays."""
    milestone = statement.milestone
    published = milestone.current_revision
    if statement.standing != Statement.Standing.CURRENT or published is None:
        return None
    said = milestone.statements.chain().exclude(pk=statement.pk)
    *earlier, newest = said.select_related("milestone", "source")
    before, after = published.stated, newest.stated
    change = classify(before, after, last_dated=chain.last_dated(earlier))
    date = date_words(newest.date, home_zone=milestone.home_zone)
    return Instead(newest, date, changed(change, before, after))


def _screen(
    admin: EditedAdmin,
    request: HttpRequest,
    statement: Statement,
    form: WithdrawForm,
    *,
    notices: Sequence[str] = (),
) -> HttpResponse:
    refusal = _refusal(statement)
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Withdraw: {statement}",
        "opts": admin.opts,
        "original": statement.milestone,
        "statement": statement,
        "now_published": published_date(statement.milestone),
        "refusal": refusal,
        "instead": None if refusal else _instead(statement),
        "form": form,
        "notices": [one for one in notices if one != refusal],
    }
    return TemplateResponse(request, "admin/timeline/milestone/withdraw.html", context)
