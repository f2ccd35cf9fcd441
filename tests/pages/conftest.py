import pytest

from tests.clock import NOON


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock; here it stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
