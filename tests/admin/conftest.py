import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from timeline import editors


@pytest.fixture
def group(db):
    return editors.create_group()


@pytest.fixture
def editor(group):
    anna = get_user_model().objects.create_user("anna", password="a", is_staff=True)
    anna.groups.add(group)
    return anna


@pytest.fixture
def editor_client(editor):
    return logged_in(editor)


@pytest.fixture
def other_client(group):
    ben = get_user_model().objects.create_user("ben", password="b", is_staff=True)
    ben.groups.add(group)
    return logged_in(ben)


@pytest.fixture
def powerless_client(db):
    """Of somebody who may log in and do nothing."""
    return logged_in(get_user_model().objects.create_user("carl", password="c", is_staff=True))


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client
