"""Ways other than mail that fail for long are given up: nobody is at the other end any more."""

from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from notifications.models import Channel

FOR_LONG = timedelta(days=5)


def note_failure(channel_id: int, *, text: str, at: datetime) -> None:
    """Count a refusal that may pass; a channel that has failed for five days is disabled."""
    ailing = Channel.objects.living().exclude(kind=Channel.Kind.EMAIL).filter(pk=channel_id)
    since = Coalesce("failing_since", Value(at))
    ailing.update(failures=F("failures") + 1, failing_since=since)
    lost = ailing.active().filter(failing_since__lte=at - FOR_LONG)
    lost.update(state=Channel.State.DISABLED, disabled_reason=text[:200])


def note_success(channel_id: int) -> None:
    """What it took ends the count."""
    recovered = Channel.objects.filter(pk=channel_id, failing_since__isnull=False)
    recovered.update(failures=0, failing_since=None)
