"""The OpenAPI description, in the shape that the page for people shows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]
_FIRST = ["Milestone", "Date", "Change", "Statement", "Revision", "Source"]


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter of an address, or a field of an answer."""

    name: str
    kind: str
    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    summary: str
    parameters: list[Part]

    @property
    def can_be_followed(self) -> bool:
        return "{" not in self.path


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    words: str
    fields: list[Part]


@dataclass(frozen=True, slots=True)
class Description:
    operations: list[Operation]
    shapes: list[Shape]


@cache
def description() -> Description:
    """All that can be asked and answered; the same for as long as the program runs."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    named: dict[str, Schema] = schema["components"]["schemas"]
    operations = [
        Operation(path, methods["get"]["summary"], _asked(methods["get"], named))
        for path, methods in schema["paths"].items()
    ]
    shapes = [
        Shape(name, named[name].get("description", ""), _fields(named[name], named))
        for name in sorted(named, key=_rank)
        if "properties" in named[name] and "results" not in named[name]["properties"]
    ]
    return Description(operations, shapes)


def _rank(name: str) -> tuple[int, str]:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST), name


def _asked(operation: Schema, named: dict[str, Schema]) -> list[Part]:
    return [
        Part(one["name"], _kind(one["schema"], named), one.get("description", ""))
        for one in operation.get("parameters", [])
        if one["in"] == "query"
    ]


def _fields(shape: Schema, named: dict[str, Schema]) -> list[Part]:
    return [
        Part(name, _kind(one, named), one.get("description", ""), _shape_of(one, named))
        for name, one in shape["properties"].items()
    ]


def _kind(schema: Schema, named: dict[str, Schema]) -> str:
    """What a value is, in words: “string (date) or null”, “list of Statement”."""
    if "$ref" in schema:
        name = _name(schema)
        return name if "properties" in named[name] else _kind(named[name], named)
    for several in ("allOf", "oneOf"):
        if several in schema:
            return ", ".join(_kind(one, named) for one in schema[several])
    if "enum" in schema:
        return ", ".join(str(one) or "empty" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'], named)}"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    form = f" ({schema['format']})" if "format" in schema else ""
    return " or ".join(kind if kind == "null" else f"{kind}{form}" for kind in kinds)


def _shape_of(schema: Schema, named: dict[str, Schema]) -> str:
    """The name of the shape that a field holds, or a list of; '' if it holds a plain value."""
    inner = schema.get("items", schema)
    inner = inner.get("allOf", [inner])[0]
    return _name(inner) if "properties" in named.get(_name(inner), {}) else ""


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
