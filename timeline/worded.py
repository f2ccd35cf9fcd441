"""What a row says, in words: its date, its change, its day. All of it through `wording`."""

from timeline import wording
from timeline.changes import Change, ChangeKind, Stated, StatementKind
from timeline.models import Milestone, Statement


def stated_words(stated: Stated, milestone: Milestone) -> str:
    """The date as it was said; "cancelled" where that is what was said."""
    if stated.kind is StatementKind.CANCELLED:
        return "cancelled"
    return wording.date_words(
        stated.date,
        home_zone=stated.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
    )


def amount_words(change: Change, before: Stated | None, after: Stated) -> str:
    """How far it moved; of what happened, whether early or late."""
    amount = wording.amount_words(change, before, after)
    return f"{amount} {change.sub}" if amount and change.kind is ChangeKind.OCCURRED else amount


def said_on_words(statement: Statement) -> str:
    """The source's day, or its month where only that is known."""
    return wording.day_words(statement.stated_on, known_to=statement.stated_precision)
