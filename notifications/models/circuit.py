from datetime import datetime, timedelta

from django.db import models, transaction

# After so many failures in a row wait so long; the last one from then on.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30)]
PROBE = timedelta(minutes=2)


class CircuitQuerySet(models.QuerySet["Circuit"]):
    def may_try(self, name: str, *, at: datetime) -> bool:
        """Whether to send this way. Once the wait is over one caller may, the others wait on."""
        if not self.filter(name=name).exists():
            return True
        return self.filter(name=name, retry_at__lte=at).update(retry_at=at + PROBE) == 1

    def retry_times(self) -> dict[str, datetime]:
        """Each way that failed last time, and when it may be tried again."""
        return dict(self.values_list("name", "retry_at"))

    def close(self, name: str) -> None:
        self.filter(name=name).delete()

    @transaction.atomic
    def trip(self, name: str, *, at: datetime, reply: str) -> datetime:
        """Note a failure of this way; returns when it may be tried again."""
        circuit, _ = self.select_for_update().get_or_create(
            name=name, defaults={"failures": 0, "since": at, "retry_at": at}
        )
        wait = WAITS[min(circuit.failures, len(WAITS) - 1)]
        circuit.failures, circuit.retry_at, circuit.reply = (
            circuit.failures + 1,
            at + wait,
            reply[:200],
        )
        circuit.save()
        return circuit.retry_at


class Circuit(models.Model):
    """A way that does not work just now: the relay itself, or one receiving domain.

    While it is open nothing is tried that way and nothing owed is blamed for it. The row goes
    when something gets through again.
    """

    name = models.CharField(max_length=200, unique=True)
    since = models.DateTimeField()
    failures = models.PositiveSmallIntegerField()
    retry_at = models.DateTimeField()
    reply = models.CharField(max_length=200, blank=True, default="")

    objects = CircuitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} since {self.since:%Y-%m-%d %H:%M}"
