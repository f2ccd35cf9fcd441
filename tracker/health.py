"""`/healthz`: this process answers. `/readyz`: and so does what it stands on."""

import logging
from collections.abc import Callable, Mapping

from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.exceptions import OperationalError as BrokerError

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: Handler) -> Handler:
    """Stand first in line: a probe asks by address, without TLS and our host name."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"live": True})
        if request.path == "/readyz":
            return readiness(PARTS)
        return get_response(request)

    return handle


def readiness(parts: Mapping[str, Callable[[], None]]) -> JsonResponse:
    """Ask every part. Why one fails is for the log: strangers read the answer."""
    answers = {name: works(name, ask) for name, ask in parts.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def works(name: str, ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (BrokerError, DatabaseError) as error:
        logger.warning("not ready: %s: %s", name, error)
        return False
    return True


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=0, reraise_as_library_errors=True)


PARTS: dict[str, Callable[[], None]] = {"database": database, "broker": broker}
