"""The calendars that a newcomer is served first, read by four parsers and in both forms."""

import json

import pytest
from django.test import Client

from tests.calendars.parsers import levelled
from tests.clock import NOON
from timeline.ical.options import PARAMETERS
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Organisation, Programme, Tag

pytestmark = [pytest.mark.django_db, pytest.mark.ical_js, pytest.mark.libical]

GROUPS = {"programme": Programme, "organisation": Organisation, "tag": Tag}


@pytest.fixture(autouse=True)
def _content(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    import_files(FIRST_CONTENT, at=NOON)


def addresses() -> list[tuple[str, str]]:
    """Of each value of each option alone, of many together, and of each group."""
    alone = [f"{name}={value}" for name, one in PARAMETERS.items() for value in one.values]
    together = "vague=both&year=digest&alarms=1w,1d,1h&busy=1&days=each&past=all"
    groups = [
        (f"/calendar/{name}/{one.slug}", "")
        for name, model in GROUPS.items()
        for one in model.objects.all()
    ]
    return [*(("/calendar/all", f"?{query}") for query in ["", *alone, together]), *groups]


def test_every_calendar_of_the_first_content_is_read_alike_and_is_the_same_in_jcal(read_by_all):
    client, entries = Client(), {}
    for path, query in addresses():
        text, jcal = (client.get(f"{path}{ending}{query}") for ending in (".ics", ".jcal.json"))

        assert (text.status_code, jcal.status_code) == (200, 200)
        read = read_by_all(text.content)
        assert levelled(json.loads(jcal.content)) == read
        uids = [value for _, told, _ in read[2] for name, _, _, value, *_ in told if name == "uid"]
        assert len(set(uids)) == len(uids)
        entries[path + query] = len(uids)

    counts = [entries[f"/calendar/all?{query}"] for query in ("vague=none", "", "past=all")]
    assert 0 < counts[0] < counts[1] < counts[2]
