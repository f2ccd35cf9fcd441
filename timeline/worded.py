"""What a row says, in words: its date, its change, its day. All of it through `wording`."""

from timeline import wording
from timeline.changes import Change, ChangeKind, Stated, StatementKind
from timeline.dates import zone_named
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


def struck_words(statement: Statement, *, correction: Statement | None) -> str:
    """When a statement was withdrawn or corrected, and why; '' of one that is not struck."""
    if not statement.is_withdrawn:
        return ""
    day = ""
    if statement.withdrawn_at is not None:
        home = zone_named(statement.milestone.home_zone)
        day = f" on {wording.day_words(statement.withdrawn_at.astimezone(home).date())}"
    if correction is not None:
        return f"Our mistake, corrected{day}"
    reason = statement.withdrawn_because
    return f"Withdrawn{day}: {reason}" if reason else f"Withdrawn{day}"


def said_on_words(statement: Statement) -> str:
    """The source's day, or its month where only that is known."""
    return wording.day_words(statement.stated_on, known_to=statement.stated_precision)
