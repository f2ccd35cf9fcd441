"""Text from outside: without control characters, and on one line where one line is shown."""

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BREAKS_IN_PARAGRAPHS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
# They make a line show in another order than it is written.
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    return _BREAKS.sub(" ", _TURNS.sub("", text)).strip()


def paragraphs(text: str) -> str:
    lines = _TURNS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _BREAKS_IN_PARAGRAPHS.sub(" ", lines).strip()


class PlainTextForm(forms.BaseForm):
    """A form whose text fields hold plain text, whatever was sent."""

    data: QueryDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()
            for name, field in self.fields.items():
                self._make_plain(self.add_prefix(name), field)

    def _make_plain(self, key: str, field: forms.Field) -> None:
        text = self.data.get(key)
        if isinstance(field, forms.CharField) and isinstance(text, str):
            make_plain = paragraphs if isinstance(field.widget, forms.Textarea) else one_line
            self.data[key] = make_plain(text)


class WebAddressField(forms.URLField):
    """http or https; https if left out."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
