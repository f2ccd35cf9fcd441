"""What was said of a milestone, newest first, with what each word changed."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from timeline import asof
from timeline.admin.words import changed
from timeline.models import Milestone, Statement
from timeline.wording import date_words


@dataclass(frozen=True, slots=True)
class Line:
    statement: Statement
    reading: str
    change: SafeString


def history(milestone: Milestone) -> list[Line]:
    said = list(
        milestone.statements.in_order_said()
        .select_related("milestone", "source", "entered_by")
        .prefetch_related("corrections")
    )
    chain = [one for one in said if one.standing in Statement.IN_CHAIN]
    return [
        Line(
            step.statement,
            date_words(step.statement.date, home_zone=milestone.home_zone),
            changed(step.change, step.before, step.statement.stated),
        )
        for step in reversed(asof.steps(said, chain))
    ]
