"""All that a reader follows, behind the link in his mails: the token proves the mailbox.

A GET shows; only a POST acts, and then leads back with a word of how it went. No cookie is
needed, and none is believed.
"""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import adjusting, moving, signing
from notifications.forms.following import FollowForm, MoveForm, MuteForm
from notifications.forms.seen import SeenForm
from notifications.forms.suiting import PauseForm, SuitingForm
from notifications.forms.wishes import WishesForm
from notifications.forms.words import suiting_words, wishes_words
from notifications.models import Channel, Subscription
from notifications.pages.manage_acts import ACTS, NO_BUTTON, NOT_DONE, SAID, Visit, numbered
from notifications.pages.manage_sent import sent_to
from notifications.waking import wake
from timeline.pages.private import private

Wrong = dict[str, forms.Form]
Cadence = Subscription.Cadence


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def manage_page(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        channel = signing.read_manage_token(token, at=at)
    except signing.ExpiredToken:
        status = HTTPStatus.GONE
        return render(request, "notifications/manage_expired.html", {"token": token}, status=status)
    except signing.TokenError:
        return render(request, "notifications/unknown.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        return _act(Visit(request, channel, at), token)
    return _page(request, channel, token, {}, at=at)


def _act(visit: Visit, token: str) -> HttpResponse:
    act = ACTS.get(visit.request.POST.get("do", ""))
    if act is None:
        return _page(visit.request, visit.channel, token, {}, at=visit.at, not_done=NO_BUTTON)
    outcome = act(visit)
    number = visit.request.POST.get("subscription", "")
    if isinstance(outcome, str):
        wake()
        return _back(token, outcome, number)
    key = f"{visit.request.POST['do']}{number}"
    return _page(visit.request, visit.channel, token, {key: outcome}, at=visit.at)


def _back(token: str, code: str, number: str) -> HttpResponse:
    """See Other: who loads the page again does nothing again."""
    query = {"saved": code} | ({"of": number} if code == "stopped" else {})
    address = f"{reverse('notifications:manage', args=[token])}?{urlencode(query)}"
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def _page(
    request: HttpRequest,
    channel: Channel,
    token: str,
    wrong: Wrong,
    *,
    at: datetime,
    not_done: str = "",
) -> HttpResponse:
    subscriber = channel.subscriber
    subscriptions = list(_followed(channel))
    context = {
        "token": token,
        "channel": channel,
        "said": SAID.get(request.GET.get("saved", "")),
        "not_done": not_done or NOT_DONE.get(request.GET.get("saved", "")),
        "stopped": _stopped(request, channel),
        "wrong": wrong,
        "follows": list(_forms(subscriptions, channel, wrong)),
        "waiting": [one for one in subscriptions if one.confirmed_at is None],
        "muted": [one for one in subscriptions if one.cadence == Cadence.MUTED],
        "can_mute": any(one.scope != Subscription.Scope.MILESTONE for one in subscriptions),
        "follow": wrong.get("follow") or FollowForm(),
        "mute": wrong.get("mute") or MuteForm(),
        "suit": wrong.get("suit") or SuitingForm(subscriber=subscriber),
        "suiting": suiting_words(subscriber),
        "paused_until": adjusting.paused_until_day(subscriber, at=at),
        "pause": wrong.get("pause") or PauseForm(subscriber=subscriber, at=at),
        "sent": list(sent_to(channel)),
        "move": wrong.get("move") or MoveForm(),
        "is_moving": moving.is_asked(channel, at=at),
    }
    return render(request, "notifications/manage.html", context, status=_status(wrong, not_done))


def _status(wrong: Wrong, not_done: str) -> HTTPStatus:
    if not wrong:
        return HTTPStatus.BAD_REQUEST if not_done else HTTPStatus.OK
    stale = any(isinstance(form, SeenForm) and form.is_stale for form in wrong.values())
    return HTTPStatus.CONFLICT if stale else HTTPStatus.BAD_REQUEST


def _followed(channel: Channel) -> Iterator[Subscription]:
    """The widest first."""
    names = ("milestone", "tag", "programme", "organisation")
    yield from channel.subscriptions.open().select_related(*names).narrowest_first().reverse()


def _forms(
    subscriptions: list[Subscription], channel: Channel, wrong: Wrong
) -> Iterator[tuple[Subscription, str, forms.Form]]:
    """Each subscription that tells, in a line of words and as a form."""
    subscriber = channel.subscriber
    for one in subscriptions:
        if one.confirmed_at is None or one.cadence == Cadence.MUTED:
            continue
        form = wrong.get(f"adjust{one.pk}")
        form = form or WishesForm(subscription=one, subscriber=subscriber)
        yield one, wishes_words(one, subscriber), form


def _stopped(request: HttpRequest, channel: Channel) -> Subscription | None:
    """What was stopped just now, so that it can be taken back."""
    if request.GET.get("saved") != "stopped":
        return None
    one = numbered(channel, request.GET.get("of", ""))
    return one if one and one.ended_at is not None else None
