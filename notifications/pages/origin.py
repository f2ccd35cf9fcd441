"""Where a request comes from, as far as we keep it."""

from django.http import HttpRequest

from notifications.subscribing import Origin, origin_of


def origin(request: HttpRequest) -> Origin:
    return origin_of(
        address=request.META.get("REMOTE_ADDR", ""), browser=request.headers.get("User-Agent", "")
    )
