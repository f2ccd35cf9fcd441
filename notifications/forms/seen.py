"""A form that overwrites nothing which its reader has not seen."""

from typing import Any

from django import forms
from django.http import QueryDict

CHANGED = (
    "This was changed since you opened the page, perhaps by you in another tab. Nothing of yours "
    "is saved yet. Look it over; saving again puts it in place of what stands now"
)


class SeenForm(forms.Form):
    """`seen` is what stood when the page was shown; `stands` is what stands now."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, stands: str, words: str, **kwargs: Any
    ) -> None:
        super().__init__(data.copy() if data is not None else None, **kwargs)
        self.fields["seen"].initial = self.stands = stands
        self.words = words
        self.is_stale = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.data.get("seen", "") != self.stands:
            self.is_stale = True
            self.add_error(None, f"{CHANGED}: {self.words}.")
            self._see()
        return cleaned

    def _see(self) -> None:
        """Sent again, it replaces what stands now."""
        assert isinstance(self.data, QueryDict)  # noqa: S101  (a copy that may be changed)
        self.data["seen"] = self.stands
