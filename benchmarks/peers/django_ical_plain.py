"""django-ical as it comes, in a new Django project."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path

from benchmarks.peers.django_ical_feed import STARTPROJECT, Plans, site

settings.configure(**site(urls=__name__, middleware=STARTPROJECT))
django.setup()

urlpatterns = [path("feed.ics", Plans())]
application = get_wsgi_application()
