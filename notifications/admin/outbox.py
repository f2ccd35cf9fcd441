"""The outbox: what is held, who would be told in which words, and what an editor does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from notifications import audience
from notifications.audience import Audience
from notifications.desk import time_left
from notifications.specimen import Specimen, specimen
from timeline import outbox
from timeline.admin.kept import editor_of
from timeline.admin.words import changed, published_date
from timeline.charts import axis_of, window_bar
from timeline.models import Announcement
from timeline.models.announcement import AnnouncementQuerySet

AN_HOUR = timedelta(hours=1)
MOST_VARIANTS = 3  # that are shown as mails
SEND, HOLD, KEEP, DISCARD = "send", "hold", "keep", "discard"
DONE = {
    SEND: "Sent: it is on its way to its readers.",
    HOLD: "Held for an hour from now.",
    KEEP: "Held until somebody sends it.",
    DISCARD: "Discarded: nobody is told. What is published stays: {date}.",
}
MERGED = (
    "Somebody edited this milestone since you looked, and the edit merged into what is held. "
    "Nothing is done yet: below is what would be told now."
)
GONE = "It is held no longer: {state}. Nothing is changed."


@dataclass(frozen=True, slots=True)
class Held:
    """One row of the list."""

    announcement: Announcement
    at: datetime

    @property
    def change(self) -> SafeString:
        known = self.announcement.from_revision
        before = known.stated if known else None
        return changed(self.announcement.change, before, self.announcement.to_revision.stated)

    @property
    def left(self) -> str:
        return time_left(self.announcement, at=self.at)

    @property
    def address(self) -> str:
        return reverse("admin:notifications_outbox_one", args=[self.announcement.pk])


def urls() -> list[URLPattern]:
    views: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("outbox/", outbox_view, "notifications_outbox"),
        ("outbox/<int:pk>/", held_view, "notifications_outbox_one"),
        ("outbox/<int:pk>/mail/<int:number>/", mail_view, "notifications_outbox_mail"),
    ]
    return [path(at, admin.site.admin_view(view), name=name) for at, view, name in views]


@require_safe
def outbox_view(request: HttpRequest) -> HttpResponse:
    may_see(request)
    at = timezone.now()
    rows = held_announcements().order_by("kept_back", "settle_at", "pk")
    context = {
        **admin.site.each_context(request),
        "title": "Outbox",
        "held": [Held(one, at) for one in rows],
    }
    return TemplateResponse(request, "admin/notifications/outbox.html", context)


def held_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held, its readers and its mails; on POST, one of the four things to do with it."""
    may_see(request)
    announcement = announcement_of(pk)
    if request.method == "POST":
        if not may_act(request):
            raise PermissionDenied
        done = _do(request, announcement)
        if done is not None:
            return done
        announcement = announcement_of(pk)
    if announcement.state != Announcement.State.HELD:
        return redirect("admin:timeline_announcement_change", announcement.pk)
    return _screen(request, announcement)


@require_safe
def mail_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The HTML of one mail, as a mail program would show it: its own styles, no scripts."""
    may_see(request)
    mails = _mails(audience.of(announcement_of(pk)), at=timezone.now())
    if number >= len(mails):
        raise Http404("There is no such mail.")
    response = HttpResponse(mails[number].mail.html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


# ---- who may


def may_see(request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    if not request.user.has_perm("timeline.view_announcement"):
        raise PermissionDenied


def may_act(request: HttpRequest) -> bool:
    return request.user.has_perm("timeline.change_announcement")


# ---- what is done


def _do(request: HttpRequest, announcement: Announcement) -> HttpResponse | None:
    """None if nothing was done, because it is not what the editor saw."""
    asked, at = request.POST.get("do", ""), timezone.now()
    seen = request.POST.get("seen", "")
    if asked not in DONE or not seen.isdecimal():
        messages.error(request, "Choose what to do with it: nothing is changed.")
        return None
    try:
        is_done = _act(asked, request, announcement, seen=int(seen[:9]), at=at)
    except outbox.NotAsSeen:
        messages.error(request, MERGED)
        return None
    if not is_done:
        fresh = announcement_of(announcement.pk)
        messages.warning(request, GONE.format(state=fresh.get_state_display()))
        return redirect("admin:notifications_outbox")
    said = DONE[asked].format(date=published_date(announcement.milestone))
    _log(request, announcement, said)
    messages.success(request, f"{announcement.milestone}: {said}")
    if asked in (HOLD, KEEP):
        return redirect("admin:notifications_outbox_one", announcement.pk)
    return redirect("admin:notifications_outbox")


def _act(
    asked: str, request: HttpRequest, announcement: Announcement, *, seen: int, at: datetime
) -> bool:
    if asked == SEND:
        return outbox.release(announcement, at=at, seen=seen)
    if asked == DISCARD:
        reason = f"by {request.user.get_username()}"[:100]
        return outbox.discard(announcement, at=at, reason=reason, seen=seen)
    until = at + AN_HOUR if asked == HOLD else None
    return outbox.hold(announcement, until=until, seen=seen)


def _log(request: HttpRequest, announcement: Announcement, said: str) -> None:
    editor = editor_of(request)
    assert editor is not None  # noqa: S101  (whoever may act has logged in)
    LogEntry.objects.log_actions(
        user_id=editor.pk,
        queryset=[announcement],
        action_flag=CHANGE,
        change_message=said,
        single_object=True,
    )


# ---- what is shown


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail, and to how many it would go."""

    mail: Specimen
    count: int
    is_correction: bool


def _mails(found: Audience, *, at: datetime) -> list[Shown]:
    """Those that most would get; of nobody, the one that somebody would."""
    largest = sorted(found.variants, key=lambda one: -one.count)[:MOST_VARIANTS]
    if not largest:
        mail = specimen(found.notification, base=found.notification.base, at=at)
        return [Shown(mail, 0, is_correction=False)]
    return [
        Shown(specimen(found.notification, base=one.base, at=at), one.count, one.is_correction)
        for one in largest
    ]


def _screen(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    at = timezone.now()
    found = audience.of(announcement)
    context = {
        **admin.site.each_context(request),
        "title": f"Outbox: {announcement.milestone}",
        "held": Held(announcement, at),
        "announcement": announcement,
        "bars": _bars(announcement, at=at),
        "now_published": published_date(announcement.milestone),
        "audience": found,
        "mails": _mails(found, at=at),
        "may_act": may_act(request),
        "seen": announcement.to_revision.number,
    }
    return TemplateResponse(request, "admin/notifications/held.html", context)


def _bars(announcement: Announcement, *, at: datetime) -> list[tuple[str, SafeString]]:
    """The window that readers know, and the one that they would be told."""
    after = announcement.to_revision.stated
    before = announcement.from_revision.stated if announcement.from_revision else None
    today = at.date()
    shown = [("What readers know", before), ("What they would be told", after)]
    dated = [(name, one) for name, one in shown if one is not None and one.date.is_dated]
    windows = [one.date.nominal(one.home_zone, said_on=one.said_on) for _, one in dated]
    axis = axis_of(windows, today=today)
    return [(name, window_bar(one, axis, today=today, label=name)) for name, one in dated]


def held_announcements() -> AnnouncementQuerySet:
    return Announcement.objects.held().select_related(
        "milestone__programme",
        "milestone__current_revision",
        "editor",
        "from_revision__statement__milestone",
        "to_revision__statement__milestone",
    )


def announcement_of(pk: int) -> Announcement:
    found = (
        Announcement.objects.select_related(
            "milestone__programme",
            "milestone__current_revision",
            "editor",
            "from_revision__statement__milestone",
            "to_revision__statement__milestone",
            "to_revision__statement__source",
            "to_revision__milestone",
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("There is no such announcement.")
    return found
