"""Not more mails a second than the operator allows, nor more a minute to one domain."""

from datetime import datetime, timedelta

from django.conf import settings

from notifications.limits import Limit, take
from notifications.loads import Load
from notifications.models import Channel

A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def wait(load: Load, *, at: datetime) -> timedelta | None:
    """How long this must wait; None if it may leave, and then it is counted."""
    if load.kind != Channel.Kind.EMAIL:
        return None
    for limit, of in limits(load):
        if not take(limit, of, at=at):
            return limit.pause
    return None


def limits(load: Load) -> list[tuple[Limit, str]]:
    a_second, a_minute = settings.MILEPOST_MAILS_A_SECOND, settings.MILEPOST_MAILS_A_MINUTE
    domain = [(Limit("mails to a domain", a_minute, A_MINUTE), load.domain)] if a_minute else []
    return domain + ([(Limit("mails", a_second, A_SECOND), "all")] if a_second else [])
