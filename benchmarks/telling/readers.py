"""Make a milestone with a reader who follows it, if there is none, and more readers like him.

A process of its own runs it, on the database that DATABASE_URL names.
"""

import sys
from datetime import timedelta

import django
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

django.setup()

from benchmarks.serving.content import now  # noqa: E402  (rows exist from here on)
from benchmarks.telling import news  # noqa: E402
from notifications.models import Channel, Subscriber, Subscription  # noqa: E402
from tests.factories import MilestoneFactory, SourceFactory, state  # noqa: E402
from tests.notifications.factories import SubscriptionFactory  # noqa: E402

DOMAINS = 100
MANY = 30_000  # mails a day: more than any reader wants, so that no run waits for tomorrow


def first() -> Subscription:
    """A milestone that is planned, as everybody knows, and one reader as they come by the pages."""
    at = now() - timedelta(days=2)
    milestone = MilestoneFactory.create(slug="launch", title="ISSA-J1 launch", created_at=at)
    source = SourceFactory.create(publisher="JAXA", title="Space transport plan", grade="A")
    state(milestone, "spring 2028", on=at.date(), at=at, source=source, announce=False)
    return SubscriptionFactory.create(
        milestone=milestone,
        scope=Subscription.Scope.MILESTONE,
        channel__subscriber__daily_cap=MANY,
        channel__address="reader0@host0.example",
    )


@transaction.atomic
def fill(subscription: Subscription, count: int) -> None:
    """Copies of the reader at other addresses, until there are so many."""
    channel = subscription.channel
    copy(channel.subscriber, count)
    mailbox = {
        "address": f"'reader' || n || '@host' || (n % {DOMAINS}) || '.example'",
        "address_key": "'key-' || n",
        "subscriber_id": f"{channel.subscriber_id} + n",
    }
    copy(channel, count, **mailbox)
    copy(subscription, count, channel_id=f"{channel.pk} + n")


def copy(row: Model, count: int, **own: str) -> None:
    """Until there are `count` of it. `own` columns are given in SQL, by `n`, from 1 on."""
    table = row._meta.db_table
    columns = {field.column: f"one.{field.column}" for field in row._meta.concrete_fields}
    columns |= {"id": f"{row.pk} + n"} | own
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"  # noqa: S608
            f" WHERE n < {count - 1})"
            f" INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM numbers, {table} one WHERE one.id = {row.pk} AND {count} > n"
        )


def tidy() -> None:
    """New rows get new numbers, and the database knows what it has."""
    with connection.cursor() as cursor:
        models = [Subscriber, Channel, Subscription]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    news.settle(analyse=True)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    reader = Subscription.objects.first() or first()
    fill(reader, int(sys.argv[1]))
    tidy()
