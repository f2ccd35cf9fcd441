from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import pace, signing
from notifications.models import AddressChange, Channel
from tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

PATH = reverse("notifications:webhooks")


def register(client, **changed):
    shown = pace.stamp(at=timezone.now() - pace.AT_LEAST)
    form = {"url": "https://hooks.example/in", "follow": "everything", "shown": shown}
    return client.post(PATH, form | changed)


def test_the_secret_is_shown_once(client):
    page = register(client)

    secret = Channel.objects.get().secret
    assert page.status_code == HTTPStatus.OK
    assert f">{secret}</textarea>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in client.get(PATH).content.decode()


def test_who_registers_a_url_that_is_not_his_gets_no_link_that_acts(client):
    page = register(client).content.decode()

    assert "/manage/" not in page.replace('"/manage/"', "").replace("/manage/asked/", "")
    assert "/confirm/" not in page


def test_behind_its_link_a_webhook_is_no_mailbox(client):
    register(client)
    channel = Channel.objects.get()
    link = reverse(
        "notifications:manage", args=[signing.manage_token(channel, made_at=timezone.now())]
    )

    page = client.get(link).content.decode()
    client.post(link, {"do": "move", "email": "ada@example.org"})

    assert "Change my address" not in page
    assert channel.secret not in page
    assert not AddressChange.objects.exists()


def test_what_was_chosen_is_followed(client):
    programme = ProgrammeFactory()

    register(client, follow=f"programme:{programme.slug}", reminders="on")

    subscription = Channel.objects.get().subscriptions.get()
    assert (subscription.programme, subscription.reminders) == (programme, True)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Say where to send to."),
        ("http://hooks.example/", "It must begin with https://."),
        ("https://localhost/", "Its host is in a private network."),
        ("https://[::ffff:10.0.0.1]/", "Its host is in a private network."),
        ("https://hooks.example:8443/", "It must be on port 443."),
        ("https://me:secret@hooks.example/", "It must have no user name, password or #."),
        ("https://hooks.example/ x", "It may hold only the signs of a web address"),
        ("hooks.example", "It must begin with https://."),
    ],
)
def test_what_will_not_do_is_said_beside_the_field(client, url, words):
    page = register(client, url=url)

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert words in page.content.decode()
    assert not Channel.objects.exists()


def test_a_robot_registers_nothing(client):
    page = register(client, website="https://spam.example")

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert not Channel.objects.exists()


def test_who_registers_without_end_is_told_to_wait(client):
    for number in range(10):
        register(client, url=f"https://hooks{number}.example/")

    page = register(client)

    assert page.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 300 < int(page["Retry-After"]) <= 360
    assert Channel.objects.count() == 10


def test_a_link_chooses_beforehand(client):
    programme = ProgrammeFactory()

    page = client.get(PATH, {"programme": programme.slug})

    assert f'value="programme:{programme.slug}" selected' in page.content.decode()


def test_a_post_without_cookie_confirms_and_a_look_does_not(client):
    register(client)
    subscription = Channel.objects.get().subscriptions.get()
    token = signing.confirm_token(subscription, asked_at=timezone.now())
    path = reverse("notifications:confirm", args=[token])

    client.get(path)
    looked = Channel.objects.get().state
    client.post(path)

    assert (looked, Channel.objects.get().state) == ("unconfirmed", "active")
