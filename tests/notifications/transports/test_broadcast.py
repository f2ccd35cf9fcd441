import subprocess
import sys

import pytest

from notifications.messages import Draft
from notifications.models import Notification
from notifications.transports.base import ChannelError, Fault, Parcel
from notifications.transports.broadcast import BroadcastTransport, name_of, text


def draft(subject, **facts):
    notification = Notification(kind="digest" if "items" in facts else "change")
    return Draft(notification, facts, subject=subject, pieces=())


def carry(settings, url, words="News\nIt slipped."):
    settings.MILEPOST_BROADCAST_URLS = [url]
    parcel = Parcel(message_id="1", sender="", recipient=name_of(url), content=words.encode())
    with BroadcastTransport().connect() as line:
        return line.carry(parcel)


def refusal(settings, url):
    with pytest.raises(ChannelError) as error:
        carry(settings, url)
    return error.value


@pytest.fixture
def ntfy(far_side, settings):
    settings.MILEPOST_BROADCAST_PRIVATE_HOSTS = [far_side.host]
    far_side.usual = (200, {"Content-Type": "application/json"}, b"{}")
    far_side.chat = f"ntfy://{far_side.host}/milepost"
    return far_side


def test_the_news_is_the_title(ntfy, settings):
    receipt = carry(settings, ntfy.chat)

    [posted] = ntfy.posted
    assert (posted.json["topic"], posted.json["title"]) == ("milepost", "News")
    assert posted.json["message"] == "It slipped."
    assert receipt.code == 200


def test_a_redirect_is_not_followed(ntfy, settings):
    ntfy.answers.append((302, {"Location": f"http://{ntfy.host}/elsewhere"}))

    assert refusal(settings, ntfy.chat).fault is Fault.PASSING
    assert len(ntfy.posted) == 1


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1/",
        "xml://127.0.0.1/",
        "form://127.0.0.1/",
        "syslog://",
        "dbus://",
        "nothing",
    ],
)
def test_what_is_no_chat_service_is_refused(settings, url):
    assert refusal(settings, url).fault is Fault.POLICY


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "localhost"])
def test_a_private_host_is_refused_unless_it_is_meant(settings, host):
    error = refusal(settings, f"mmost://{host}/{'a' * 26}")

    assert (error.fault, error.text) == (Fault.POLICY, f"{host} is in a private network.")


def test_a_host_that_nobody_knows_may_be_known_later(settings):
    error = refusal(settings, f"mmosts://nobody.invalid/{'a' * 26}")

    assert error.fault is Fault.PASSING


def test_what_it_says_of_a_change():
    facts = {
        "title": "NISAR launch",
        "line": "Moved by about a year",
        "reason": "Antenna",
        "publisher": "ISRO",
        "said_on": "1 May 2026",
        "url": "https://milepost.example/milestones/nisar/",
    }

    assert text(draft("NISAR launch: 2027 → 2028", **facts)) == (
        "NISAR launch: 2027 → 2028\n"
        "Moved by about a year\n"
        "Antenna\n"
        "ISRO, 1 May 2026\n"
        "https://milepost.example/milestones/nisar/"
    )


def test_what_it_says_of_several():
    items = [{"title": "NISAR", "news": "2027 → 2028"}, {"title": "LUPEX", "news": "cancelled"}]

    assert text(draft("Two dates changed", items=items)) == (
        "Two dates changed\nNISAR: 2027 → 2028\nLUPEX: cancelled"
    )


def test_no_process_loads_it_before_there_is_something_to_tell():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tracker.settings';"
        "django.setup(); import tracker.urls, notifications.transports;"
        "sys.exit('apprise' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
