"""The cells of one row, each checked as it is taken; what is wrong is noted, not raised."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field

from timeline.importing.files import Row
from timeline.importing.problems import Problem

# Control characters, line breaks, and those that make a line show in another order.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def unprintable(text: str) -> str:
    """What is wrong with the characters of a line of text; '' if nothing."""
    found = _UNPRINTABLE.search(text)
    return f"holds the character U+{ord(found[0]):04X}; take it out" if found else ""


class Cells:
    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row, self.problems = row, problems
        self._noted_before = len(problems)

    @property
    def are_good(self) -> bool:
        return len(self.problems) == self._noted_before

    def note(self, column: str, reason: str) -> None:
        where = f"line {self.row.line}, {column}" if column else f"line {self.row.line}"
        self.problems.append(Problem(self.row.file, where, reason))

    def check_columns(self, *, known: Collection[str], needed: Collection[str]) -> None:
        for column in self.row.cells:
            if column not in known:
                self.note(column, f"there is no such column; known are {', '.join(known)}")
        for column in needed:
            if self.row.cells.get(column) is None or not str(self.row.cells[column]).strip():
                self.note(column, "is needed and missing")

    def text(self, column: str, field: "Field[Any, Any] | None" = None) -> str:
        """The text of a cell, '' if it is empty; checked as the column of a model would be."""
        value = self.row.cells.get(column)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(column, f"is {value!r}; write it as text, in quotes")
            return ""
        text = value.strip()
        reason = unprintable(text) or (_refusal(field, text) if field and text else "")
        if reason:
            self.note(column, reason)
            return ""
        return text

    def choice(self, column: str, choices: Collection[str], *, default: str) -> str:
        text = self.text(column) or default
        if text not in choices:
            self.note(column, f"“{text}” is none of {', '.join(filter(None, choices))}")
            return default
        return text

    def answer(self, column: str) -> bool | None:
        """Yes, no, or neither."""
        value = self.row.cells.get(column)
        if isinstance(value, bool):
            return value
        return {"yes": True, "true": True, "no": False, "false": False}.get(
            self.choice(column, ["", "yes", "no", "true", "false"], default="")
        )

    def day(self, column: str) -> date | None:
        text = self.text(column)
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            self.note(column, f"there is no day {text}")
            return None
        self.note(column, f"“{text}” is no day; write it as 2025-09-11")
        return None


def _refusal(field: "Field[Any, Any]", text: str) -> str:
    try:
        field.clean(text, None)
    except ValidationError as error:
        return " ".join(dict.fromkeys(error.messages))
    return ""
