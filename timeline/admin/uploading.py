"""The screens where an editor brings a file, looks at each row, and has them written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from timeline.admin.kept import EditedAdmin, editor_of
from timeline.admin.stating import kept_source
from timeline.forms.upload import UploadForm
from timeline.importing import ImportRefused, uploads
from timeline.models import Milestone, Upload, UploadRow

ON_A_PAGE = 50
AT_ONCE = 200  # rows that are read before the page is shown, where there are no more
Outcome = UploadRow.Outcome
SHOWN_FIRST = (Outcome.QUESTION, Outcome.REFUSED, Outcome.MOVED, Outcome.NEW, Outcome.SAME)


def upload_view(admin: EditedAdmin, request: HttpRequest) -> HttpResponse:
    """Bring a file: its rows are kept and read, and nothing of them is written yet."""
    may_import(admin, request)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _bring(request, form)
        except ImportRefused as refused:
            form.add_error("file", [str(one) for one in refused.problems[:20]])
        else:
            return redirect("admin:timeline_milestone_import_one", upload.pk)
    context = {
        **admin.admin_site.each_context(request),
        "title": "Import a file",
        "opts": admin.opts,
        "form": form,
        "latest": Upload.objects.select_related("uploaded_by").order_by("-pk")[:10],
    }
    return TemplateResponse(request, "admin/timeline/milestone/upload.html", context)


def import_view(admin: EditedAdmin, request: HttpRequest, upload_id: int) -> HttpResponse:
    """What each row would do; on POST an answer, or the word to write it or give it up."""
    may_import(admin, request)
    upload = Upload.objects.select_related("source", "uploaded_by").filter(pk=upload_id).first()
    if upload is None:
        raise Http404("There is no such import.")
    if request.method == "POST":
        _act(request, upload)
        return redirect(request.get_full_path())
    return _screen(admin, request, upload)


def may_import(admin: EditedAdmin, request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    if not admin.has_change_permission(request) or not request.user.has_perm("timeline.add_source"):
        raise PermissionDenied


def _form(request: HttpRequest) -> UploadForm:
    given: dict[str, Any] = {}
    if request.method == "POST":
        given = {"data": request.POST, "files": request.FILES}
    return UploadForm(at=timezone.now(), may_add_sources=True, **given)


def _bring(request: HttpRequest, form: UploadForm) -> Upload:
    """Raises ImportRefused."""
    file, at = form.cleaned_data["file"], timezone.now()
    upload = uploads.bring(
        file.name,
        file.read(),
        form=form.form_of_file,
        source=kept_source(form.who) if form.who else None,
        editor=editor_of(request),
        at=at,
    )
    if upload.rows.count() <= AT_ONCE:
        uploads.read_some(upload, at=at)
        uploads.read_some(upload, at=at)
    return upload


def _act(request: HttpRequest, upload: Upload) -> None:
    asked = request.POST.get("do", "")
    if asked == "write" and uploads.begin_writing(upload):
        messages.success(request, "It is being written; this page shows how far it is.")
        upload.refresh_from_db()
        uploads.write_some(upload, at=timezone.now())
    elif asked == "drop" and uploads.drop(upload):
        messages.success(request, "Given up: what was not written stays unwritten.")
    elif asked == "answer":
        _answer(request, upload)
    else:
        messages.error(request, "That can no longer be done with it: nothing is changed.")


def _answer(request: HttpRequest, upload: Upload) -> None:
    number, said = request.POST.get("row", ""), request.POST.get("answer", "")
    row = upload.rows.filter(
        pk=int(number[:18]) if number.isdecimal() else 0, outcome=Outcome.QUESTION
    ).first()
    if row is None or upload.state not in (Upload.State.READ, Upload.State.DONE):
        messages.error(request, "That row asks nothing now.")
        return
    said = said or request.POST.get("other", "")
    allowed = {one["key"] for one in row.options} | {Outcome.DROPPED}
    if upload.source is not None:
        allowed |= {str(pk) for pk in Milestone.objects.values_list("pk", flat=True)}
    if said not in allowed:
        messages.error(request, f"Line {row.number}: choose one of the answers.")
        return
    uploads.answer(row, said, at=timezone.now())
    if upload.state == Upload.State.DONE:
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.READ)


def _screen(admin: EditedAdmin, request: HttpRequest, upload: Upload) -> HttpResponse:
    counts = dict(upload.rows.order_by().values_list("outcome").annotate(Count("pk")))
    chosen = request.GET.get("outcome", "")
    if chosen not in counts:
        chosen = next((one for one in SHOWN_FIRST if counts.get(one)), "")
    rows = upload.rows.filter(outcome=chosen).select_related("milestone").in_order()
    to_write, written = upload.rows.to_be_written(), upload.rows.exclude(written_at=None)
    total = sum(counts.values())
    is_reading = upload.state == Upload.State.READING
    done = total - counts.get("", 0) if is_reading else written.count()
    left = counts.get("", 0) if is_reading else to_write.count()
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Import: {upload.name}",
        "opts": admin.opts,
        "upload": upload,
        "outcomes": [(one, one.label, counts.get(one, 0)) for one in Outcome if counts.get(one)],
        "chosen": chosen,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "total": total,
        "done": done,
        "goal": done + left,
        "to_write": to_write.count(),
        "is_at_work": upload.state in (Upload.State.READING, Upload.State.WRITING),
        "milestones": _milestones(upload, chosen),
    }
    return TemplateResponse(request, "admin/timeline/milestone/import.html", context)


def _milestones(upload: Upload, chosen: str) -> list[tuple[int, str]]:
    """To choose from, where the question is whose the entry of a calendar is."""
    if upload.source is None or chosen != Outcome.QUESTION:
        return []
    return list(Milestone.objects.order_by("title").values_list("pk", "title"))
