"""The answer to whoever asks too often, from whichever page."""

import math
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from notifications.limits import TooManyRequests


def too_many_page(request: HttpRequest, refusal: TooManyRequests) -> HttpResponse:
    seconds = max(1, math.ceil(refusal.wait.total_seconds()))
    minutes = math.ceil(seconds / 60)
    status = HTTPStatus.TOO_MANY_REQUESTS
    answer = render(request, "notifications/too_many.html", {"minutes": minutes}, status=status)
    answer["Retry-After"] = str(seconds)
    return answer
