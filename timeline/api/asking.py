"""What may be asked in the address of a list, and a clear answer where it cannot be."""

import re
from collections.abc import Collection
from typing import Any, TypeVar

from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from timeline.api.problems import BadParameter, BadParameters
from timeline.changes import StatementKind
from timeline.models import Organisation, Programme, Tag
from timeline.models.milestone import MilestoneQuerySet

Group = TypeVar("Group", Programme, Organisation, Tag)

_SHOWN = 40
_SLUG = re.compile(r"[-\w]+", re.ASCII)


def check_parameters(request: Request, known: Collection[str]) -> None:
    """Raises BadParameters for one that nobody reads, or that is given twice."""
    errors = []
    for name, values in request.query_params.lists():
        if name not in known:
            detail = "is not known here." if known else "is not known; none is read here."
            errors.append(BadParameter(shortened(name), detail, sorted(known)))
        elif len(values) > 1:
            errors.append(BadParameter(name, "is given more than once.", ()))
    if errors:
        raise BadParameters(*errors)


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class MilestoneFilter(BaseFilterBackend):
    """Milestones of a programme, an organisation, a tag, and of one status."""

    parameters = {
        "programme": "Slug of a programme.",
        "organisation": "Slug of an organisation that takes part in the programme.",
        "tag": "Slug of a tag.",
        "status": "What is published: a plan, that it occurred, or that it was cancelled.",
    }

    def filter_queryset(self, request: Request, queryset: Any, view: APIView) -> Any:
        del view
        milestones: MilestoneQuerySet = queryset
        if programme := _group(request, "programme", Programme):
            milestones = milestones.in_programme(programme)
        if organisation := _group(request, "organisation", Organisation):
            milestones = milestones.of_organisation(organisation)
        if tag := _group(request, "tag", Tag):
            milestones = milestones.tagged(tag)
        if status := _status(request):
            milestones = milestones.filter(current_revision__status=status)
        return milestones

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        del view
        kinds = {"status": {"type": "string", "enum": [kind.value for kind in StatementKind]}}
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": words,
                "schema": kinds.get(name, {"type": "string"}),
            }
            for name, words in self.parameters.items()
        ]


def _group(request: Request, name: str, model: type[Group]) -> Group | None:
    slug = request.query_params.get(name)
    if slug is None:
        return None
    found = model.objects.filter(slug=slug).first() if _SLUG.fullmatch(slug) else None
    if found is None:
        slugs = list(model.objects.order_by("slug").values_list("slug", flat=True))
        raise BadParameters(BadParameter(name, f"there is none “{shortened(slug)}”.", slugs))
    return found


def _status(request: Request) -> str:
    status = request.query_params.get("status")
    kinds = [kind.value for kind in StatementKind]
    if status is not None and status not in kinds:
        raise BadParameters(BadParameter("status", f"“{shortened(status)}” is none.", kinds))
    return status or ""
