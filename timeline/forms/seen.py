"""Two editors at once: a form knows what its editor saw, and refuses to overwrite what is newer."""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from timeline.forms.text import PlainTextForm

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

Values = dict[str, Any]

SOMEBODY_WAS_FASTER = (
    "Somebody changed this while you were editing it. Nothing of yours is saved and nothing of "
    "theirs is lost. Below is your version; saving again publishes it."
)


NO_SLUG = "Give a slug in Latin letters (“lunar-lander”): it stands in the address of the page."


class SeenForm(PlainTextForm, _ModelForm):
    """Carries the values that it was opened with.

    If the row was changed since, nothing is saved: the editor reads what they saw and what
    stands now, keeps their own input, and may save it knowingly. The caller holds the lock.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = _values(self.instance, list(self._meta.fields or []), self.fields)
        self.fields["seen"].initial = json.dumps(self.stands)
        if "slug" in self.fields:
            # A browser makes one of the name, but not of one in another script.
            self.fields["slug"].error_messages["required"] = NO_SLUG

    @property
    def edited(self) -> Values:
        """What the editor changed, except the relations to many."""
        names = {one.name for one in self._meta.model._meta.concrete_fields}
        return {name: self.cleaned_data[name] for name in self.changed_data if name in names}

    def clean(self) -> Values | None:
        cleaned = super().clean()
        if self.instance.pk is not None:
            self._refuse_overwriting()
        return cleaned

    def conflicts(self) -> list[str]:
        """What changed since the form was opened, as sentences."""
        seen = _read(self.cleaned_data.get("seen", ""))
        if seen is None:
            return ["This page did not come back whole. Nothing is saved; look and save again."]
        return [
            f"{self.fields[name].label}: you saw “{self._shown(name, seen.get(name))}”; "
            f"now it is “{self._shown(name, value)}”."
            for name, value in self.stands.items()
            if seen.get(name) != value
        ]

    def _refuse_overwriting(self) -> None:
        conflicts = self.conflicts()
        if not conflicts:
            return
        self.add_error(None, [SOMEBODY_WAS_FASTER, *conflicts])
        self.data["seen"] = json.dumps(self.stands)

    def _shown(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            keys = value if isinstance(value, list) else [value]
            chosen = field.queryset.filter(pk__in=[key for key in keys if isinstance(key, int)])
            return ", ".join(str(one) for one in chosen)
        if isinstance(value, bool):
            return "yes" if value else "no"
        labels = dict(getattr(self._meta.model._meta.get_field(name), "flatchoices", ()))
        return "" if value is None else str(labels.get(value, value))


def _values(instance: models.Model, names: list[str], fields: dict[str, forms.Field]) -> Values:
    values = forms.model_to_dict(instance, [name for name in names if name in fields])
    plain = {
        name: sorted(one.pk for one in value) if isinstance(value, list) else value
        for name, value in values.items()
    }
    return dict(json.loads(json.dumps(plain, cls=DjangoJSONEncoder)))


def _read(seen: str) -> Values | None:
    try:
        values = json.loads(seen)
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
