"""The OpenAPI description, in the shape that the page for people shows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter of an address, or a field of an answer."""

    name: str
    kind: str
    words: str


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
    operations = [
        Operation(path, methods["get"]["summary"], _asked(methods["get"]))
        for path, methods in schema["paths"].items()
    ]
    shapes = [
        Shape(name, one.get("description", ""), _fields(one))
        for name, one in schema["components"]["schemas"].items()
        if "properties" in one and "results" not in one["properties"]
    ]
    return Description(operations, shapes)


def _asked(operation: Schema) -> list[Part]:
    return [
        Part(one["name"], _kind(one["schema"]), one.get("description", ""))
        for one in operation.get("parameters", [])
        if one["in"] == "query"
    ]


def _fields(shape: Schema) -> list[Part]:
    return [
        Part(name, _kind(one), one.get("description", ""))
        for name, one in shape["properties"].items()
    ]


def _kind(schema: Schema) -> str:
    """What a value is, in words: “string (date) or null”, “list of Statement”."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return " or ".join(_kind(one) for one in schema[several])
    if "enum" in schema:
        return ", ".join(str(one) or "''" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    kinds = schema.get("type", "object")
    words = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{words} ({schema['format']})" if "format" in schema else words
