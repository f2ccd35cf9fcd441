from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from timeline.addresses import named
from timeline.asof import looks
from timeline.models import Milestone
from timeline.pages.asking import AsOf, answering_bad_parameters, asked_of, moment
from timeline.pages.buttons import offered
from timeline.pages.rows import been, by_year, to_come


@answering_bad_parameters
def timeline_page(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, AsOf(now=timezone.now()))
    as_of = asked.read.get("as_of")
    now = moment(as_of, now=timezone.now())
    chosen = looks(asked.choice.among(Milestone.objects.all()), as_of=as_of)
    context = {
        "sections": to_come(chosen, now=now),
        "past_count": len(been(chosen)),
        "asked": asked,
        "as_of": as_of,
        "today": timezone.now().date(),
        **offered(request, asked.choice, name=named(asked.choice)),
    }
    return render(request, "timeline/timeline.html", context)


@answering_bad_parameters
def past_page(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, AsOf(now=timezone.now()))
    as_of = asked.read.get("as_of")
    past = been(looks(asked.choice.among(Milestone.objects.all()), as_of=as_of))
    years = by_year(past, now=moment(as_of, now=timezone.now()))
    context = {"sections": years, "asked": asked, "as_of": as_of}
    return render(request, "timeline/past.html", context)
