"""What a reader may ask of us at any time: a copy of all that we know of him, and its end.

A GET shows a page with a button and does nothing; only a POST acts. The token proves who asks.
"""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import erasing, exporting, signing
from notifications.models import Channel
from timeline.pages.private import private

Answer = Callable[[HttpRequest, Channel], HttpResponse]


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request: HttpRequest, token: str) -> HttpResponse:
    return _for_the_holder(request, token, shown="export", act=_exported)


@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(request: HttpRequest, token: str) -> HttpResponse:
    return _for_the_holder(request, token, shown="erase", act=_erased)


def _for_the_holder(request: HttpRequest, token: str, *, shown: str, act: Answer) -> HttpResponse:
    try:
        channel = signing.read_manage_token(token, at=timezone.now())
    except signing.ExpiredToken:
        status = HTTPStatus.GONE
        return render(request, "notifications/manage_expired.html", {"token": token}, status=status)
    except signing.TokenError:
        return render(request, "notifications/unknown.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        return act(request, channel)
    return render(request, f"notifications/{shown}.html", {"token": token, "channel": channel})


def _exported(_request: HttpRequest, channel: Channel) -> HttpResponse:
    everything = exporting.everything_about(channel)
    answer = HttpResponse(
        json.dumps(everything, ensure_ascii=False, indent=2), content_type="application/json"
    )
    answer["Content-Disposition"] = 'attachment; filename="milepost.json"'
    return answer


def _erased(request: HttpRequest, channel: Channel) -> HttpResponse:
    erasing.erase(channel, at=timezone.now())
    return render(request, "notifications/erased.html")
