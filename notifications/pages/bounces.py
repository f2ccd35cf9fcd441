"""What the provider of our mails reports, as anymail has read and authenticated it."""

from collections.abc import Mapping

from anymail.signals import AnymailTrackingEvent
from django.utils import timezone

from notifications import bouncing


def reported(event: AnymailTrackingEvent, **_: object) -> None:
    said = f"{event.mta_response or ''} {event.description or ''}".strip()
    report = bouncing.Report(
        event=event.event_type,
        reject_reason=event.reject_reason or "",
        said=said,
        message_id=event.message_id or "",
        recipient=event.recipient or "",
        metadata=event.metadata or {},
        raw=event.esp_event if isinstance(event.esp_event, Mapping) else {},
    )
    bouncing.hear(report, at=timezone.now())
