"""Programmes, organisations and tags: each shows its milestones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from timeline.asof import looks
from timeline.choosing import Choice
from timeline.models import Milestone, Organisation, Programme, Tag
from timeline.models.milestone import MilestoneQuerySet
from timeline.pages.asking import answering_bad_parameters, asked_as_of, moment
from timeline.pages.buttons import offered
from timeline.pages.rows import been, over, to_come


def programmes_page(request: HttpRequest) -> HttpResponse:
    context = {
        "programmes": Programme.objects.in_order().prefetch_related("organisations"),
        "organisations": Organisation.objects.in_order(),
        "kinds": Tag.objects.kinds().in_order(),
        "tags": Tag.objects.subjects().in_order(),
    }
    return render(request, "timeline/programmes.html", context)


@answering_bad_parameters
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    programmes = Programme.objects.prefetch_related("organisations")
    programme = get_object_or_404(programmes, slug=slug)
    milestones = Milestone.objects.in_programme(programme)
    return _group_page(request, "programme", programme, milestones)


@answering_bad_parameters
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    milestones = Milestone.objects.of_organisation(organisation)
    return _group_page(request, "organisation", organisation, milestones)


@answering_bad_parameters
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    return _group_page(request, "tag", tag, Milestone.objects.tagged(tag))


def _group_page(
    request: HttpRequest,
    kind: str,
    group: Programme | Organisation | Tag,
    milestones: MilestoneQuerySet,
) -> HttpResponse:
    as_of = asked_as_of(request, now=timezone.now())
    now = moment(as_of, now=timezone.now())
    everything = looks(milestones, as_of=as_of)
    sections = to_come(everything, now=now) + over(been(everything), now=now)
    name = "kind" if isinstance(group, Tag) and group.is_kind else kind
    context = {
        "kind": kind,
        kind: group,
        "group": group,
        "sections": sections,
        "as_of": as_of,
        **offered(request, Choice({name: (group.slug,)}), name=str(group)),
    }
    return render(request, f"timeline/{kind}.html", context)
