import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tracker.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

django.setup()
refuse_half_configured()

from tracker.feed_front import FeedFront  # noqa: E402  (it reads rows, and they exist from here on)

application = FeedFront(get_wsgi_application(), room=settings.MILEPOST_FEED_CACHE_MB * 2**20)
