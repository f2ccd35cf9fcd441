from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString

from timeline import wording
from timeline.asof import Look, Step, look, steps
from timeline.changes import ChangeKind
from timeline.charts import axis_around, slip_chart
from timeline.choosing import Choice
from timeline.models import Milestone, Programme, Statement
from timeline.pages.asking import answering_bad_parameters, asked_as_of, moment
from timeline.pages.buttons import offered
from timeline.pages.event import event_block
from timeline.pages.rows import Row
from timeline.pages.words import total_words
from timeline.worded import amount_words, said_on_words, stated_words, struck_words

_CHART_FROM = 2
_NO_NEWS = {ChangeKind.UNCHANGED, ChangeKind.FIRST_DATED}


@answering_bad_parameters
def milestone_page(request: HttpRequest, slug: str) -> HttpResponse:
    as_of = asked_as_of(request, now=timezone.now())
    now = moment(as_of, now=timezone.now())
    milestones = Milestone.objects.published().with_what_is_shown()
    milestone = get_object_or_404(milestones, slug=slug)
    said = _said(milestone, until=as_of)
    told = [one for one in said if one.standing in Statement.IN_CHAIN]
    shown = look(milestone, told, as_of=as_of)
    if shown is None:
        raise Http404
    context = {
        "milestone": milestone,
        "row": Row(shown, now, axis_around(shown.stated, today=shown.today(now))),
        "history": _history(shown, said, told),
        "total": dict(zip(("words", "bounds"), total_words(shown), strict=True)),
        # What was believed once is nothing for search engines to announce.
        "event": "" if as_of else event_block(shown),
        "chart": _chart(shown, said, today=shown.today(now)),
        "as_of": as_of,
        **_calendar(request, milestone.programme),
    }
    return render(request, "timeline/milestone.html", context)


def _calendar(request: HttpRequest, programme: Programme) -> dict[str, object]:
    return offered(request, Choice({"programme": (programme.slug,)}), name=programme.title)


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the history, with the change that it made."""

    step: Step
    look: Look
    correction: Statement | None

    @property
    def statement(self) -> Statement:
        return self.step.statement

    @property
    def words(self) -> str:
        return stated_words(self.statement.stated, self.look.milestone)

    @property
    def window(self) -> str:
        stated = self.statement.stated
        return wording.window_words(stated.date, home_zone=stated.home_zone)

    @property
    def said_on(self) -> str:
        return said_on_words(self.statement)

    @property
    def published_on(self) -> str:
        source = self.statement.source
        if source.published_on is None or source.published_on == self.statement.stated_on:
            return ""
        return wording.day_words(source.published_on, known_to=source.published_precision)

    @property
    def kind(self) -> str:
        return wording.kind_words(self.step.change.kind)

    @property
    def news(self) -> str:
        """The change in one line; '' where there was nothing to change."""
        if self.step.before is None or self.step.change.kind in _NO_NEWS:
            return ""
        return wording.change_words(self.step.change, self.step.before, self.statement.stated)

    @property
    def has_badge(self) -> bool:
        """Whether the kind of change says more than the words beside it do."""
        return bool(self.news) and self.kind != self.words

    @property
    def amount(self) -> str:
        return amount_words(self.step.change, self.step.before, self.statement.stated)

    @property
    def bounds(self) -> str:
        if not self.amount:
            return ""
        return wording.range_words(self.step.change, self.step.before, self.statement.stated)

    @property
    def struck(self) -> str:
        return struck_words(self.statement, correction=self.correction)

    @property
    def stands(self) -> bool:
        return self.statement == self.look.statement

    @property
    def is_dissent(self) -> bool:
        return self.statement.standing == Statement.Standing.DISSENT

    @property
    def is_withdrawn(self) -> bool:
        return self.statement.standing == Statement.Standing.WITHDRAWN


def _history(shown: Look, said: list[Statement], told: list[Statement]) -> list[Entry]:
    """Newest first. What was withdrawn or corrected stays in its place."""
    corrections = {one.corrects_id: one for one in said}
    return [
        Entry(step, shown, corrections.get(step.statement.pk))
        for step in reversed(steps(said, told))
    ]


def _said(milestone: Milestone, *, until: date | None) -> list[Statement]:
    said = milestone.statements.in_order_said().select_related("source")
    return list(said if until is None else said.said_until(until))


def _chart(shown: Look, said: list[Statement], *, today: date) -> SafeString:
    others = [one for one in said if one.standing == Statement.Standing.DISSENT]
    if len(shown.said) + len(others) < _CHART_FROM:
        return SafeString("")
    label = f"What was said about {shown.milestone.title} over time; the table below says the same."
    return slip_chart(shown.said, others, today=today, label=label)
