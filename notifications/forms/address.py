"""The form with which a stranger gives an address, as for the link to all that it follows."""

from django import forms
from django.core.exceptions import ValidationError

from notifications.models.address import normalised


class AddressForm(forms.Form):
    """An address, and a field that people do not see and robots fill."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        try:
            return normalised(self.cleaned_data["email"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    @property
    def is_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))
