"""django-ical behind Django's cache, in the order of middleware that answers 304 to gzip.

Gzip stands outside, where it compresses what is sent, and ConditionalGet inside, where it sees
bytes that are the same each time. The other way round the tag would never match: against BREACH,
Django puts some random bytes into each compressed answer.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from django.views.decorators.cache import cache_page

from benchmarks.peers.django_ical_feed import STARTPROJECT, Plans, site

HOUR = 60 * 60
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    *STARTPROJECT,
]

settings.configure(**site(urls=__name__, middleware=MIDDLEWARE))
django.setup()

urlpatterns = [path("feed.ics", cache_page(HOUR)(Plans()))]
application = get_wsgi_application()
