"""`/healthz`: this process answers. `/readyz`: so does what it stands on, and nothing is late."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from notifications.models import Delivery, Heartbeat
from notifications.tick import BEAT

LATE = timedelta(minutes=10)
MISSED_TICKS = 4

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
Part = Callable[[datetime], bool]


def answer_probes(get_response: Handler) -> Handler:
    """Stand first in line: a probe asks by address, without TLS and our host name."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"live": True})
        if request.path == "/readyz":
            return readiness(PARTS, at=timezone.now())
        return get_response(request)

    return handle


def readiness(parts: Mapping[str, Part], *, at: datetime) -> JsonResponse:
    """Ask every part. Why one fails is for the log: strangers read the answer."""
    answers = {name: works(name, part, at) for name, part in parts.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def works(name: str, part: Part, at: datetime) -> bool:
    try:
        return part(at)
    except (BrokerError, DatabaseError) as error:
        logger.warning("not ready: %s: %s", name, error)
        return False


def database(_at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def broker(_at: datetime) -> bool:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=0)
    return True


def tick(at: datetime) -> bool:
    """Worker and beat did their work lately, which a living process does not prove."""
    within = timedelta(seconds=MISSED_TICKS * settings.TICK_SECONDS)
    return Heartbeat.objects.is_alive(BEAT, within=within, at=at)


def punctual(at: datetime) -> bool:
    return not Delivery.objects.due(at=at - LATE).exists()


PARTS: dict[str, Part] = {
    "database": database,
    "broker": broker,
    "tick": tick,
    "punctual": punctual,
}
