from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path


def icon(_request: HttpRequest) -> HttpResponse:
    """For pages that name none, like the admin's."""
    return redirect(static("timeline/milepost.svg"))


urlpatterns = [
    path("favicon.ico", icon),
    path("admin/", admin.site.urls),
    path("api/v1/", include("timeline.api.urls")),
    path("", include("timeline.urls")),
    path("", include("notifications.urls")),
]
if settings.MILEPOST_MAIL_BACKEND:
    # Where the provider of our mails reports what became of them.
    urlpatterns.append(path("anymail/", include("anymail.urls")))
