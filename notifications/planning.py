"""Reminders: planned from what is published, planned anew when that moves, fired when due.

Planned per milestone, not per reader: a slip costs a few rows, whoever follows.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from notifications import messages, mornings, owing
from notifications.models import Delivery, Notification, PlannedRevision, ReminderPlan
from notifications.models.reminder_plan import ReminderPlanQuerySet
from notifications.moments import Moment, moments_of, say_the_same
from notifications.mornings import A_DAY
from notifications.wishes import kind_of_reminder
from timeline.changes import is_news
from timeline.models import Announcement, Milestone, Revision
from timeline.models.milestone import MilestoneQuerySet

NOON = 12
OVERTAKEN = "superseded"
State = ReminderPlan.State


# ---- planning ----------------------------------------------------------------------------------


def behind() -> MilestoneQuerySet:
    """Milestones whose reminders were planned for another revision, or never."""
    planned = PlannedRevision.objects.filter(
        milestone=OuterRef("pk"), revision=OuterRef("current_revision")
    )
    return Milestone.objects.published().filter(~Exists(planned))


def by_the_clock() -> MilestoneQuerySet:
    """Milestones with reminders ahead that hang on the clocks of a zone: its rules may change."""
    ahead = ReminderPlan.objects.planned().values("milestone")
    return Milestone.objects.filter(pk__in=ahead, current_revision__instant__isnull=False)


@transaction.atomic
def plan(milestone: Milestone) -> None:
    """Plan the reminders of what is published now; those of what was before are superseded.

    What fired stays fired: going back to an earlier statement repeats nothing, and neither
    does a statement that says the same moment again. What lay behind us when the statement
    was entered is skipped, but see `catch_up`. Done again, it finds the same moments, or other
    ones if a zone has got other rules.
    """
    locked = Milestone.objects.locked(milestone.pk)
    revision = locked.current_revision
    assert revision is not None  # noqa: S101  (published ones only)
    moments = [*moments_of(revision)]
    kept = _plans(revision).filter(anchor__in=[moment.anchor for moment in moments])
    ReminderPlan.objects.planned().filter(milestone=locked).exclude(
        pk__in=kept.values("pk")
    ).update(state=State.SUPERSEDED)
    skipped = [moment for moment in moments if _plan_moment(moment, revision) == State.SKIPPED]
    catch_up(skipped, revision, at=revision.recorded_at)
    recall(revision)
    PlannedRevision.objects.update_or_create(milestone=locked, defaults={"revision": revision})


def _plan_moment(moment: Moment, revision: Revision) -> str:
    """What was decided of it; nothing if that had been done before."""
    row = _plans(revision).filter(anchor=moment.anchor).first()
    if row is None:
        row = ReminderPlan(
            milestone=revision.milestone, statement=revision.statement, anchor=moment.anchor
        )
    elif row.state not in (State.PLANNED, State.SUPERSEDED):
        return ""
    is_past = moment.late_from <= revision.statement.entered_at
    row.fire_at, row.expires_at = moment.fire_at, moment.expires_at
    row.state = State.SKIPPED if is_past or _was_told(moment, revision) else State.PLANNED
    row.save()
    return row.state


def _was_told(moment: Moment, revision: Revision) -> bool:
    """Whether this was told already, of this statement or of another that said about the same."""
    near = moment.is_same_within
    fired = ReminderPlan.objects.fired().filter(
        milestone=revision.milestone,
        anchor=moment.anchor,
        fire_at__gt=moment.fire_at - near,
        fire_at__lt=moment.fire_at + near,
    )
    return fired.exists()


def _plans(revision: Revision) -> ReminderPlanQuerySet:
    return ReminderPlan.objects.filter(
        milestone=revision.milestone_id, statement=revision.statement_id
    )


def recall(revision: Revision) -> None:
    """Call off what was fired and waits for a reader's morning, if its date has moved since.

    If it moves back, as when an edit is undone, it leaves after all.
    """
    fired = Notification.objects.filter(
        kind=Notification.Kind.REMINDER,
        milestone=revision.milestone_id,
        expires_at__gt=revision.recorded_at,
    )
    for reminder in fired.select_related("revision__statement__milestone"):
        holds = reminder.revision is None or say_the_same(reminder.revision, revision)
        if holds:
            called_off = reminder.deliveries.filter(skip_reason=OVERTAKEN)
            called_off.update(state=Delivery.State.QUEUED, skip_reason="")
        else:
            Notification.objects.pending().filter(pk=reminder.pk).update(
                state=Notification.State.EXPANDED
            )
            reminder.deliveries.untouched().update(
                state=Delivery.State.CANCELLED, skip_reason=OVERTAKEN
            )


# ---- what comes too late -----------------------------------------------------------------------


def late(*, at: datetime) -> MilestoneQuerySet:
    """Milestones of which a reminder would come too late."""
    too_late = ReminderPlan.objects.too_late(at=at)
    return Milestone.objects.filter(pk__in=too_late.values("milestone"))


@transaction.atomic
def miss(milestone: Milestone, *, at: datetime) -> int:
    """Drop the reminders that would come too late, but see `catch_up`; returns how many."""
    locked = Milestone.objects.locked(milestone.pk)
    too_late = ReminderPlan.objects.too_late(at=at).filter(milestone=locked)
    anchors = set(too_late.for_what_is_published().values_list("anchor", flat=True))
    missed = too_late.update(state=State.MISSED)
    revision = locked.current_revision
    assert revision is not None  # noqa: S101  (it would not be planned)
    catch_up(
        [moment for moment in moments_of(revision) if moment.anchor in anchors], revision, at=at
    )
    return missed


def catch_up(passed: Sequence[Moment], revision: Revision, *, at: datetime) -> None:
    """Of the moments that just passed unsaid, say the last one after all: one line.

    Only if what it was about is still ahead, and nothing else says so: neither a reminder of
    about the same, nor news of the date, nor a reminder within a day from now.
    """
    ahead = [one for one in passed if one.lead and one.late_from <= at < one.passed_at]
    if not ahead:
        return
    nearest = max(ahead, key=lambda moment: moment.fire_at)
    if _is_said(nearest, revision, at=at) or _is_told_soon(revision, at=at):
        return
    _plans(revision).filter(anchor=nearest.anchor).update(
        state=State.PLANNED, expires_at=min(at + nearest.grace, nearest.passed_at)
    )


def _is_said(passed: Moment, revision: Revision, *, at: datetime) -> bool:
    """Whether readers were reminded, or told the date, since that moment."""
    since = [one for one in moments_of(revision) if passed.fire_at <= one.fire_at <= at]
    if any(_was_told(moment, revision) for moment in since):
        return True
    told_since = Q(closed_at__gte=passed.fire_at, state=Announcement.State.RELEASED)
    news = revision.milestone.announcements.filter(
        told_since | Q(state=Announcement.State.HELD)
    ).select_related("to_revision__statement__milestone")
    return any(
        is_news(one.change, after=one.to_revision.date) and say_the_same(one.to_revision, revision)
        for one in news
    )


def _is_told_soon(revision: Revision, *, at: datetime) -> bool:
    soon = _plans(revision).planned().filter(fire_at__lte=at + A_DAY)
    return soon.exclude(anchor="overdue").exists()


# ---- firing ------------------------------------------------------------------------------------


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
    """Note the reminder as something to tell. False if it is due no longer, or fired already.

    An exact time is told now. A day is told in each reader's morning of the day that begins,
    in the words of that day: of all days it is the one that nobody has behind him.
    """
    milestone = Milestone.objects.locked(reminder.milestone_id)
    ready = ReminderPlan.objects.due(at=at).not_settling().for_what_is_published()
    fresh = ready.filter(pk=reminder.pk).first()
    revision = milestone.current_revision
    if fresh is None or revision is None:
        return False
    day = None if revision.instant else mornings.newest(at)
    noon = mornings.morning(day, hour=NOON, zone=milestone.home_zone) if day else at
    owing.note(
        kind=Notification.Kind.REMINDER,
        key=f"reminder:{milestone.pk}:{fresh.statement_id}:{fresh.anchor}",
        milestone=milestone,
        payload=messages.reminder_facts(revision, anchor=fresh.anchor, at=noon),
        revision=revision,
        reminder=kind_of_reminder(fresh.anchor).value,
        local_on=day,
        expires_at=mornings.ends(day) if day else fresh.expires_at,
        at=at,
    )
    ReminderPlan.objects.filter(pk=fresh.pk).update(state=State.FIRED)
    older = ReminderPlan.objects.planned().filter(milestone=milestone, fire_at__lte=at)
    older.update(state=State.COALESCED)
    return True
