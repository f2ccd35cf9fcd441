from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.contrib import admin, messages
from django.db import models
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline import outbox
from timeline.admin.filters import ChangeFilter
from timeline.admin.kept import TimelineAdmin
from timeline.admin.words import changed
from timeline.models import Announcement

Verb = Callable[..., bool]


@admin.register(Announcement)
class AnnouncementAdmin(TimelineAdmin):
    """The outbox: sent or discarded here, never edited."""

    list_display = ["milestone", "change", "state", "settles", "editor", "outbox_link"]
    list_filter = ["state", ChangeFilter]
    search_fields = ["milestone__title"]
    actions = ["send_now", "discard"]
    fields = [
        "milestone",
        "change",
        "reason",
        "state",
        "settles",
        "from_revision",
        "to_revision",
        "opened_at",
        "editor",
    ]
    readonly_fields = ["change", "settles"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Announcement]:
        """The held ones first, then the newest."""
        is_closed = Case(When(state=Announcement.State.HELD, then=Value(0)), default=Value(1))
        return (
            super()
            .get_queryset(request)
            .select_related(
                "milestone",
                "editor",
                "from_revision__statement__milestone",
                "to_revision__statement__milestone",
            )
            .order_by(is_closed, "-opened_at", "-pk")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        # The right is to send and discard; a row is only read.
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @admin.display(description="what readers hear", ordering="change_kind")
    def change(self, announcement: Announcement) -> SafeString:
        known = announcement.from_revision
        before = known.stated if known else None
        return changed(announcement.change, before, announcement.to_revision.stated)

    @admin.display(description="settles", ordering="settle_at")
    def settles(self, announcement: Announcement) -> str:
        if announcement.closed_at is not None:
            closed = f"{announcement.closed_at:%-d %b %Y, %H:%M} UTC"
            return f"{closed}: {announcement.closed_reason}".removesuffix(": ")
        if announcement.kept_back:
            return "when somebody sends it"
        return _left(announcement.settle_at, at=timezone.now())

    @admin.display(description="")
    def outbox_link(self, announcement: Announcement) -> SafeString | str:
        """To who would be told, and in which words: a page of the notifications."""
        if announcement.state != Announcement.State.HELD:
            return ""
        address = reverse("admin:notifications_outbox_one", args=[announcement.pk])
        return format_html(
            '<a class="state-link" href="{}">Look'
            '<span class="visually-hidden"> at the news of {}</span></a>'
            '<input type="hidden" name="{}" value="{}">',
            address,
            announcement.milestone,
            _seen_name(announcement),
            announcement.to_revision.number,
        )

    @admin.action(description="Send now", permissions=["change"])
    def send_now(self, request: HttpRequest, chosen: QuerySet[Announcement]) -> None:
        at = timezone.now()
        self._do(request, "Sent", chosen, partial(outbox.release, at=at))

    @admin.action(description="Discard: tell nobody", permissions=["change"])
    def discard(self, request: HttpRequest, chosen: QuerySet[Announcement]) -> None:
        at = timezone.now()
        reason = f"by {request.user.get_username()}"[:100]
        self._do(request, "Discarded", chosen, partial(outbox.discard, at=at, reason=reason))

    def _do(
        self, request: HttpRequest, done: str, chosen: QuerySet[Announcement], verb: Verb
    ) -> None:
        """Each that still is as the editor saw it in the list; the log says who did it."""
        count, merged = 0, 0
        for one in chosen:
            try:
                is_done = verb(one, seen=_seen(request, one))
            except outbox.NotAsSeen:
                merged += 1
                continue
            count += is_done
            if is_done:
                self.log_change(request, one, f"{done}.")
        self._tell(request, f"{done}: {count}.", left=len(chosen) - count - merged, merged=merged)

    def _tell(self, request: HttpRequest, done: str, *, left: int, merged: int) -> None:
        if left:
            done = f"{done} No longer held, so left as they are: {left}."
        if merged:
            done = f"{done} Edited since you looked, so left as they are: {merged}."
        level = messages.WARNING if left or merged else messages.SUCCESS
        self.message_user(request, done, level)


def _seen_name(announcement: Announcement) -> str:
    return f"seen-{announcement.pk}"


def _seen(request: HttpRequest, announcement: Announcement) -> int:
    """The number of the revision that the list showed as its news; 0 if it did not say."""
    seen = request.POST.get(_seen_name(announcement), "")
    return int(seen[:9]) if seen.isdecimal() else 0


def _left(settle_at: datetime, *, at: datetime) -> str:
    left = settle_at - at
    if left <= timedelta():
        return "about to be sent"
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"in {minutes} min" if minutes else f"in {seconds} s"
