"""All that a reader follows, behind the link in his mails: the token proves the mailbox."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import signing
from timeline.pages.private import private


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD"])
def manage_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        channel = signing.read_manage_token(token, at=timezone.now())
    except signing.ExpiredToken:
        status = HTTPStatus.GONE
        return render(request, "notifications/manage_expired.html", {"token": token}, status=status)
    except signing.TokenError:
        return render(request, "notifications/unknown.html", status=HTTPStatus.NOT_FOUND)
    followed = channel.subscriptions.open().narrowest_first()
    subscriptions = followed.select_related("milestone", "tag", "programme", "organisation")
    context = {"token": token, "channel": channel, "subscriptions": subscriptions}
    return render(request, "notifications/manage.html", context)
