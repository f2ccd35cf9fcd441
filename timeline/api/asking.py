"""What may be asked in the address of a list, and a clear answer where it cannot be."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Parameter:
    """One that is read here. `read` raises ValueError, which says what is wrong with a value."""

    words: str
    read: Callable[[str], object]
    allowed: Callable[[], Collection[str]] = tuple
    kind: Mapping[str, object] | None = None

    def described(self, name: str) -> dict[str, Any]:
        """As OpenAPI describes it."""
        schema = dict(self.kind or {"type": "string"})
        return {
            "name": name,
            "in": "query",
            "required": False,
            "description": self.words,
            "schema": schema,
        }


def read_parameters(request: Request, known: Mapping[str, Parameter]) -> dict[str, Any]:
    """The values that are given. Raises BadParameters, which names every wrong one."""
    asked, errors = {}, []
    for name, values in request.query_params.lists():
        try:
            asked[name] = _read(name, values, known)
        except ValueError as error:
            allowed = known[name].allowed() if name in known else sorted(known)
            errors.append(BadParameter(shortened(name), str(error), [*allowed]))
    if errors:
        raise BadParameters(*errors)
    return asked


def _read(name: str, values: list[str], known: Mapping[str, Parameter]) -> object:
    if name not in known:
        raise ValueError("is not known here." if known else "is not known; none is read here.")
    if len(values) > 1:
        raise ValueError("is given more than once.")
    return known[name].read(values[0])


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _one_of(model: type[Group], words: str) -> Parameter:
    def read(slug: str) -> Group:
        found = model.objects.filter(slug=slug).first() if _SLUG.fullmatch(slug) else None
        if found is None:
            raise ValueError(f"there is none “{shortened(slug)}”.")
        return found

    def slugs() -> list[str]:
        return list(model.objects.order_by("slug").values_list("slug", flat=True))

    return Parameter(words, read, slugs)


def _status(text: str) -> str:
    if text not in STATUSES:
        raise ValueError(f"“{shortened(text)}” is none.")
    return text


STATUSES = [kind.value for kind in StatementKind]


class MilestoneFilter(BaseFilterBackend):
    """Milestones of a programme, an organisation, a tag, and of one status."""

    parameters: Mapping[str, Parameter] = {
        "programme": _one_of(Programme, "Slug of a programme."),
        "organisation": _one_of(
            Organisation, "Slug of an organisation that takes part in the programme."
        ),
        "tag": _one_of(Tag, "Slug of a tag."),
        "status": Parameter(
            "What is published: a plan, that it occurred, or that it was cancelled.",
            _status,
            lambda: STATUSES,
            {"type": "string", "enum": STATUSES},
        ),
    }

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        del request
        asked: dict[str, Any] = view.asked
        milestones: MilestoneQuerySet = queryset
        if programme := asked.get("programme"):
            milestones = milestones.in_programme(programme)
        if organisation := asked.get("organisation"):
            milestones = milestones.of_organisation(organisation)
        if tag := asked.get("tag"):
            milestones = milestones.tagged(tag)
        if status := asked.get("status"):
            milestones = milestones.filter(current_revision__status=status)
        return milestones

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        del view
        return [one.described(name) for name, one in self.parameters.items()]
