"""What was said, to be taken away in a file that import reads."""

import json
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse

from timeline import exporting
from timeline.admin.kept import EditedAdmin

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def export_view(admin: EditedAdmin, request: HttpRequest, name: str) -> HttpResponseBase:
    """statements.csv, statements.json or catalogue.json, written while it is sent."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    parts = _parts(name)
    if parts is None:
        raise Http404("There is no such export.")
    kind = TYPES[name.rpartition(".")[2]]
    answer = StreamingHttpResponse(parts, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="milepost-{name}"'
    return answer


def _parts(name: str) -> Iterable[str] | None:
    if name == "catalogue.json":
        return [json.dumps(exporting.catalogue(), ensure_ascii=False, indent=2)]
    rows = exporting.statements()
    return {
        "statements.csv": lambda: exporting.as_csv(rows),
        "statements.json": lambda: exporting.as_json(rows),
    }.get(name, lambda: None)()
