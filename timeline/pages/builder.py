"""Where anybody builds a calendar: choose, look at what it will be like, subscribe."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from timeline.addresses import Asked, named, query_of
from timeline.asked import WrongParameters
from timeline.choosing import Choice
from timeline.feeds.calendars import feed_of
from timeline.forms.builder import BuilderForm
from timeline.ical.calendar import Feed, FeedBrokenError, Written, write
from timeline.ical.current import Current
from timeline.ical.limit import MOST_BYTES, MOST_ENTRIES
from timeline.ical.options import Options
from timeline.ical.selection import month_of
from timeline.models import Milestone, Programme
from timeline.pages.buttons import offered
from timeline.pages.counted import Counted, counted
from timeline.pages.legend import Line, Sign, legend, signs
from timeline.pages.months import LISTED, Months, laid_out
from timeline.pages.preview import Entry, entries

_KILO = 1000


@dataclass(frozen=True, slots=True)
class Built:
    """A calendar as it will be: its entries are read from the very bytes that apps get."""

    choice: Choice
    options: Options
    written: Written
    counted: Counted
    entries: Sequence[Entry]
    today: date

    @property
    def name(self) -> str:
        return named(self.choice)

    @property
    def tally(self) -> str:
        count = len(self.entries)
        return f"{count:,} entr{'y' if count == 1 else 'ies'}"

    @property
    def sum(self) -> str:
        """Where it holds fewer milestones, or more entries, than the lists of groups add up to."""
        counts = {self.counted.whole, self.counted.shown, len(self.entries)}
        return self.counted.words if len(counts) > 1 else ""

    @property
    def kilobytes(self) -> int:
        return -(-len(self.written.body) // _KILO)

    @property
    def limit(self) -> str:
        return f"{MOST_ENTRIES:,} entries or {MOST_BYTES // _KILO} kB"

    @property
    def months(self) -> Months:
        return laid_out(self.entries, today=self.today)

    @property
    def undated(self) -> list[Milestone]:
        """Those that are planned, and of which nobody names a date."""
        planned = self.choice.milestones().planned()
        return list(planned.filter(current_revision__edtf=None).order_by("title", "pk"))

    @property
    def parts(self) -> list[tuple[Programme, str]]:
        """Its programmes, each with the builder's query for it alone."""
        within = self.choice.milestones().values("programme")
        programmes = Programme.objects.filter(pk__in=within).in_order()
        return [(one, self._query_of_part(one)) for one in programmes]

    def _query_of_part(self, programme: Programme) -> str:
        slugs = {"programme": (programme.slug,)}
        rest = {name: some for name, some in self.choice.slugs.items() if name != "programme"}
        return query_of(Choice({**slugs, **rest}), self.options)

    @property
    def legend(self) -> list[Line]:
        return legend(self.entries, self.options)

    @property
    def signs(self) -> list[Sign]:
        return signs(self.entries)


@require_safe
def builder_page(request: HttpRequest) -> HttpResponse:
    return _show(request, "timeline/builder.html")


@require_safe
def preview_part(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes while somebody chooses."""
    return _show(request, "timeline/_builder_preview.html")


def _show(request: HttpRequest, template: str) -> HttpResponse:
    form = BuilderForm.of(request.GET)
    context: dict[str, object] = {"form": form, "listed": LISTED}
    if not form.is_valid():
        return render(request, template, context, status=HTTPStatus.BAD_REQUEST)
    try:
        built = build(form.choice, form.options, at=timezone.now())
    except FeedBrokenError:
        return render(request, template, context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    context |= {"built": built, **offered(request, built.choice, built.options, name=built.name)}
    return render(request, template, context)


def build(choice: Choice, options: Options, *, at: datetime) -> Built:
    """The calendar as it is answered at that moment. Raises FeedBrokenError."""
    feed = _feed(choice, options)
    written = write(feed, month=month_of(at))
    found = counted(feed, choice, written, at=at)
    return Built(choice, options, written, found, entries(written.body), at.date())


def _feed(choice: Choice, options: Options) -> Feed:
    try:
        return feed_of(Asked(choice, options))
    except WrongParameters:
        # So much was chosen that only a private address can hold it; the entries are the same.
        return replace(feed_of(Asked(Choice(), options)), current=Current(choice.milestones()))
