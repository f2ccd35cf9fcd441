"""The form with which a reader says of what he wants to be told, and when."""

from typing import Any

from django import forms
from django.http import QueryDict

from notifications.adjusting import Wishes
from notifications.forms.flags import FlagsField
from notifications.forms.seen import SeenForm
from notifications.forms.words import NEWS, REMINDERS, cadence_words, wishes_words
from notifications.models import Subscriber, Subscription
from notifications.subscribing import WISHES

LONGEST = 365


class WishesForm(SeenForm):
    """Of one subscription: what it tells, at what size, when."""

    cadence = forms.ChoiceField(label="How often", widget=forms.RadioSelect)
    min_days = forms.IntegerField(
        label="Only if a date moves by so many days",
        min_value=0,
        max_value=LONGEST,
        help_text="0: any move. Once you were told a date, you are told whenever it moves.",
        error_messages={"required": "Say a number of days; 0 is any move."},
    )
    kinds = FlagsField(NEWS, label="News")
    reminders = forms.BooleanField(label="Remind me before a date comes", required=False)
    reminder_kinds = FlagsField(
        REMINDERS,
        label="Which reminders",
        help_text="Never finer than the date is known: no “day before” of a season.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        subscription: Subscription,
        subscriber: Subscriber,
    ) -> None:
        stands = {name: getattr(subscription, name) for name in WISHES}
        super().__init__(
            data,
            stands=".".join(str(value) for value in stands.values()),
            words=wishes_words(subscription, subscriber),
            initial=stands,
            auto_id=f"s{subscription.pk}_%s",
        )
        cadence = self.fields["cadence"]
        assert isinstance(cadence, forms.ChoiceField)  # noqa: S101
        cadence.choices = list(cadence_words(subscriber).items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reminders") and not cleaned.get("reminder_kinds", True):
            self.add_error("reminder_kinds", "Choose which, or switch reminders off.")
        if not cleaned.get("kinds", True) and not cleaned.get("reminders"):
            self.add_error("kinds", "Then nothing would be sent. Choose something, or stop it.")
        return cleaned

    @property
    def wishes(self) -> Wishes:
        return Wishes(**{name: self.cleaned_data[name] for name in WISHES})
