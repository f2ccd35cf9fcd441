"""Where a message leads."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from timeline.models import Milestone


def pages_of(milestone: Milestone) -> dict[str, object]:
    programme = milestone.programme.slug
    return {
        "url": absolute(milestone.get_absolute_url()),
        "calendar_url": absolute(reverse("timeline:calendar-programme", args=[programme])),
    }


def absolute(path: str) -> str:
    return urljoin(f"{settings.MILEPOST_BASE_URL}/", path)
