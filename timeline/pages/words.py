"""What pages say of a milestone, all of it through `wording`."""

from dataclasses import replace
from datetime import datetime

from timeline import wording
from timeline.asof import Look
from timeline.changes import ChangeKind, StatementKind, classify
from timeline.dates import Mode
from timeline.worded import stated_words

WITHIN, UNCHANGED = "within the first stated window", "unchanged"
_LATER = {ChangeKind.SLIP: "later", ChangeKind.PULL_IN: "earlier"}


def date_words(look: Look) -> str:
    return stated_words(replace(look.stated, kind=StatementKind.PLAN), look.milestone)


def window_words(look: Look) -> str:
    return wording.window_words(look.when, home_zone=look.milestone.home_zone)


def countdown_words(look: Look, *, now: datetime) -> str:
    return wording.countdown_words(
        look.when,
        kind=look.kind,
        home_zone=look.milestone.home_zone,
        said_on=look.statement.stated_on,
        now=now,
    )


def total_words(look: Look) -> tuple[str, str]:
    """How far the date is from the first that was said, and the bounds; '' if there was one.

    Where either is a deadline, it is the last day that is compared.
    """
    first = next((one.stated for one in look.said if one.edtf), None)
    # What happened is compared as a plan for that day would be.
    now = replace(look.statement.stated, kind=StatementKind.PLAN)
    if first is None or not now.date.is_dated or len(look.said) == 1:
        return "", ""
    change = classify(first, now)
    if change.kind not in _LATER:
        return UNCHANGED if change.kind is ChangeKind.UNCHANGED else WITHIN, ""
    if Mode.BY in (first.date.mode, now.date.mode):
        change = replace(change, days=change.d_late)
    amount = wording.amount_words(change, first, now)
    return f"{amount} {_LATER[change.kind]}", wording.range_words(change, first, now)
