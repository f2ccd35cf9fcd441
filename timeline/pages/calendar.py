"""Feeds, where Django is asked for them; `tracker.feed_front` answers most before it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from timeline.feeds.serving import Serving


# Whoever writes here is told 405, not that a form's token is missing.
@csrf_exempt
def feed(request: HttpRequest, **_parts: str) -> HttpResponse:
    """The same bytes as before Django, made anew each time."""
    answer = Serving().answer(request.META, at=timezone.now().timestamp())
    status, _, reason = answer.status.partition(" ")
    response = HttpResponse(b"".join(answer.body), status=int(status), reason=reason)
    del response["Content-Type"]
    for name, value in answer.headers:
        response[name] = value
    return response
