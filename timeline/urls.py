from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.views.generic import RedirectView

from timeline.pages import private_feeds
from timeline.pages.builder import builder_page, preview_part
from timeline.pages.calendar import feed
from timeline.pages.changes import changes_page
from timeline.pages.groups import organisation_page, programme_page, programmes_page, tag_page
from timeline.pages.milestone import milestone_page
from timeline.pages.timeline import past_page, timeline_page

app_name = "timeline"


def to(name: str) -> Callable[..., HttpResponseBase]:
    return RedirectView.as_view(pattern_name=name, query_string=True)


urlpatterns = [
    path("", timeline_page, name="timeline"),
    path("past/", past_page, name="past"),
    path("changes/", changes_page, name="changes"),
    path("programmes/", programmes_page, name="programmes"),
    # Who cuts an address at a slash finds the list that holds it.
    path("milestones/", to("timeline:timeline")),
    path("organisations/", to("timeline:programmes")),
    path("tags/", to("timeline:programmes"), name="tags"),
    path("milestones/<slug:slug>/", milestone_page, name="milestone"),
    path("programmes/<slug:slug>/", programme_page, name="programme"),
    path("organisations/<slug:slug>/", organisation_page, name="organisation"),
    path("tags/<slug:slug>/", tag_page, name="tag"),
    path("calendar/", builder_page, name="builder"),
    # Without a slash they are pages too: "private" is no calendar.
    path("calendar/preview", to("timeline:builder-preview")),
    path("calendar/private", to("timeline:private-open")),
    path("calendar/preview/", preview_part, name="builder-preview"),
    path("calendar/private/", private_feeds.open_page, name="private-open"),
    path("calendar/private/<str:token>", to("timeline:private-manage")),
    path("calendar/private/<str:token>/", private_feeds.manage_page, name="private-manage"),
    path(
        "calendar/private/<str:token>/address/", private_feeds.address_page, name="private-address"
    ),
    path("calendar/private/<str:token>/close/", private_feeds.close_page, name="private-close"),
    path("calendar/all.ics", feed, name="calendar"),
    path("calendar/programme/<slug:slug>.ics", feed, name="calendar-programme"),
    path("calendar/organisation/<slug:slug>.ics", feed, name="calendar-organisation"),
    path("calendar/tag/<slug:slug>.ics", feed, name="calendar-tag"),
    # Here even what does not exist is not answered with a page.
    re_path(r"^calendar/", feed),
    re_path(r"^changes/.", feed),
    re_path(r"^f/", feed),
]
