import pytest
from django.conf import settings

from timeline.ical import facts, fragments


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A real hash takes half a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept_of_another_test():
    """A database that is rolled back gives the same ids again; one that is used never does."""
    facts.forget_all()
    fragments.forget_all()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite the tests use a file: in memory there is no WAL and nobody waits for a lock."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = f"{database['NAME']}-test"
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
