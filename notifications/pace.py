"""How long a form has been looked at, without a cookie: it carries the moment, signed."""

from datetime import UTC, datetime, timedelta

from django.core import signing

AT_LEAST = timedelta(seconds=2)
AT_MOST = timedelta(days=1)


def stamp(*, at: datetime) -> str:
    return _signer().sign(str(at.timestamp()))


def is_human(carried: str, *, at: datetime) -> bool:
    """Whether the form was shown at least two seconds ago, and today."""
    shown_at = _read(carried)
    return shown_at is not None and AT_LEAST <= at - shown_at <= AT_MOST


def kept(carried: str, *, at: datetime) -> str:
    """The stamp that a form carried if it is good still, else a new one.

    Whoever mends a slip of the pen has been there for a while.
    """
    shown_at = _read(carried)
    return carried if shown_at is not None and at - shown_at <= AT_MOST else stamp(at=at)


def _read(carried: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(_signer().unsign(carried)), UTC)
    except signing.BadSignature:
        return None


def _signer() -> signing.Signer:
    """Made when it is needed: without a secret there is none, which the checks say in words."""
    return signing.Signer(salt="notifications.pace")
