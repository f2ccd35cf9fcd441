from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications import exporting, signing
from notifications.models import Channel, Subscription, Suppression
from tests.notifications.factories import ChannelFactory, SubscriptionFactory
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

PAGES = ["export", "erase"]


@pytest.fixture
def reader():
    return SubscriptionFactory(channel__address="ada@example.org").channel


def url(channel, name, *, days_old=0):
    token = signing.manage_token(channel, made_at=timezone.now() - timedelta(days=days_old))
    return reverse(f"notifications:{name}", args=[token])


def test_a_reader_downloads_all_that_is_known_of_him(client, reader):
    answer = client.post(url(reader, "export"))

    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="milepost.json"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == exporting.everything_about(reader)


def test_a_reader_has_everything_deleted_by_the_press_of_a_button(reader):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(url(reader, "erase"))

    assert answer.status_code == HTTPStatus.OK
    assert texts(answer.content.decode(), "h1") == ["All of it is deleted"]
    assert strict.cookies == {}
    assert Channel.objects.living().count() == 0
    assert Suppression.objects.get().reason == "erased"


def test_looking_at_the_page_deletes_nothing(client, reader):
    page = client.get(url(reader, "erase")).content.decode()
    client.head(url(reader, "erase"))

    assert texts(page, "h1") == ["Delete all that we know of you?"]
    assert texts(page, "button") == ["Delete everything now"]
    assert "ada@example.org" in page
    assert Subscription.objects.live().count() == 1


def test_pressing_it_again_finds_no_page(client, reader):
    link = url(reader, "erase")
    client.post(link)

    assert client.post(link).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_not_found(client, name, method):
    answer = getattr(client, method)(reverse(f"notifications:{name}", args=["forged:token"]))

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_link_offers_a_new_one_and_does_nothing(client, reader, name, method):
    answer = getattr(client, method)(url(reader, name, days_old=31))

    assert answer.status_code == HTTPStatus.GONE
    assert texts(answer.content.decode(), "button") == ["Mail me a new link"]
    assert Channel.objects.living().count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_link_of_another_kind_opens_nothing(client, reader, name):
    token = signing.unsubscribe_token(reader, None)

    answer = client.post(reverse(f"notifications:{name}", args=[token]))

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert Channel.objects.living().count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_kept_out_of_caches_and_referrers(client, reader, name):
    page = client.get(url(reader, name))

    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"


def test_the_page_of_all_that_is_followed_leads_to_both(client):
    reader = ChannelFactory()

    page = client.get(url(reader, "manage")).content.decode()

    for name in PAGES:
        assert f'href="{url(reader, name)}"' in page
