"""The pages that links in mails lead to.

A GET shows a page with a button and does nothing: link scanners fetch every link. Only a POST
acts. The token is what proves who asks, so no cookie is needed, and none is believed.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import signing, subscribing
from notifications.models import Subscription
from notifications.pages.origin import origin
from timeline.pages.private import private


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a subscription: double opt-in."""
    try:
        if request.method != "POST":
            return _before_confirming(request, token)
        subscription = subscribing.confirm(token, origin=origin(request), at=timezone.now())
    except signing.ExpiredToken:
        return _page(request, "expired", status=HTTPStatus.GONE)
    except signing.TokenError:
        return _unknown(request)
    return _confirmed(request, subscription)


def _before_confirming(request: HttpRequest, token: str) -> HttpResponse:
    """What the link finds: a question, or that it was answered. Raises signing.TokenError."""
    subscription = signing.read_confirm_token(token, at=timezone.now())
    if subscription.ended_at is not None:
        raise signing.TokenError
    if subscription.is_live:
        return _confirmed(request, subscription, already=True)
    return _page(request, "confirm", subscription=subscription)


def _confirmed(
    request: HttpRequest, subscription: Subscription, *, already: bool = False
) -> HttpResponse:
    """With the way to all that is followed: the token has just proved the mailbox."""
    token = signing.manage_token(subscription.channel, made_at=timezone.now())
    manage_url = reverse("notifications:manage", args=[token])
    return _page(
        request, "confirmed", subscription=subscription, already=already, manage_url=manage_url
    )


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription, by a button here or by one click in a mail program (RFC 8058).

    The one click is answered 200 with the same words for every token, without redirect, cookie
    or log-in: nobody learns from it which tokens are ours.
    """
    one_click = request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"
    try:
        holder = signing.read_unsubscribe_token(token)
    except signing.TokenError:
        return _one_click_page() if one_click else _unknown(request)
    if request.method == "POST":
        everything = "everything" in request.POST or holder.subscription is None
        subscribing.end(
            holder,
            everything=everything,
            one_click=one_click,
            origin=origin(request),
            at=timezone.now(),
        )
        return _one_click_page() if one_click else _stopped(request, token, holder)
    if holder.is_stopped:
        return _stopped(request, token, holder, already=True)
    return _page(request, "unsubscribe", token=token, holder=holder)


def _one_click_page() -> HttpResponse:
    """Read by a mail program, if at all."""
    words = "If this link is ours, it has done its work: no more mails about this.\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _stopped(
    request: HttpRequest, token: str, holder: signing.Holder, *, already: bool = False
) -> HttpResponse:
    return _page(request, "unsubscribed", token=token, holder=holder, already=already)


def _unknown(request: HttpRequest) -> HttpResponse:
    return _page(request, "unknown", status=HTTPStatus.NOT_FOUND)


@csrf_exempt
@private
@require_http_methods(["POST"])
def take_back_page(request: HttpRequest, token: str) -> HttpResponse:
    """Undo the end of a subscription, from the page that said it had ended."""
    try:
        holder = signing.read_unsubscribe_token(token)
    except signing.TokenError:
        return _unknown(request)
    subscription = subscribing.take_back(holder, origin=origin(request), at=timezone.now())
    return _page(request, "confirmed", subscription=subscription)


def _page(
    request: HttpRequest, name: str, *, status: int = HTTPStatus.OK, **context: object
) -> HttpResponse:
    return render(request, f"notifications/{name}.html", context, status=status)
