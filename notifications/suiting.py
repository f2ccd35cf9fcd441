"""Whether something still may be sent, and whether it suits its reader now. Pure: values only."""

from datetime import UTC, datetime, time, timedelta

from notifications.loads import Load
from notifications.models import Channel, Notification, Suppression
from notifications.mornings import is_over
from timeline.dates import zone_named

Kind = Notification.Kind
# What a reader must get before anything else may be sent, and what he has just asked for.
QUESTIONS = frozenset({Kind.CONFIRM, Kind.ADDRESS})
ANSWERS = frozenset({*QUESTIONS, Kind.MANAGE, Kind.GOODBYE})
A_DAY = timedelta(days=1)


def why_not(load: Load, notification: Notification, *, at: datetime) -> str:
    """Why this must not be sent any more; empty if it may be."""
    is_question = notification.kind in QUESTIONS
    if load.suppressed and not (is_question and load.suppressed == Suppression.Reason.ERASED):
        return "suppressed"
    if load.state == Channel.State.ENDED or not (is_question or load.state == Channel.State.ACTIVE):
        return "channel not active"
    if load.ended_at is not None and notification.kind != Kind.GOODBYE:
        return "unsubscribed"
    day = notification.local_on
    too_late = notification.is_over(at=at) or (
        day is not None and is_over(day, zone=load.time_zone, at=at)
    )
    return "too late" if too_late else ""


def not_before(load: Load, notification: Notification, *, at: datetime) -> datetime | None:
    """When it suits the reader, if that is not now: after a pause, after his quiet hours.

    What he has asked for himself comes at once.
    """
    if notification.kind in ANSWERS:
        return None
    if load.paused_until is not None and load.paused_until > at:
        return load.paused_until
    if load.quiet_from is None or load.quiet_to is None:
        return None
    return end_of_quiet(load.quiet_from, load.quiet_to, zone=load.time_zone, at=at)


def end_of_quiet(first: int, end: int, *, zone: str, at: datetime) -> datetime | None:
    """When the quiet hours are over in which the moment lies; None if it lies in none.

    From hour `first` up to, but not including, hour `end` by the clock on the wall of the zone;
    over midnight if that comes first. The same hour twice is no time at all.
    """
    wall = at.astimezone(zone_named(zone))
    is_quiet = first <= wall.hour < end if first < end else wall.hour >= first or wall.hour < end
    if first == end or not is_quiet:
        return None
    day = wall.date() + A_DAY if wall.hour >= end else wall.date()
    over = datetime.combine(day, time(end), zone_named(zone)).astimezone(UTC)
    return max(over, at + timedelta(minutes=1))  # where the clock is put back that hour comes twice


def is_too_much(load: Load, notification: Notification) -> bool:
    """Whether the reader has had enough mails for a day: it waits for the next digest."""
    return notification.kind == Kind.CHANGE and load.sent_lately >= load.daily_cap
