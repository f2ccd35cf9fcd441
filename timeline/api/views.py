"""Read-only answers of `/api/v1/`: lists by cursor, and one by its slug."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve
from drf_spectacular.utils import extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from timeline.api import serializers
from timeline.api.asking import MilestoneFilter, read_parameters
from timeline.api.description import description
from timeline.api.paging import MILESTONE_ORDER, NAME_ORDER, TITLE_ORDER, CursorPages, Key
from timeline.api.problems import MEDIA_TYPE, problem_response
from timeline.api.rows import MilestoneRow, milestone_row, with_history
from timeline.asked import Parameter
from timeline.models import Milestone, Organisation, Programme, Tag

ViewT = TypeVar("ViewT", bound="type[ListOf | OneOf]")


class ByAddress(AnonRateThrottle):
    """So many requests of one address in a time; the setting says how many."""

    def get_rate(self) -> str:
        rate: str = settings.MILEPOST_API_RATE
        return rate


class ReadOnly(APIView):
    """Open to everybody, refuses what it does not read, and explains each refusal."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [ByAddress]
    http_method_names = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = read_parameters(request, self.known_parameters())

    def known_parameters(self) -> Sequence[Parameter]:
        return ()

    def get_exception_handler(self) -> Callable[..., Response | None]:
        return problem_response


class ListOf(ReadOnly, ListAPIView[Any]):
    pagination_class = CursorPages
    order: Sequence[Key] = NAME_ORDER

    def known_parameters(self) -> Sequence[Parameter]:
        return CursorPages.parameters(self.order)


class OneOf(ReadOnly, RetrieveAPIView[Any]):
    lookup_field = "slug"

    def get_object(self) -> Any:
        rows = self.get_queryset()
        found = rows.filter(slug=self.kwargs["slug"]).first()
        if found is None:
            name = rows.model._meta.verbose_name
            there = reverse(f"api:{rows.model._meta.verbose_name_plural}")
            raise NotFound(f"There is no {name} “{self.kwargs['slug']}”. {there} lists all.")
        return found


def answers(summary: str, serializer: type[BaseSerializer[Any]]) -> Callable[[ViewT], ViewT]:
    """Describe what a view answers, and how it says that it cannot."""
    problems = {(status, MEDIA_TYPE): serializers.ProblemSerializer for status in (400, 404, 429)}

    def described(view: ViewT) -> ViewT:
        view.serializer_class = serializer
        shown = serializer(many=issubclass(view, ListOf))
        described_view: ViewT = extend_schema_view(
            get=extend_schema(summary=summary, responses={200: shown, **problems})
        )(view)
        return described_view

    return described


@answers("All milestones, in the order of time", serializers.MilestoneSerializer)
class Milestones(ListOf):
    queryset = Milestone.objects.published().in_order()
    filter_backends = [MilestoneFilter]
    order = MILESTONE_ORDER

    def known_parameters(self) -> Sequence[Parameter]:
        return [*MilestoneFilter.parameters(), *super().known_parameters()]

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page = super().paginate_queryset(with_history(queryset))
        return [milestone_row(milestone) for milestone in page or ()]


@answers("One milestone", serializers.MilestoneSerializer)
class OneMilestone(OneOf):
    queryset = with_history(Milestone.objects.published())

    def get_object(self) -> MilestoneRow:
        return milestone_row(super().get_object())


PUBLIC_MILESTONES = Prefetch("milestones", Milestone.objects.published().in_order())


@answers("All programmes, by title", serializers.ProgrammeSerializer)
class Programmes(ListOf):
    queryset = Programme.objects.in_order().prefetch_related("organisations", PUBLIC_MILESTONES)
    order = TITLE_ORDER


@answers("One programme", serializers.ProgrammeSerializer)
class OneProgramme(OneOf):
    queryset = Programmes.queryset


@answers("All organisations, by name", serializers.OrganisationSerializer)
class Organisations(ListOf):
    queryset = Organisation.objects.in_order().prefetch_related("programmes")


@answers("One organisation", serializers.OrganisationSerializer)
class OneOrganisation(OneOf):
    queryset = Organisations.queryset


@answers("All tags, by name", serializers.TagSerializer)
class Tags(ListOf):
    queryset = Tag.objects.in_order()


@answers("One tag", serializers.TagSerializer)
class OneTag(OneOf):
    queryset = Tags.queryset


@extend_schema(exclude=True)
class Index(ReadOnly):
    def get(self, request: Request) -> Response:
        names = ("milestones", "programmes", "organisations", "tags", "schema", "docs")
        return Response({name: reverse(f"api:{name}", request=request) for name in names})


@extend_schema(exclude=True)
class Nothing(ReadOnly):
    """Any other address below `/api/v1/`; where only the last slash is missing, it is added."""

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        self.check_throttles(request)
        if resolve(f"{request.path_info}/").url_name is None:
            raise NotFound(f"There is nothing at {request.path}. {reverse('api:index')} lists all.")

    def get(self, request: Request) -> HttpResponse:
        there = request.get_full_path(force_append_slash=True)
        return HttpResponsePermanentRedirect(there)


class Schema(ReadOnly, SpectacularJSONAPIView):
    """The OpenAPI 3.1 description of all this."""


def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "timeline/api.html", {"description": description()})
