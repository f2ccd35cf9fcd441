from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from timeline.asof import looks
from timeline.models import Milestone
from timeline.pages.asking import answering_bad_parameters, asked_as_of, moment
from timeline.pages.rows import been, by_year, to_come


@answering_bad_parameters
def timeline_page(request: HttpRequest) -> HttpResponse:
    as_of = asked_as_of(request, now=timezone.now())
    now = moment(as_of, now=timezone.now())
    everything = looks(Milestone.objects.all(), as_of=as_of)
    context = {
        "sections": to_come(everything, now=now),
        "past_count": len(been(everything)),
        "as_of": as_of,
        "today": timezone.now().date(),
    }
    return render(request, "timeline/timeline.html", context)


@answering_bad_parameters
def past_page(request: HttpRequest) -> HttpResponse:
    as_of = asked_as_of(request, now=timezone.now())
    past = been(looks(Milestone.objects.all(), as_of=as_of))
    years = by_year(past, now=moment(as_of, now=timezone.now()))
    return render(request, "timeline/past.html", {"sections": years, "as_of": as_of})
