"""What may be asked in the address of a list, as it is read and as OpenAPI describes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from timeline import choosing
from timeline.api.problems import BadParameters
from timeline.asked import Parameter, WrongParameters, read_all
from timeline.changes import StatementKind

_SLUGS = "{}, by slug: several with commas; one that has any of them is listed."
STATUS = Parameter(
    "status",
    "What is published: a plan, that it occurred, or that it was cancelled.",
    {kind.value: kind.name for kind in StatementKind},
)


def read_parameters(request: Request, known: Sequence[Parameter]) -> dict[str, Any]:
    """The values that are given. Raises BadParameters, which names every wrong one."""
    try:
        return read_all(dict(request.query_params.lists()), known)
    except WrongParameters as error:
        raise BadParameters(error) from error


def described(
    parameter: Parameter, schema: Mapping[str, object] | None = None, *, words: str = ""
) -> dict[str, Any]:
    """As OpenAPI describes it; a list without its values, which come and go."""
    kind = {"type": "array", "items": {"type": "string"}} if parameter.many else {"type": "string"}
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": words or parameter.words,
        "schema": dict(schema or kind),
        **({"style": "form", "explode": False} if parameter.many else {}),
    }


class MilestoneFilter(BaseFilterBackend):
    """Milestones of programmes, organisations, tags and kinds, and of one status."""

    @staticmethod
    def parameters() -> list[Parameter]:
        return [*choosing.parameters(), STATUS]

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        del request
        milestones = choosing.choice_of(view.asked).among(queryset)
        if status := view.asked.get("status"):
            milestones = milestones.filter(current_revision__status=status)
        return milestones

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        del view
        return [
            *(described(one, words=_SLUGS.format(one.words)) for one in choosing.parameters()),
            described(STATUS, {"type": "string", "enum": STATUS.allowed}),
        ]
