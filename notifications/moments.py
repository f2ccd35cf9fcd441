"""The moments at which a published date is worth a reminder, and until when each is of use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifications import mornings
from notifications.mornings import A_DAY
from timeline.changes import ChangeKind, StatementKind, classify
from timeline.models import Revision
from timeline.phases import Anchor, anchors

# Two moments as near as this are the same moment, said again.
SAME_MOMENT = timedelta(hours=2)
GRACE_OF_A_TIME = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Moment:
    """When to remind, and how late that may be.

    `lead` is the time from there to what it is about, none if it is about the moment itself.
    Fired from `late_from` on it is late, after its `grace` too late. From `passed_at` on, what
    it is about would lie behind a reader who is told.
    """

    anchor: str
    fire_at: datetime
    late_from: datetime
    grace: timedelta
    lead: timedelta
    passed_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.fire_at + self.grace

    @property
    def is_same_within(self) -> timedelta:
        return max(self.lead / 4, SAME_MOMENT)


def moments_of(revision: Revision) -> Iterator[Moment]:
    """None of what has no date or is no plan any more."""
    if revision.status != StatementKind.PLAN:
        return
    found = anchors(
        revision.date,
        home_zone=revision.milestone.home_zone,
        said_on=revision.statement.stated_on,
    )
    for anchor in found:
        try:
            yield moment_of(anchor, revision)
        except OverflowError:  # beyond the end of the calendar nobody is reminded
            continue


def moment_of(anchor: Anchor, revision: Revision) -> Moment:
    """A day is due from where it begins first, and told to each reader in his own morning.

    It may be told a day late, a time half an hour; with a lead, a quarter of it, of days in
    whole days.
    """
    if anchor.at is not None:
        grace = max(GRACE_OF_A_TIME, anchor.lead / 4)
        passed_at = revision.instant if anchor.lead and revision.instant else anchor.at + grace
        return Moment(anchor.name, anchor.at, anchor.at, grace, anchor.lead, passed_at)
    assert anchor.on is not None  # noqa: S101  (an anchor has one of the two)
    fire_at = mornings.begins(anchor.on)
    over_at = fire_at + A_DAY
    late = max(A_DAY, anchor.lead // (4 * A_DAY) * A_DAY)
    passed_at = over_at + (anchor.lead or late)
    return Moment(anchor.name, fire_at, over_at, A_DAY + late, anchor.lead, passed_at)


def say_the_same(one: Revision, other: Revision) -> bool:
    """Whether the date of the other is no news to who knows the one."""
    return classify(one.stated, other.stated).kind is ChangeKind.UNCHANGED
