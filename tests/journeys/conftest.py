from collections.abc import Iterator

import pytest
import redis
from django.conf import settings

from tests.journeys.crew import Crew, running_crew
from tests.smtp_sink import sink

__all__ = ["sink"]


@pytest.fixture(scope="session")
def hired_crew(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    with running_crew(tmp_path_factory.mktemp("crew")) as crew:
        yield crew


@pytest.fixture
def crew(transactional_db: None, hired_crew: Crew) -> Iterator[Crew]:
    """It rests before the tables are emptied: hence it asks for them."""
    yield hired_crew
    hired_crew.rest()


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The real one, empty. Its other databases belong to tests that run at the same time."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()
