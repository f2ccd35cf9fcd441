"""The form with which an operator keeps an address from being written to."""

from django import forms
from django.core.exceptions import ValidationError

from notifications.models import Suppression
from notifications.models.address import normalised
from notifications.suppressing import WHAT


class SuppressForm(forms.ModelForm):  # type: ignore[type-arg]
    """The address itself is not kept, only its key."""

    address = forms.EmailField(max_length=254)
    reason = forms.ChoiceField(choices=[(reason.value, reason.label) for reason in WHAT])

    class Meta:
        model = Suppression
        fields = ["reason"]

    def clean_address(self) -> str:
        try:
            return normalised(self.cleaned_data["address"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
