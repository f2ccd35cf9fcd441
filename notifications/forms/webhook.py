"""The form with which a developer registers a webhook."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from notifications.forms.subscribe import SubscribeForm
from notifications.transports import targets


class WebhookForm(SubscribeForm):
    """A URL in place of a mailbox; what to follow as everybody else."""

    email = None  # type: ignore[assignment]  # Django's way to leave a field out
    url = forms.CharField(
        label="URL",
        max_length=targets.LONGEST,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "url"}),
        error_messages={"required": "Say where to send to."},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            targets.check(url, ours=settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS)
        except targets.Refused as error:
            raise ValidationError(str(error)) from error
        return url
