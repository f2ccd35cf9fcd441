"""The ledger: what we published about dates, what was said last first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.ledger import Line
from timeline.models import Revision
from timeline.pages.asking import BadParameter, answering_bad_parameters

_PAGE = 50


@answering_bad_parameters
def changes_page(request: HttpRequest) -> HttpResponse:
    revisions = (
        Revision.objects.of_dates()
        .latest_said_first()
        .select_related("milestone", "statement__source", "previous__statement")
    )
    pages = Paginator(revisions, _PAGE)
    page = pages.page(_asked_page(request, last=pages.num_pages))
    context = {"page": page, "lines": [Line(one) for one in page.object_list]}
    return render(request, "timeline/changes.html", context)


def _asked_page(request: HttpRequest, *, last: int) -> int:
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= last:
        raise BadParameter(f"page: “{text[:40]}” is not a page. There are pages 1 to {last}.")
    return int(text[:9])
