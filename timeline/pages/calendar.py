"""Calendar feeds, read by apps: no HTML, no cookie, no redirect, whatever happens.

An app that finds a page, a log-in or an emptied calendar here forgets its entries or switches
the subscription off; with 503 it keeps them and comes again.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from timeline.ical import calendar
from timeline.ical.calendar import Feed
from timeline.ical.selection import month_of
from timeline.models import Organisation, Programme, Tag

logger = logging.getLogger(__name__)

ALLOWED = "GET, HEAD, OPTIONS"
TRY_AGAIN_AFTER = "300"
KEPT_FOR = "public, max-age=300, stale-while-revalidate=3600"
_NOT_AT_ALL = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*", re.IGNORECASE)


def feed_view(find: Callable[..., Feed]) -> Callable[..., HttpResponse]:
    """A view of the feed that `find` gives for the parts of the URL."""

    # Whoever writes here is told 405, not that a form's token is missing.
    @csrf_exempt
    def view(request: HttpRequest, **parts: str) -> HttpResponse:
        response = _answer(request, partial(find, **parts))
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return view


def _answer(request: HttpRequest, find: Callable[[], Feed]) -> HttpResponse:
    if request.method == "OPTIONS":
        return _empty(status=204, headers={"Allow": ALLOWED})
    if request.method not in ("GET", "HEAD"):
        return _plain("A calendar feed is only read.", status=405, headers={"Allow": ALLOWED})
    try:
        return _calendar(request, find())
    except Http404:
        return _plain("There is no such calendar feed.", status=404)
    except Exception:  # whatever broke: only this answer makes apps keep what they have
        logger.exception("A calendar feed is broken")
        headers = {"Retry-After": TRY_AGAIN_AFTER}
        return _plain("This calendar feed will be back shortly.", status=503, headers=headers)


def _calendar(request: HttpRequest, feed: Feed) -> HttpResponse:
    written = calendar.write(feed, month=month_of(timezone.now()))
    zipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
    body = gzip.compress(written.body, mtime=0) if zipped else written.body
    changed_at = int(written.last_modified.timestamp())
    digest = hashlib.sha256(written.body).hexdigest()[:32]
    headers = {
        "ETag": f'"{digest}-gzip"' if zipped else f'"{digest}"',
        "Last-Modified": http_date(changed_at),
        "Cache-Control": KEPT_FOR,
        "Vary": "Accept-Encoding",
        "Content-Disposition": f'inline; filename="{feed.filename}"',
        "Content-Length": str(len(body)),
        **({"Content-Encoding": "gzip"} if zipped else {}),
    }
    content = b"" if request.method == "HEAD" else body
    whole = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    answer = get_conditional_response(request, headers["ETag"], changed_at, whole) or whole
    if answer is not whole:
        answer.headers.pop("Content-Type", None)
    if answer.status_code == HTTPStatus.NOT_MODIFIED:
        # Django would write 0, which says that the calendar is empty.
        answer["Content-Length"] = headers["Content-Length"]
    return answer


def takes_gzip(accepted: str) -> bool:
    """Whether gzip is asked for by name: "*" is no wish."""
    for wish in accepted.split(","):
        coding, _, weight = wish.partition(";")
        if coding.strip().lower() == "gzip":
            return _NOT_AT_ALL.fullmatch(weight) is None
    return False


def _empty(*, status: int, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=status, headers=headers)
    del response["Content-Type"]
    return response


def _plain(text: str, *, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        f"{text}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def _none() -> Feed:
    raise Http404


def _programme(slug: str) -> Feed:
    return calendar.of_programme(get_object_or_404(Programme, slug=slug))


def _organisation(slug: str) -> Feed:
    return calendar.of_organisation(get_object_or_404(Organisation, slug=slug))


def _tag(slug: str) -> Feed:
    return calendar.of_tag(get_object_or_404(Tag, slug=slug))


everything = feed_view(calendar.of_everything)
programme = feed_view(_programme)
organisation = feed_view(_organisation)
tag = feed_view(_tag)
nothing = feed_view(_none)
