"""Who is asking, when proxies of ours stand in front."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def believe_our_proxies(get_response: Handler) -> Handler:
    """Put the reader's address into REMOTE_ADDR.

    Each proxy appends the address it was asked from, so the last MILEPOST_PROXIES entries are
    ours to believe; whatever stands before them was written by the reader.
    """
    ours = settings.MILEPOST_PROXIES

    def handle(request: HttpRequest) -> HttpResponse:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if ours and len(chain) >= ours and chain[-ours].strip():
            request.META["REMOTE_ADDR"] = chain[-ours].strip()
        return get_response(request)

    return handle
