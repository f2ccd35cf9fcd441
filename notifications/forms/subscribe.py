"""The form with which somebody asks to be told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from notifications import pace
from notifications.forms.address import AddressForm
from notifications.subscribing import Followed
from timeline.models import Milestone, Organisation, Programme, Tag

EVERYTHING = "everything"
Choice = tuple[str, str]


class Follow(forms.Form):
    """What to follow, from a list of all there is."""

    follow = forms.ChoiceField(label="What to follow")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follow"] = forms.ChoiceField(
            label="What to follow",
            choices=list(_choices()),
            error_messages={"invalid_choice": "Choose one of the list."},
        )

    def followed(self) -> Followed:
        """What was chosen; None is everything."""
        kind, _, slug = self.cleaned_data["follow"].partition(":")
        if kind == EVERYTHING:
            return None
        followed: Followed = KINDS[kind].objects.get(slug=slug)
        return followed


class SubscribeForm(AddressForm, Follow):
    """An address, what to follow, and whether to be reminded; and how long it was looked at.

    Robots fill fields that people do not see, and are quicker than people are.
    """

    reminders = forms.BooleanField(
        label="Also remind me before a date comes",
        required=False,
        initial=True,
        help_text="A day and a month ahead, when a window opens, before it closes: never finer "
        "than what is known.",
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean(self) -> None:
        if not self.errors and not pace.is_human(self.data.get("shown", ""), at=self.at):
            raise ValidationError(
                "That was very quick. Please press the button once more: robots do not."
            )

    @property
    def shown(self) -> str:
        """When the form was first shown, for the form itself to carry."""
        return pace.kept(self.data.get("shown", ""), at=self.at)


KINDS: dict[str, type[Milestone | Organisation | Programme | Tag]] = {
    "programme": Programme,
    "milestone": Milestone,
    "organisation": Organisation,
    "tag": Tag,
}


def _choices() -> Iterator[Choice | tuple[str, list[Choice]]]:
    yield EVERYTHING, "Everything"
    yield "Programmes", [(f"programme:{p.slug}", p.title) for p in Programme.objects.in_order()]
    planned = Milestone.objects.planned().select_related("programme").in_order()
    yield "Milestones", [(f"milestone:{m.slug}", m.title) for m in planned]
    yield (
        "Organisations",
        [(f"organisation:{o.slug}", o.name) for o in Organisation.objects.in_order()],
    )
    yield "Tags", [(f"tag:{t.slug}", t.name) for t in Tag.objects.in_order()]
