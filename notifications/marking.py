"""Notes that mails have left. One statement, committed by itself: what is between is in doubt."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from notifications.models import Delivery
from notifications.transports.base import Receipt


def mark_sent(pks: Sequence[int], receipt: Receipt, *, lease: UUID, at: datetime) -> int:
    """Only who holds the lease may say so; returns how many rows that was true of.

    Written as SQL: the same by way of the model costs more than handing the mail over.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(len(pks)),
            [
                _stored("sent_at", at),
                receipt.code,
                receipt.text[:200],
                *pks,
                _stored("lease_token", lease),
            ],
        )
        marked: int = cursor.rowcount
    return marked


@lru_cache(maxsize=64)
def _stored(name: str, value: object) -> Any:
    """A string on SQLite; what else it may be the driver of PostgreSQL knows."""
    return Delivery._meta.get_field(name).get_db_prep_value(value, connection)  # type: ignore[union-attr]


@cache
def _statement(count: int) -> str:
    return (
        f"UPDATE {Delivery._meta.db_table}"  # noqa: S608  (of our own table, by numbers)
        " SET state = 'sent', sent_at = %s, reply_code = %s, reply_text = %s,"
        " lease_token = NULL, lease_until = NULL"
        f" WHERE id IN ({', '.join(['%s'] * count)}) AND lease_token = %s AND state = 'sending'"
    )


@transaction.atomic
def mark_digest_sent(pk: int, receipt: Receipt, *, lease: UUID, at: datetime) -> int:
    """What it took along has left with it, except what was stopped meanwhile."""
    members = Delivery.objects.batched().filter(within=pk)
    members.filter(subscription__ended_at__isnull=False).update(
        state=Delivery.State.CANCELLED, skip_reason="unsubscribed"
    )
    marked = mark_sent([pk], receipt, lease=lease, at=at)
    if marked:
        members.update(state=Delivery.State.SENT, sent_at=at)
    return marked
