from django import forms

from timeline.forms.text import PlainTextForm


class ReconsiderForm(PlainTextForm, forms.Form):
    """Why an editor thinks otherwise of a statement now, and what was published as he saw it."""

    reason = forms.CharField(
        label="Why, for readers",
        max_length=300,
        help_text="“We mistook the mission”, “The source took it back”, “JAXA has confirmed it”.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    seen_number = forms.IntegerField(widget=forms.HiddenInput)
