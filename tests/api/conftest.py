from datetime import date, timedelta

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    state,
)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def get(api):
    """The JSON at an address that answers with 200."""

    def ask(address: str, **parameters: object):
        response = api.get(f"/api/v1/{address}", parameters)
        assert response.status_code == 200, response.content
        assert response.headers["Content-Type"] == "application/json"
        return response.json()

    return ask


@pytest.fixture
def refused(api):
    """The problem details at an address that refuses; its status is checked."""

    def ask(address: str, code: int, /, **parameters: object):
        response = api.get(f"/api/v1/{address}", parameters)
        assert response.status_code == code, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        return response.json()

    return ask


@pytest.fixture
def issa():
    programme = ProgrammeFactory(slug="issa-j1", title="ISSA-J1")
    programme.organisations.set(
        [OrganisationFactory(slug="nsil"), OrganisationFactory(slug="isro")]
    )
    milestone = MilestoneFactory(
        slug="issa-j1-launch",
        title="ISSA-J1 launch",
        programme=programme,
        place="Sriharikota",
        uid="6f0c1b0e-0f0d-4d38-9d4f-2a6f9f0d6a01",
    )
    milestone.tags.set([TagFactory(slug="debris")])
    source = SourceFactory(
        publisher="Astroscale",
        title="ISSA-J1",
        url="https://news.example/issa",
        grade="A",
        published_on=date(2025, 9, 11),
    )
    said = {"source": source, "announce": False}
    state(milestone, "spring 2027", on=date(2025, 9, 11), **said)
    later = NOON + timedelta(hours=1)
    state(milestone, "autumn 2027", on=date(2026, 11, 19), at=later, reason="The rocket", **said)
    return milestone
