"""What each reader knows of a milestone, and what news therefore is to him.

A reader knows what he was last told or reminded of, by a delivery that left; or, where he was
passed over, what he knew then. Of whom nothing is on record knows what everybody was told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, F, IntegerField, Max, OuterRef, Subquery, Value, When
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


@dataclass(frozen=True, slots=True)
class Group:
    """Readers who know the same, and what the news is to them; no verdict: none."""

    readers: SubscriptionQuerySet
    verdict: Verdict | None
    is_on_record: bool

    @property
    def told(self) -> SubscriptionQuerySet:
        return self.verdict.of(self.readers) if self.verdict else self.readers.none()

    @property
    def passed_over(self) -> SubscriptionQuerySet:
        """Those who are told nothing, and of whom nobody wrote down yet what they know."""
        if self.is_on_record:
            return self.readers.none()
        if self.verdict is None:
            return self.readers
        return self.readers.not_wanting(self.verdict.kind, reach=self.verdict.reach)


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
    """Each subscription with the `mark` of what its reader knows of the milestone.

    Whoever waits for earlier news goes on knowing what he knew before it: when this is told,
    that is called off.
    """
    # Few, and looked up once, not in the database for each reader.
    earlier = Notification.objects.before(notification).filter(revision__isnull=False)
    numbers = dict(earlier.values_list("pk", "revision__number"))
    marks = [When(notification=pk, then=number * 2 + 1) for pk, number in numbers.items()]
    told = (
        Delivery.objects.told_or_leaving()
        .filter(notification__in=numbers, channel=OuterRef("channel"))
        .order_by()
        .values("channel")
        .annotate(mark=Max(Case(*marks, output_field=IntegerField())))
        .values("mark")
    )
    passed_over = Baseline.objects.filter(
        milestone=notification.milestone_id, channel=OuterRef("channel")
    ).values(
        mark=Coalesce(F("revision__number"), Value(0)) * 2
        + Case(When(told=True, then=1), default=0, output_field=IntegerField())
    )
    called_off = (
        Delivery.objects.not_left()
        .news()
        .filter(notification__in=numbers, channel=OuterRef("channel"))
        .order_by("notification")
        .values(mark=Coalesce(F("base__number"), Value(0)) * 2)[:1]
    )
    nothing = Value(NOTHING_ON_RECORD)
    return waiting.annotate(
        mark=Greatest(
            Coalesce(Subquery(told, output_field=IntegerField()), nothing),
            Coalesce(
                Subquery(passed_over, output_field=IntegerField()),
                Subquery(called_off, output_field=IntegerField()),
                nothing,
            ),
        )
    )


def groups(waiting: SubscriptionQuerySet, notification: Notification) -> Iterator[Group]:
    """The waiting by what they know. Each reader knows one thing only, so he is in one of them.

    To find out what each knows costs as much as to tell him. Where all know the same it is
    not asked of each.
    """
    earlier = Notification.objects.before(notification)
    if not earlier.exists():
        yield _group(waiting, NOTHING_ON_RECORD, notification)
        return
    newest = earlier.filter(revision__isnull=False).order_by("revision__number").last()
    if newest is not None and newest.revision and _all_were_told(waiting, newest):
        yield _group(waiting, newest.revision.number * 2 + 1, notification)
        return
    known = marked(waiting, notification)
    marks = list(known.values_list("mark", flat=True).distinct().order_by())  # type: ignore[misc]
    for mark in marks:
        same = known.filter(mark=mark) if len(marks) > 1 else waiting  # type: ignore[misc]
        yield _group(same, mark, notification)


def _all_were_told(waiting: SubscriptionQuerySet, notification: Notification) -> bool:
    told = Delivery.objects.told_or_leaving().filter(
        notification=notification, channel=OuterRef("channel")
    )
    return not waiting.filter(~Exists(told)).exists()


def _group(readers: SubscriptionQuerySet, mark: int, notification: Notification) -> Group:
    return Group(readers, verdict_for(mark, notification), mark != NOTHING_ON_RECORD)


def verdict_for(mark: int, notification: Notification) -> Verdict | None:
    """None if there is nothing to tell to those who know what the mark says."""
    assert notification.revision is not None  # noqa: S101  (news tells of one)
    told = mark > 0 and mark % 2 == 1
    base = _known(mark, notification)
    is_wrong = base is not None and base.statement.standing == Statement.Standing.WITHDRAWN
    if is_wrong and not told:
        if mark == NOTHING_ON_RECORD and _was_news(base, notification):
            return None  # he came after it was told, and knows nothing wrong of us
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


def _was_news(revision: Revision | None, notification: Notification) -> bool:
    """Whether everybody was told it who wanted to know."""
    earlier = Notification.objects.before(notification).filter(kind=Notification.Kind.CHANGE)
    return earlier.filter(revision=revision, quiet=False).exists()


def _last_that_holds(revision: Revision | None) -> Revision | None:
    while revision and revision.statement.standing == Statement.Standing.WITHDRAWN:
        revision = revision.previous
    return revision
