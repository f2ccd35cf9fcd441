"""The forms with which a reader says how mails suit him, and until when he wants none."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict

from notifications.adjusting import Suiting
from notifications.forms.seen import SeenForm
from notifications.forms.words import MOST_A_DAY, WEEKDAYS, hour_words, suiting_words
from notifications.models import Subscriber
from timeline.dates import zone_named

HOURS = [(hour, hour_words(hour)) for hour in range(24)]
NO_HOUR = ("", "none")
NAMES = [field.name for field in fields(Suiting)]
LONGEST_PAUSE = timedelta(days=366)
Choices = list[tuple[str, str]]


def hour_field(label: str, *, may_be_empty: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[NO_HOUR, *HOURS] if may_be_empty else HOURS,
        coerce=int,
        empty_value=None,
        required=not may_be_empty,
    )


class SuitingForm(SeenForm):
    """Of one reader: the clock on his wall, when and how he is written to."""

    time_zone = forms.ChoiceField(
        label="Time zone", error_messages={"invalid_choice": "Choose a zone of the list."}
    )
    digest_hour = hour_field("Collected mails at")
    digest_weekday = forms.TypedChoiceField(
        label="Weekly ones on", choices=list(enumerate(WEEKDAYS, start=1)), coerce=int
    )
    quiet_from = hour_field("Quiet from", may_be_empty=True)
    quiet_to = hour_field("Quiet until", may_be_empty=True)
    language = forms.ChoiceField(label="Language of dates", choices=Subscriber.Language.choices)
    subject = forms.ChoiceField(
        label="Subject of mails",
        choices=Subscriber.Subject.choices,
        help_text="The same subject keeps mails of one milestone together in Gmail.",
    )
    daily_cap = forms.IntegerField(
        label="Mails a day at most",
        min_value=1,
        max_value=MOST_A_DAY,
        help_text="What is beyond that comes in one collected mail.",
    )

    def __init__(self, data: QueryDict | None = None, *, subscriber: Subscriber) -> None:
        stands = {name: getattr(subscriber, name) for name in NAMES}
        super().__init__(
            data,
            stands=".".join(str(value) for value in stands.values()),
            words=suiting_words(subscriber),
            initial=stands,
            auto_id="suit_%s",
        )
        self.subscriber = subscriber
        if subscriber.daily_cap > MOST_A_DAY:  # a server has no such limit
            del self.fields["daily_cap"]
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101
        zone.choices = list(_zones_with(subscriber.time_zone))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if "quiet_from" in self.errors or "quiet_to" in self.errors:
            return cleaned
        if (start is None) != (end is None):
            missing = "quiet_from" if start is None else "quiet_to"
            self.add_error(missing, "Quiet hours have a beginning and an end.")
        elif start is not None and start == end:
            self.add_error("quiet_to", "That would be no hour, or all of them.")
        return cleaned

    @property
    def suiting(self) -> Suiting:
        asked = self.cleaned_data
        return Suiting(**{name: asked.get(name, getattr(self.subscriber, name)) for name in NAMES})


class PauseForm(forms.Form):
    until = forms.DateField(
        label="Send nothing until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the first day on which mails may come again.",
            "invalid": "Write the day as 2027-03-31.",
        },
    )

    def __init__(
        self, data: QueryDict | None = None, *, subscriber: Subscriber, at: datetime
    ) -> None:
        super().__init__(data, auto_id="pause_%s")
        self.today = at.astimezone(zone_named(subscriber.time_zone)).date()
        day = timedelta(days=1)
        self.fields["until"].widget.attrs["min"] = str(self.today + day)
        self.fields["until"].widget.attrs["max"] = str(self.today + LONGEST_PAUSE)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day to come.")
        if until > self.today + LONGEST_PAUSE:
            raise forms.ValidationError("A year at most. To hear nothing any more, stop it.")
        return until


@cache
def _zones() -> dict[str, Choices]:
    """The zones of the IANA list that have a place, by their area."""
    areas: dict[str, Choices] = {}
    for name in sorted(available_timezones()):
        area, _, place = name.partition("/")
        if place and area != "Etc":
            words = place.replace("_", " ").replace("/", ": ")
            areas.setdefault(area, []).append((name, words))
    return areas


def _zones_with(own: str) -> Iterator[tuple[str, str] | tuple[str, Choices]]:
    """The same, and the reader's own, however it is called."""
    yield "UTC", "UTC"
    if own != "UTC" and own not in {name for area in _zones().values() for name, _ in area}:
        yield own, own
    yield from _zones().items()
