"""The editor's desk: what waits for somebody, the most urgent first.

Urgent is what many read and what is near: a row weighs (readers + 1) ÷ (1 + days ÷ 30), where
the days are those between now and the end of its window, before or behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from notifications.models import Delivery
from notifications.readers import readers_of
from timeline import phases
from timeline.models import Announcement, Milestone, Revision, Upload, UploadRow
from timeline.wording import change_words, date_words, day_words

SHOWN = 10  # rows of a section
A_MONTH = 30
LATELY = timedelta(days=7)
SECOND_LOOK = timedelta(days=3)  # nothing is looked for again sooner


@dataclass(frozen=True, slots=True)
class Row:
    """Something that waits: what it is, why, and where to go."""

    title: str
    address: str
    line: str
    more: str = ""
    milestone: Milestone | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`rows` are the first of `count`; `nothing` is said where there are none.

    With `is_checked`, "checked, no news" is a button of each row.
    """

    name: str
    title: str
    rows: Sequence[Row]
    count: int
    nothing: str
    address: str = ""
    is_checked: bool = False


# ---- milestones --------------------------------------------------------------------------------


def of_milestones(*, at: datetime) -> list[Section]:
    """Those that passed without news, and those that nobody looked for lately."""
    waiting = _planned(at=at)
    readers = readers_of(waiting)
    waiting.sort(key=lambda one: -_weight(one, readers[one.pk], at=at))
    overdue = [one for one in waiting if _published(one).overdue]
    stale = [one for one in waiting if not _published(one).overdue and _is_stale(one, at=at)]
    return [
        Section(
            name="overdue",
            title="Overdue: the window passed without news",
            rows=[_row(one, readers[one.pk]) for one in overdue[:SHOWN]],
            count=len(overdue),
            nothing="No window has passed without news.",
            is_checked=True,
        ),
        Section(
            name="stale",
            title="Not looked at for a while",
            rows=[_row(one, readers[one.pk]) for one in stale[:SHOWN]],
            count=len(stale),
            nothing="Everything was looked at lately.",
            is_checked=True,
        ),
    ]


def _planned(*, at: datetime) -> list[Milestone]:
    """The plans that may be overdue or stale, with all that their rows show."""
    rows = Milestone.objects.planned().not_looked_at_since((at - SECOND_LOOK).date())
    related = rows.select_related("programme", "current_revision__statement__milestone")
    return list(related.prefetch_related("tags", "programme__organisations"))


def _published(milestone: Milestone) -> Revision:
    revision: Revision | None = milestone.current_revision
    assert revision is not None  # noqa: S101  (it is planned)
    return revision


def _is_stale(milestone: Milestone, *, at: datetime) -> bool:
    stated = _published(milestone).stated
    again_on = phases.recheck_on(
        stated.date,
        last_checked=milestone.last_checked_on or stated.said_on,
        home_zone=milestone.home_zone,
        said_on=stated.said_on,
    )
    return again_on is not None and again_on <= phases.today_at(at, milestone.home_zone)


def _weight(milestone: Milestone, readers: int, *, at: datetime) -> float:
    latest: date | None = _published(milestone).nominal_latest
    days = abs((latest - at.date()).days) if latest else 365
    return (readers + 1) / (1 + days / A_MONTH)


def _row(milestone: Milestone, readers: int) -> Row:
    looked_on = milestone.last_checked_on
    looked = f"last looked at {day_words(looked_on)}" if looked_on else "never looked at"
    follow = "1 reader" if readers == 1 else f"{readers:,} readers"
    return Row(
        title=str(milestone),
        address=reverse("admin:timeline_milestone_state", args=[milestone.pk]),
        line=date_words(_published(milestone).date, home_zone=milestone.home_zone),
        more=f"{looked} · {follow}",
        milestone=milestone,
    )


# ---- news --------------------------------------------------------------------------------------


def of_announcements(*, at: datetime) -> Section:
    """What is held, the next to leave first."""
    held = Announcement.objects.held().select_related(
        "milestone", "from_revision__statement__milestone", "to_revision__statement__milestone"
    )
    rows = [_held(one, at=at) for one in held.order_by("kept_back", "settle_at", "pk")[:SHOWN]]
    return Section(
        name="held",
        title="Held news",
        rows=rows,
        count=held.count(),
        nothing="Nothing is held: all news has left.",
        address=reverse("admin:notifications_outbox"),
    )


def _held(announcement: Announcement, *, at: datetime) -> Row:
    known = announcement.from_revision
    before = known.stated if known else None
    return Row(
        title=str(announcement.milestone),
        address=reverse("admin:notifications_outbox_one", args=[announcement.pk]),
        line=change_words(announcement.change, before, announcement.to_revision.stated),
        more=time_left(announcement, at=at),
    )


def time_left(announcement: Announcement, *, at: datetime) -> str:
    """How long it is still held, in words."""
    if announcement.kept_back:
        return "until somebody sends it"
    left = announcement.settle_at - at
    if left <= timedelta():
        return "about to be sent"
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"{minutes} min left" if minutes else f"{seconds} s left"


# ---- imports -----------------------------------------------------------------------------------


def of_imports() -> Section:
    """Files that ask something, the newest first."""
    asking = Upload.objects.with_questions().order_by("-pk")
    question = Q(rows__outcome=UploadRow.Outcome.QUESTION)
    counted = asking.annotate(questions=Count("rows", filter=question))
    return Section(
        name="imports",
        title="Imports with questions",
        rows=[
            Row(
                title=name,
                address=reverse("admin:timeline_milestone_import_one", args=[pk]),
                line=f"{questions:,} question{'' if questions == 1 else 's'}",
            )
            for pk, name, questions in counted.values_list("pk", "name", "questions")[:SHOWN]
        ],
        count=asking.count(),
        nothing="No import asks anything.",
    )


# ---- mails -------------------------------------------------------------------------------------


def of_deliveries(*, at: datetime) -> Section:
    """What could not be delivered in the last week, by what was answered."""
    failed = Delivery.objects.failed().filter(owed_at__gt=at - LATELY)
    answers: Iterable[tuple[int | None, str, int]] = (
        failed.order_by()
        .values("reply_code", "reply_text")
        .annotate(count=Count("pk"))
        .order_by("-count", "reply_code", "reply_text")
        .values_list("reply_code", "reply_text", "count")
    )
    address = reverse("admin:notifications_delivery_changelist") + "?state__exact=failed"
    rows = [
        Row(title=f"{count:,} × {code or ''}".strip(), address=address, line=text or "no answer")
        for code, text, count in list(answers)[:SHOWN]
    ]
    return Section(
        name="failed",
        title="Not delivered in the last week",
        rows=rows,
        count=failed.count(),
        nothing="Everything was delivered.",
        address=address,
    )
