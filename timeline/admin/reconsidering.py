"""The screens where an editor thinks again of a statement: withdraw it, hold it true, or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from timeline import chain, publishing
from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.stating import milestone_to_state, statement_of
from timeline.admin.words import changed, published_date
from timeline.changes import classify
from timeline.forms.milestone import number_of, versions_of
from timeline.forms.reconsider import ReconsiderForm
from timeline.models import Statement
from timeline.publishing import Conflict, Published, PublishingError
from timeline.wording import date_words

TEMPLATE = "admin/timeline/milestone/reconsider.html"


@dataclass(frozen=True, slots=True)
class Act:
    """One way to think again: its verb, the check before it, and what editors read of it."""

    name: str
    title: str
    button: str
    keep: str
    done: str
    verb: Callable[..., Published]
    check: Callable[[Statement], None]


WITHDRAW = Act(
    name="withdraw",
    title="Withdraw",
    button="Withdraw",
    keep="Keep it",
    done="Withdrawn",
    verb=publishing.withdraw,
    check=publishing.check_withdrawal,
)
HOLD_TRUE = Act(
    name="hold_true",
    title="Take as what holds",
    button="Publish it",
    keep="Leave it beside",
    done="Taken as what holds",
    verb=publishing.hold_true,
    check=publishing.check_promotion,
)
KEEP_BESIDE = Act(
    name="keep_beside",
    title="Keep beside",
    button="Keep it beside",
    keep="Leave it published",
    done="Kept beside, as “others say”",
    verb=publishing.keep_beside,
    check=publishing.check_demotion,
)
ACTS = (WITHDRAW, HOLD_TRUE, KEEP_BESIDE)


@dataclass(frozen=True, slots=True)
class Instead:
    """What is published once it is done."""

    statement: Statement
    date: str
    change: SafeString


def reconsider_view(
    admin: EditedAdmin, request: HttpRequest, object_id: int, statement_id: int, *, act: Act
) -> HttpResponse:
    """Show what would be published instead; do what was shown and confirmed."""
    milestone = milestone_to_state(admin, request, object_id)
    statement = statement_of(milestone, statement_id)
    if request.method != "POST":
        form = ReconsiderForm(initial={"seen_number": number_of(milestone)}, label_suffix="")
        return _screen(admin, request, act, statement, form)
    form = ReconsiderForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _screen(admin, request, act, statement, form)
    try:
        return _do(admin, request, act, statement, form)
    except Conflict as conflict:
        form.data["seen_number"] = str(conflict.theirs.number)
        notices = versions_of(conflict, home_zone=milestone.home_zone)
        notices = ["Somebody published meanwhile, so nothing is changed yet.", *notices]
    except PublishingError as refused:
        notices = [str(refused)]
    milestone = milestone_to_state(admin, request, object_id)
    statement = statement_of(milestone, statement_id)
    return _screen(admin, request, act, statement, form, notices=notices)


def _do(
    admin: EditedAdmin, request: HttpRequest, act: Act, statement: Statement, form: ReconsiderForm
) -> HttpResponse:
    """Raises PublishingError: Conflict if somebody published in between."""
    reason = form.cleaned_data["reason"]
    act.verb(
        statement,
        at=timezone.now(),
        reason=reason,
        editor=editor_of(request),
        seen_number=form.cleaned_data["seen_number"],
    )
    milestone = milestone_to_state(admin, request, statement.milestone_id)
    admin.log_change(request, milestone, f"{act.done}: “{statement.text}”. {reason}")
    published = published_date(milestone)
    messages.success(request, f"{act.done}: “{statement.text}”. Published is: {published}.")
    return redirect("admin:timeline_milestone_change", milestone.pk)


def _refusal(act: Act, statement: Statement) -> str:
    """Why it cannot be done; '' if it can."""
    try:
        act.check(statement)
    except PublishingError as refused:
        return str(refused)
    return ""


def _instead(act: Act, statement: Statement) -> Instead | None:
    """None if what is published stays."""
    milestone = statement.milestone
    published = milestone.current_revision
    said = list(milestone.statements.chain().select_related("milestone", "source"))
    if act is HOLD_TRUE:
        earlier = [one for one in said if one.order_said < statement.order_said]
        newest = statement
    elif statement.standing == Statement.Standing.CURRENT:
        *earlier, newest = [one for one in said if one != statement]
    else:
        return None
    if published is None:
        return None
    before, after = published.stated, newest.stated
    change = classify(before, after, last_dated=chain.last_dated(earlier))
    date = date_words(newest.date, home_zone=milestone.home_zone)
    return Instead(newest, date, changed(change, before, after))


def _screen(
    admin: EditedAdmin,
    request: HttpRequest,
    act: Act,
    statement: Statement,
    form: ReconsiderForm,
    *,
    notices: Sequence[str] = (),
) -> HttpResponse:
    refusal = _refusal(act, statement)
    context = {
        **admin.admin_site.each_context(request),
        "title": f"{act.title}: {statement}",
        "opts": admin.opts,
        "original": statement.milestone,
        "act": act,
        "statement": statement,
        "now_published": published_date(statement.milestone),
        "refusal": refusal,
        "instead": None if refusal else _instead(act, statement),
        "form": form,
        "notices": [one for one in notices if one != refusal],
    }
    return TemplateResponse(request, TEMPLATE, context)
