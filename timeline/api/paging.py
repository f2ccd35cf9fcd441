"""Pages by cursor: a place in the order, not a number.

Nothing is skipped or repeated while other rows come and go.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.db.models import Model, Q
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from timeline.api.asking import described
from timeline.asked import Parameter, shown


@dataclass(frozen=True, slots=True)
class Key:
    """One part of an order, nulls last: its column, and how its value is read from a cursor."""

    column: str
    read: Callable[[str], object]
    descending: bool = False

    def value_of(self, row: Model) -> object:
        return reduce(getattr, self.column.split("__"), row)

    def is_beyond(self, value: object) -> Q:
        if value is None:
            return Q(pk__in=[])
        direction = "lt" if self.descending else "gt"
        return Q(**{f"{self.column}__{direction}": value}) | Q(**{f"{self.column}__isnull": True})

    def is_equal(self, value: object) -> Q:
        return Q(**{f"{self.column}__isnull": True} if value is None else {self.column: value})


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError
    return text


# That of `MilestoneQuerySet.in_order`, and of `in_order` of the others.
MILESTONE_ORDER = (
    Key("current_revision__nominal_latest", date.fromisoformat),
    Key("current_revision__nominal_earliest", date.fromisoformat, descending=True),
    Key("current_revision__instant", _moment),
    Key("pk", int),
)
TITLE_ORDER = (Key("title", _text), Key("pk", int))
NAME_ORDER = (Key("name", _text), Key("pk", int))


USUAL, MOST = 50, 200


class Limit(Parameter):
    @property
    def allowed(self) -> Sequence[str]:
        return [f"1 to {MOST}"]

    def read_one(self, text: str) -> int:
        is_short = text.isascii() and text.isdigit() and len(text) <= len(str(MOST))
        if is_short and 1 <= int(text) <= MOST:
            return int(text)
        raise self.wrong(f"“{shown(text)}” is no number from 1 to {MOST}.")


@dataclass(frozen=True)
class Cursor(Parameter):
    """A place in that order: the values of its keys."""

    order: Sequence[Key] = ()

    def read_one(self, text: str) -> list[object]:
        try:
            return _read_cursor(text, self.order)
        except (ValueError, TypeError, RecursionError, binascii.Error):
            detail = f"“{shown(text)}” is none of ours. Take it from `next`, or begin without."
            raise self.wrong(detail) from None


CURSOR = Cursor("cursor", "Where the page begins: take it from next of the page before.")
LIMIT = Limit("limit", f"How many at most, from 1 to {MOST}; {USUAL} if not given.")


class CursorPages(BasePagination):
    """Lists of a view whose `order` says by what it is ordered."""

    @staticmethod
    def parameters(order: Sequence[Key]) -> list[Parameter]:
        return [replace(CURSOR, order=order), LIMIT]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        order: Sequence[Key] = view.order
        limit: int = view.asked.get("limit", USUAL)
        if "cursor" in view.asked:
            queryset = queryset.filter(_beyond(order, view.asked["cursor"]))
        rows = list(queryset[: limit + 1])
        self.next = None
        if len(rows) > limit:
            here = _write_cursor(rows[limit - 1], order)
            address = request.build_absolute_uri()
            self.next = replace_query_param(address, "cursor", here)
        return rows[:limit]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The next page; null on the last one.",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        del view
        return [
            described(CURSOR),
            described(LIMIT, {"type": "integer", "minimum": 1, "maximum": MOST}),
        ]


def _beyond(order: Sequence[Key], values: Sequence[object]) -> Q:
    beyond, same = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        beyond |= same & key.is_beyond(value)
        same &= key.is_equal(value)
    return beyond


def _write_cursor(row: Model, order: Sequence[Key]) -> str:
    values = [key.value_of(row) for key in order]
    texts = [
        value.isoformat() if isinstance(value, date) else None if value is None else str(value)
        for value in values
    ]
    return base64.urlsafe_b64encode(json.dumps(texts).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, order: Sequence[Key]) -> list[object]:
    padded = cursor + "=" * (-len(cursor) % 4)
    texts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    return [
        None if text is None else key.read(text) for key, text in zip(order, texts, strict=True)
    ]
