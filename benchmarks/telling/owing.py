"""Owe one notification to all who wait for it, in several ways in turn; print the seconds as JSON.

Each way writes the same rows into the same table, where they are not before. With `news` it
says first that all that is owed has left, and has another date told, and fanned out once.
"""

import gc
import json
import sys
import time
from collections.abc import Callable

import django
from django.core.management.color import no_style
from django.db import connection
from django.db.models import F

django.setup()

from benchmarks.measuring.processes import peak_memory  # noqa: E402
from benchmarks.telling import news  # noqa: E402  (rows exist from here on)
from notifications import fanout  # noqa: E402
from notifications.models import Delivery, Notification, Subscription  # noqa: E402

TABLE = Delivery._meta.db_table
NEW_UUID = {"postgresql": "GEN_RANDOM_UUID()", "sqlite": "LOWER(HEX(RANDOMBLOB(16)))"}
AT_ONCE = 5000  # rows that bulk_create writes with one statement
Way = Callable[[Notification], None]


# ---- the ways ----------------------------------------------------------------------------------


def ours(notification: Notification) -> None:
    Notification.objects.filter(pk=notification.pk).update(
        state=Notification.State.PENDING, cursor=0
    )
    fanout.fan_out(notification, at=notification.noted_at)


def bare(notification: Notification) -> None:
    """One statement, which knows beforehand what to write and to whom."""
    columns = {column: f"pattern.{column}" for column in columns_of_all()} | {
        "channel_id": "subscription.channel_id",
        "subscription_id": "subscription.id",
        "message_id": NEW_UUID[connection.vendor],
    }
    run(
        f"INSERT INTO {TABLE} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"  # noqa: S608
        f" FROM {Subscription._meta.db_table} subscription, pattern"
        f" WHERE subscription.milestone_id = {notification.milestone_id}"
    )


def by_bulk_create(notification: Notification) -> None:
    (base,) = run("SELECT base_id FROM pattern")
    followers = Subscription.objects.filter(milestone=notification.milestone_id)
    Delivery.objects.bulk_create(
        [
            Delivery(
                notification=notification,
                channel_id=channel,
                subscription_id=subscription,
                base_id=base,
                owed_at=notification.noted_at,
                next_attempt_at=notification.noted_at,
            )
            for channel, subscription in followers.values_list("channel", "pk")
        ],
        batch_size=AT_ONCE,
    )


WAYS: dict[str, Way] = {"ours": ours, "bare": bare, "bulk_create": by_bulk_create}


# ---- in turn -----------------------------------------------------------------------------------


def measure(notification: Notification, *, rounds: int, ways: list[str]) -> dict[str, object]:
    memory = remember_what_ours_writes(notification)
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds):
        first = number % len(ways)
        for way in ways[first:] + ways[:first]:
            seconds[way].append(timed(WAYS[way], notification))
            check_same(way, notification)
    return {"memory": memory, "seconds": seconds}


def remember_what_ours_writes(notification: Notification) -> int:
    """Keep one row as a pattern, and all to compare; returns by how much our memory peaked."""
    if connection.vendor == "sqlite":
        run("PRAGMA mmap_size=0")  # else what the kernel keeps of the file counts as ours
    before = peak_memory()
    timed(ours, notification)
    grown = peak_memory() - before
    run(
        f"CREATE TEMPORARY TABLE pattern AS SELECT * FROM {TABLE}"  # noqa: S608
        f" WHERE notification_id = {notification.pk} LIMIT 1"
    )
    run(f"CREATE TEMPORARY TABLE ours AS {without_numbers(notification)}")
    return grown


def timed(way: Way, notification: Notification) -> float:
    take_back(notification)
    gc.collect()
    began = time.perf_counter()
    way(notification)
    return time.perf_counter() - began


def take_back(notification: Notification) -> None:
    """Nothing of it is owed, and what was written before is on the disk."""
    if Delivery.objects.exclude(notification=notification).exists():
        run(f"DELETE FROM {TABLE} WHERE notification_id = {notification.pk}")  # noqa: S608
        if connection.vendor == "postgresql":
            run(f"VACUUM {TABLE}")
    else:
        flush = connection.ops.sql_flush(no_style(), [TABLE], allow_cascade=True)
        connection.ops.execute_sql_flush(flush)
    news.settle()


def check_same(way: str, notification: Notification) -> None:
    written = without_numbers(notification)
    (others,) = run(f"SELECT count(*) FROM ({written} EXCEPT SELECT * FROM ours) o")  # noqa: S608
    (wanted,) = run("SELECT count(*) FROM ours")
    if others or Delivery.objects.filter(notification=notification).count() != wanted:
        raise SystemExit(f"{way} did not write the rows that ours did.")


def without_numbers(notification: Notification) -> str:
    columns = [column for column in columns_of_all() if column != "message_id"]
    return f"SELECT {', '.join(columns)} FROM {TABLE} WHERE notification_id = {notification.pk}"  # noqa: S608


def columns_of_all() -> list[str]:
    return [field.column for field in Delivery._meta.concrete_fields if not field.primary_key]


def run(statement: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else ()


def say_that_all_has_left() -> None:
    owed = Delivery.objects.queued()
    owed.update(state=Delivery.State.SENT, sent_at=F("owed_at"), first_attempt_at=F("owed_at"))


if __name__ == "__main__":
    if sys.argv[1] == "news":
        say_that_all_has_left()
        news.owe()
    else:
        noted = Notification.objects.latest("pk")
        print(json.dumps(measure(noted, rounds=int(sys.argv[1]), ways=sys.argv[2:])))
