"""Second thoughts about a statement: it was not said, not so, or is not what we hold true.

Nothing is deleted: the statement stays in the history, marked. Each verb is one transaction, and
raises Conflict, with `seen_number`, if another revision was published than the editor looked at.
"""

from datetime import datetime

from django.db import transaction

from timeline import recording
from timeline.claims import (
    Claim,
    check_claim,
    check_correction,
    check_demotion,
    check_promotion,
    check_withdrawal,
)
from timeline.models import Statement
from timeline.models.revision import Editor
from timeline.recording import Published
from timeline.revising import publish_current

Standing = Statement.Standing


@transaction.atomic
def withdraw(
    statement: Statement,
    *,
    at: datetime,
    reason: str,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Published:
    """Take a statement out of the chain: it was not said, or not of this milestone.

    It stays in the history, marked. If it was current, what was said before it is published
    again. Raises PublishingError for the only statement of a milestone and for one that is
    withdrawn already.
    """
    milestone = recording.lock(statement.milestone, seen_number=seen_number)
    statement.refresh_from_db()
    check_withdrawal(statement)
    recording.strike(statement, at=at, reason=reason)
    revision = publish_current(milestone, editor=editor, at=at, reason=reason)
    return recording.published(statement, revision, news=True, editor=editor, at=at)


@transaction.atomic
def correct(
    statement: Statement,
    claim: Claim,
    *,
    at: datetime,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Published:
    """Replace our reading or copy of a statement where we mistook it; the old one stays, struck.

    Neighbours are re-computed. What is held merges it; what was announced wrong is corrected, to
    exactly those who were told; else nobody is told. Raises PublishingError if nothing would
    change, and for a statement that is withdrawn already.
    """
    milestone = recording.lock(statement.milestone, seen_number=seen_number)
    statement.refresh_from_db()
    check_claim(claim, at=at)
    check_correction(statement, claim)
    told = milestone.announced_revision
    news = told is not None and told.statement_id == statement.pk
    standing = statement.standing
    recording.strike(statement, at=at)
    replacement = recording.write_statement(
        milestone, claim, standing=standing, editor=editor, at=at, corrects=statement
    )
    revision = publish_current(milestone, editor=editor, at=at)
    return recording.published(replacement, revision, news=news, editor=editor, at=at)


@transaction.atomic
def hold_true(
    statement: Statement,
    *,
    at: datetime,
    reason: str,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Published:
    """Publish what stood beside as dissent. What was said later than it becomes dissent instead.

    Raises PublishingError for a statement that is no dissent.
    """
    milestone = recording.lock(statement.milestone, seen_number=seen_number)
    statement.refresh_from_db()
    check_promotion(statement)
    later = [one for one in milestone.statements.chain() if one.order_said > statement.order_said]
    milestone.statements.filter(pk__in=[one.pk for one in later]).update(standing=Standing.DISSENT)
    recording.set_standing(statement, Standing.SUPERSEDED)  # the chain says that it is current
    revision = publish_current(milestone, editor=editor, at=at, reason=reason)
    return recording.published(statement, revision, news=True, editor=editor, at=at)


@transaction.atomic
def keep_beside(
    statement: Statement,
    *,
    at: datetime,
    reason: str,
    editor: Editor = None,
    seen_number: int | None = None,
) -> Published:
    """Publish again what was said before the current statement, which becomes dissent.

    Raises PublishingError if it is not current, or if nothing would be left.
    """
    milestone = recording.lock(statement.milestone, seen_number=seen_number)
    statement.refresh_from_db()
    check_demotion(statement)
    recording.set_standing(statement, Standing.DISSENT)
    revision = publish_current(milestone, editor=editor, at=at, reason=reason)
    return recording.published(statement, revision, news=True, editor=editor, at=at)
