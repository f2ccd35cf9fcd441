"""The ledger: what we published about dates, what was said last first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.asked import Parameter, shown
from timeline.ledger import Line
from timeline.models import Revision
from timeline.pages.asking import answering_bad_parameters, asked_of

_PAGE = 50


class PageNumber(Parameter):
    """Judged once it is known how many pages there are."""

    def read_one(self, text: str) -> str:
        return text

    def number(self, text: str, *, last: int) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= last:
            raise self.wrong(f"“{shown(text)}” is not a page. There are pages 1 to {last}.")
        return int(text[:9])


PAGE = PageNumber("page", "Page")


@answering_bad_parameters
def changes_page(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, PAGE)
    revisions = Revision.objects.of_dates()
    if asked.choice:
        revisions = revisions.of_milestones(asked.choice.milestones())
    pages = Paginator(revisions.latest_said_first().with_what_is_told(), _PAGE)
    page = pages.page(PAGE.number(asked.read.get("page", "1"), last=pages.num_pages))
    context = {"page": page, "lines": [Line(one) for one in page.object_list], "asked": asked}
    return render(request, "timeline/changes.html", context)
