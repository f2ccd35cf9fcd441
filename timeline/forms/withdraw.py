from django import forms

from timeline.forms.text import PlainTextForm


class WithdrawForm(PlainTextForm, forms.Form):
    """Why a statement is taken back, and what the editor saw published."""

    reason = forms.CharField(
        label="Why, for readers",
        max_length=300,
        help_text="“We mistook the mission”, “The source took it back”.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    seen_number = forms.IntegerField(widget=forms.HiddenInput)
