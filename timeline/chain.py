"""The chain: what we take as said of a milestone, in the order in which it was said.

Standing and change of each statement are derived from that order and kept as a cache.
"""

from collections.abc import Sequence

from timeline.changes import Change, Stated, classify, classify_chain
from timeline.models import Milestone, Statement


def rechain(milestone: Milestone) -> int:
    """Derive standing and change of every statement again; returns how many rows were wrong.

    The last one said is current, those before it superseded. Dissent and withdrawn statements
    are compared with what held on the day they were said.
    """
    statements = list(milestone.statements.in_order_said().select_related("milestone"))
    chain = [one for one in statements if one.standing in Statement.IN_CHAIN]
    asides = [one for one in statements if one.standing not in Statement.IN_CHAIN]
    changes = classify_chain([one.stated for one in chain])
    rewritten = 0
    for one, change in zip(chain, changes, strict=True):
        # The newest is written last: at no moment does the milestone have two current ones.
        is_newest = one is chain[-1]
        standing = Statement.Standing.CURRENT if is_newest else Statement.Standing.SUPERSEDED
        rewritten += _rewrite(one, change, standing)
    for one in asides:
        rewritten += _rewrite(one, _change_of_aside(one, chain), one.standing)
    return rewritten


def derive_windows(milestone: Milestone) -> int:
    """Derive the windows of every statement again, in the milestone's zone.

    Returns how many rows were wrong.
    """
    rewritten = 0
    for one in milestone.statements.select_related("milestone"):
        before = one.derived_date
        one.set_date(one.date, home_zone=milestone.home_zone, said_on=one.stated_on)
        if one.derived_date != before:
            one.save()
            rewritten += 1
    return rewritten


def last_dated(chain: Sequence[Statement]) -> Stated | None:
    """The last plan with a date, for comparing across a gap; None if there was none."""
    for one in reversed(chain):
        if one.edtf is not None:
            return one.stated
    return None


def _change_of_aside(aside: Statement, chain: Sequence[Statement]) -> Change:
    earlier = [one for one in chain if one.order_said < aside.order_said]
    before = earlier[-1].stated if earlier else None
    return classify(before, aside.stated, last_dated=last_dated(earlier))


def _rewrite(statement: Statement, change: Change, standing: str) -> bool:
    if statement.standing == standing and statement.change == change:
        return False
    statement.set_change(change)
    statement.standing = standing
    statement.save()
    return True
