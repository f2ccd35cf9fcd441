import os

import django
from django.core.wsgi import get_wsgi_application

from tracker.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

django.setup()
refuse_half_configured()
application = get_wsgi_application()
