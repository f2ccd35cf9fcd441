"""The forms with which a reader adds something, mutes a milestone, or moves."""

from typing import Any

from django import forms

from notifications.forms.address import AddressForm
from notifications.forms.subscribe import Follow
from timeline.models import Milestone


class FollowForm(Follow):
    reminders = forms.BooleanField(label="with reminders", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "follow_%s"} | kwargs)


class MuteForm(forms.Form):
    milestone = forms.ModelChoiceField(
        label="Tell me nothing of",
        queryset=Milestone.objects.none(),
        to_field_name="slug",
        empty_label="Choose a milestone",
        error_messages={
            "required": "Choose a milestone.",
            "invalid_choice": "Choose one of the list.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "mute_%s"} | kwargs)
        field = self.fields["milestone"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Milestone.objects.planned().select_related("programme").in_order()


class MoveForm(AddressForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "move_%s"} | kwargs)
        self.fields["email"].label = "New address"
