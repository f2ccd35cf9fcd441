"""Reminders: planned from what is published, planned anew when that moves, fired when due.

Planned per milestone, not per reader: a slip costs a few rows, whoever follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from notifications import messages, owing
from notifications.models import Notification, PlannedRevision, ReminderPlan
from notifications.wishes import kind_of_reminder
from timeline.changes import StatementKind
from timeline.dates import zone_named
from timeline.models import Milestone, Revision
from timeline.models.milestone import MilestoneQuerySet
from timeline.phases import Anchor, anchors

MORNING = time(8)
# A reminder of a day is good for that day, one of a time for half an hour; with a lead, for a
# quarter of it.
GRACE_OF_A_DAY = timedelta(hours=16)
GRACE_OF_A_TIME = timedelta(minutes=30)
# Two moments as near as this are the same moment, said again.
SAME_MOMENT = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Moment:
    """When to remind, and until when that is of use."""

    anchor: str
    fire_at: datetime
    expires_at: datetime
    lead: timedelta


# ---- planning ----------------------------------------------------------------------------------


def behind() -> MilestoneQuerySet:
    """Milestones whose reminders were planned for another revision, or never."""
    planned = PlannedRevision.objects.filter(
        milestone=OuterRef("pk"), revision=OuterRef("current_revision")
    )
    return Milestone.objects.published().filter(~Exists(planned))


@transaction.atomic
def plan(milestone: Milestone) -> None:
    """Plan the reminders of what is published now; those of what was before are superseded.

    What fired stays fired: going back to an earlier statement repeats nothing, and neither
    does a statement that says the same moment again. What lay behind us when the statement
    was entered is skipped.
    """
    locked = Milestone.objects.locked(milestone.pk)
    revision = locked.current_revision
    assert revision is not None  # noqa: S101  (published ones only)
    moments = [*moments_of(revision)]
    mine = ReminderPlan.objects.filter(milestone=locked, statement=revision.statement_id)
    kept = mine.filter(anchor__in=[moment.anchor for moment in moments])
    ReminderPlan.objects.planned().filter(milestone=locked).exclude(
        pk__in=kept.values("pk")
    ).update(state=ReminderPlan.State.SUPERSEDED)
    for moment in moments:
        _plan_moment(moment, revision)
    PlannedRevision.objects.update_or_create(milestone=locked, defaults={"revision": revision})


def moments_of(revision: Revision) -> Iterator[Moment]:
    """The moments to remind of; none of what has no date or is no plan any more."""
    if revision.status != StatementKind.PLAN:
        return
    zone = revision.milestone.home_zone
    said_on = revision.statement.stated_on
    for anchor in anchors(revision.date, home_zone=zone, said_on=said_on):
        try:
            yield moment_of(anchor, home_zone=zone)
        except OverflowError:  # beyond the end of the calendar nobody is reminded
            continue


def moment_of(anchor: Anchor, *, home_zone: str) -> Moment:
    """A day fires in its morning at the milestone's home."""
    lead = anchor.lead
    if anchor.at is not None:
        grace, fire_at = GRACE_OF_A_TIME, anchor.at
    else:
        assert anchor.on is not None  # noqa: S101  (an anchor has one of the two)
        morning = datetime.combine(anchor.on, MORNING, zone_named(home_zone))
        grace, fire_at = GRACE_OF_A_DAY, morning.astimezone(UTC)
    return Moment(anchor.name, fire_at, fire_at + max(grace, lead / 4), lead)


def _plan_moment(moment: Moment, revision: Revision) -> None:
    plans = ReminderPlan.objects.filter(milestone=revision.milestone)
    row = plans.filter(statement=revision.statement_id, anchor=moment.anchor).first()
    if row is None:
        row = ReminderPlan(
            milestone=revision.milestone, statement=revision.statement, anchor=moment.anchor
        )
    elif row.state not in (ReminderPlan.State.PLANNED, ReminderPlan.State.SUPERSEDED):
        return
    is_past = moment.fire_at < revision.statement.entered_at
    same = max(moment.lead / 4, SAME_MOMENT)
    was_told = plans.fired().filter(
        anchor=moment.anchor, fire_at__range=(moment.fire_at - same, moment.fire_at + same)
    )
    row.fire_at, row.expires_at = moment.fire_at, moment.expires_at
    row.state = (
        ReminderPlan.State.SKIPPED if is_past or was_told.exists() else ReminderPlan.State.PLANNED
    )
    row.save()


# ---- firing ------------------------------------------------------------------------------------


def miss(*, at: datetime) -> int:
    """Drop those that would come too late; returns how many."""
    return ReminderPlan.objects.too_late(at=at).update(state=ReminderPlan.State.MISSED)


def due(*, at: datetime) -> Iterator[ReminderPlan]:
    """Of each milestone that has some due, the nearest: after a pause the older ones say less.

    None while the milestone's date is just moving: that news goes first.
    """
    waiting = ReminderPlan.objects.due(at=at).not_settling().for_what_is_published()
    seen: set[int] = set()
    for candidate in waiting.nearest_first():
        if candidate.milestone_id not in seen:
            seen.add(candidate.milestone_id)
            yield candidate


@transaction.atomic
def fire(reminder: ReminderPlan, *, at: datetime) -> bool:
    """Note the reminder as something to tell. False if it is due no longer, or fired already."""
    milestone = Milestone.objects.locked(reminder.milestone_id)
    ready = ReminderPlan.objects.due(at=at).not_settling().for_what_is_published()
    fresh = ready.filter(pk=reminder.pk).first()
    revision = milestone.current_revision
    if fresh is None or revision is None:
        return False
    owing.note(
        kind=Notification.Kind.REMINDER,
        key=f"reminder:{milestone.pk}:{fresh.statement_id}:{fresh.anchor}",
        milestone=milestone,
        payload=messages.reminder_facts(revision, anchor=fresh.anchor, at=at),
        revision=revision,
        reminder=kind_of_reminder(fresh.anchor).value,
        expires_at=fresh.expires_at,
        at=at,
    )
    ReminderPlan.objects.filter(pk=fresh.pk).update(state=ReminderPlan.State.FIRED)
    older = ReminderPlan.objects.due(at=at).filter(milestone=milestone)
    older.update(state=ReminderPlan.State.COALESCED)
    return True
