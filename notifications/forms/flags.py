"""Check boxes, one for each flag; together they are a number."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django import forms


class FlagsField(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, words: Mapping[Any, str], **kwargs: Any) -> None:
        choices = [(flag.value, text) for flag, text in words.items()]
        super().__init__(choices=choices, coerce=int, required=False, **kwargs)

    def clean(self, value: Any) -> int:
        return reduce(or_, super().clean(value), 0)

    def prepare_value(self, value: Any) -> Any:
        return parts(value) if isinstance(value, int) else value


def parts(flags: int) -> list[int]:
    """The flags that make up a number, the lowest first."""
    return [1 << bit for bit in range(flags.bit_length()) if flags >> bit & 1]


def in_words(flags: int, words: Mapping[Any, str]) -> list[str]:
    known: Mapping[int, str] = {int(flag): text for flag, text in words.items()}
    return [known[flag] for flag in parts(flags) if flag in known]
