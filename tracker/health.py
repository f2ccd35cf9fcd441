"""`/healthz`: this process answers. `/readyz`: and what it stands on does, too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

Handler = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: Handler) -> Handler:
    """First in line: a probe asks by address, without TLS and without our host name."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"live": True})
        return get_response(request)

    return handle
