"""What each reader knows of a milestone, and what news therefore is to him.

A reader knows what he was last told or reminded of, by a delivery that left; or, where he was
passed over, what he knew then. Of whom nothing is on record knows what everybody was told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from notifications.models import Baseline, Delivery, Notification
from notifications.models.subscription import SubscriptionQuerySet
from notifications.wishes import MOVED, kind_of_news, reach
from timeline.models import Milestone, Revision, Statement
from timeline.outbox import net_change

NOTHING_ON_RECORD = -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a notification is to readers who know `base`: a kind of news that reaches so far.

    One that `must` be told goes to all of them, whatever they asked for.
    """

    base: Revision | None
    kind: int
    reach: int
    must: bool = False

    def of(self, waiting: SubscriptionQuerySet) -> SubscriptionQuerySet:
        """Those who are told."""
        return waiting if self.must else waiting.wanting(self.kind, reach=self.reach)


def base_of_news(milestone: Milestone, *, before: Revision | None) -> Revision | None:
    """What readers know of whom nothing is on record: what everybody was told last.

    `before` is what the news itself starts from, where nobody was told anything yet.
    """
    last = Notification.objects.of_changes(milestone).order_by("-pk").first()
    if last is None:
        return before
    return last.base if last.quiet else last.revision


# ---- from a mark to a verdict ------------------------------------------------------------------
#
# A mark is twice the number of the revision that somebody knows, and one more if he was told it.


def marked(waiting: SubscriptionQuerySet, notification: Notification) -> SubscriptionQuerySet:
    """Each subscription with the `mark` of what its reader knows of the milestone."""
    told = (
        Delivery.objects.told_or_leaving()
        .filter(
            notification__in=Notification.objects.before(notification),
            channel=OuterRef("channel"),
        )
        .order_by()
        .values("channel")
        .annotate(mark=Max(F("notification__revision__number") * 2 + 1))
        .values("mark")
    )
    passed_over = Baseline.objects.filter(
        milestone=notification.milestone_id, channel=OuterRef("channel")
    ).values(
        mark=Coalesce(F("revision__number"), Value(0)) * 2
        + Case(When(told=True, then=1), default=0, output_field=IntegerField())
    )
    nothing = Value(NOTHING_ON_RECORD)
    return waiting.annotate(
        mark=Greatest(
            Coalesce(Subquery(told, output_field=IntegerField()), nothing),
            Coalesce(Subquery(passed_over, output_field=IntegerField()), nothing),
        )
    )


def verdicts(
    waiting: SubscriptionQuerySet, notification: Notification
) -> Iterator[tuple[SubscriptionQuerySet, Verdict]]:
    """The waiting by what they know, and what the news is to them. Whom it is none for is left out.

    Each reader knows one thing only, so he is in one of the groups at most.
    """
    if not Notification.objects.before(notification).exists():
        if verdict := verdict_for(NOTHING_ON_RECORD, notification):
            yield waiting, verdict
        return
    known = marked(waiting, notification)
    for mark in known.values_list("mark", flat=True).distinct().order_by():  # type: ignore[misc]
        if verdict := verdict_for(mark, notification):
            yield known.filter(mark=mark), verdict  # type: ignore[misc]


def verdict_for(mark: int, notification: Notification) -> Verdict | None:
    """None if there is nothing to tell to those who know what the mark says."""
    assert notification.revision is not None  # noqa: S101  (news tells of one)
    told = mark > 0 and mark % 2 == 1
    base = _known(mark, notification)
    is_wrong = base is not None and base.statement.standing == Statement.Standing.WITHDRAWN
    if is_wrong and not told:
        base = _last_that_holds(base)
    change, date = net_change(base, notification.revision), notification.revision.date
    kind = kind_of_news(change, after=date)
    if kind is None:
        return None
    must = told and (is_wrong or change.kind in MOVED)
    return Verdict(base, kind, reach(change, after=date), must)


def _known(mark: int, notification: Notification) -> Revision | None:
    if mark == NOTHING_ON_RECORD:
        return notification.base
    revisions = Revision.objects.filter(milestone=notification.milestone_id, number=mark // 2)
    return revisions.select_related("statement__milestone").first()


def _last_that_holds(revision: Revision | None) -> Revision | None:
    while revision and revision.statement.standing == Statement.Standing.WITHDRAWN:
        revision = revision.previous
    return revision
