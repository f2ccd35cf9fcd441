"""The ledger: what we published about dates, what was said last first."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline import wording
from timeline.changes import Stated, StatementKind
from timeline.models import Milestone, Revision
from timeline.pages.asking import BadParameter, answering_bad_parameters
from timeline.pages.words import amount_words, said_on_words, stated_words

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One revision of a date: from what to what, and who said so."""

    revision: Revision

    @property
    def old(self) -> str:
        previous = self.revision.previous
        milestone = self.revision.milestone
        return stated_words(_shown(previous, milestone), milestone) if previous else ""

    @property
    def new(self) -> str:
        milestone = self.revision.milestone
        return stated_words(_shown(self.revision, milestone), milestone)

    @property
    def kind(self) -> str:
        return wording.kind_words(self.revision.change.kind)

    @property
    def amount(self) -> str:
        return amount_words(self.revision.change, *self._ends)

    @property
    def bounds(self) -> str:
        return wording.range_words(self.revision.change, *self._ends) if self.amount else ""

    @property
    def _ends(self) -> tuple[Stated | None, Stated]:
        previous, milestone = self.revision.previous, self.revision.milestone
        before = _shown(previous, milestone) if previous else None
        return before, _shown(self.revision, milestone)

    @property
    def said_on(self) -> str:
        return said_on_words(self.revision.statement)


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


def _shown(revision: Revision, milestone: Milestone) -> Stated:
    """The date as published, which for a cancelled milestone is the one that it had."""
    return Stated(
        date=revision.date,
        said_on=revision.statement.stated_on,
        home_zone=milestone.home_zone,
        kind=StatementKind(revision.status),
    )
