import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A real hash takes half a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite the tests use a file: in memory there is no WAL and nobody waits for a lock."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = f"{database['NAME']}-test"
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
