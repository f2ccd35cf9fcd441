import pytest
from django.core.cache import cache
from rest_framework.test import APIClient


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
