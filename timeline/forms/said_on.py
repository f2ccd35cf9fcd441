"""The day on which a source said something; of old sources sometimes only the month is known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from timeline.dates import Mode, Precision, VagueDate
from timeline.models import Source
from timeline.reading import Context, Understood, read


@dataclass(frozen=True, slots=True)
class SaidOn:
    """A day, or the first of a month if `precision` is "month"."""

    day: date
    precision: str


class SaidOnField(forms.CharField):
    """Takes "2026-11-20", "14 Nov 2026", "yesterday", or a month alone. Needs `today`."""

    default_error_messages = {
        "unclear": "Give a day (2026-11-20, 20 Nov 2026) or a month alone (2026-11)."
    }
    _KNOWN = {Precision.DAY: Source.Known.DAY, Precision.MONTH: Source.Known.MONTH}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.today = date.max

    def clean(self, value: Any) -> SaidOn | None:
        text = super().clean(value)
        if not text:
            return None
        reading = read(text, Context(said_on=self.today, happened=True))
        if isinstance(reading, Understood) and self._is_plain(reading.date):
            first = reading.date.window("UTC").earliest
            if first is not None:
                return SaidOn(first, self._KNOWN[reading.date.precision])
        raise ValidationError(self.error_messages["unclear"], code="unclear")

    def _is_plain(self, value: VagueDate) -> bool:
        return value.precision in self._KNOWN and value.mode is Mode.WITHIN and not value.qualifier
