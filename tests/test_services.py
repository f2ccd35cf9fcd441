"""The suite runs on what it says it runs on."""

import pytest
from django.db import connection

from tests.services import ON_SQLITE


@pytest.mark.django_db
def test_the_pass_for_a_database_runs_on_that_database():
    assert connection.vendor == ("sqlite" if ON_SQLITE else "postgresql")
