"""Agree to a change of address: a button for each of the two mailboxes."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import moving, signing
from notifications.models import AddressChange
from notifications.pages.origin import origin
from timeline.pages.private import private


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def address_page(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        change, side = signing.read_address_token(token, at=at)
        if request.method == "POST":
            change = moving.agree(token, origin=origin(request), at=at)
    except signing.ExpiredToken:
        return _page(request, "address_expired", status=HTTPStatus.GONE)
    except signing.TokenError:
        return _page(request, "unknown", status=HTTPStatus.NOT_FOUND)
    return _shown(request, change, side)


def _shown(request: HttpRequest, change: AddressChange, side: str) -> HttpResponse:
    """How far it has come: a question, one side's consent, or both."""
    if moving.has_moved(change):
        return _page(request, "address_moved", change=change)
    if change.closed_at is not None:
        return _page(request, "unknown", status=HTTPStatus.NOT_FOUND)
    agreed = {moving.OLD: change.old_agreed_at, moving.NEW: change.new_agreed_at}[side]
    return _page(request, "address", change=change, is_old=side == moving.OLD, agreed=agreed)


def _page(
    request: HttpRequest, name: str, *, status: int = HTTPStatus.OK, **context: object
) -> HttpResponse:
    return render(request, f"notifications/{name}.html", context, status=status)
