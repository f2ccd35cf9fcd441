"""Send to everybody who is owed it, as `ours` or as `django` would; print what it took, as JSON.

With `profile` it prints in which functions our time went instead.
"""

import cProfile
import io
import json
import pstats
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

django.setup()

from benchmarks.serving.content import now  # noqa: E402  (rows exist from here on)
from benchmarks.telling import news, owing  # noqa: E402
from notifications import messages, sending  # noqa: E402
from notifications.models import Channel, Delivery, Notification  # noqa: E402

WARMING_UP = 2  # mails
LONGEST = 600.0  # seconds
FUNCTIONS = 30  # that a profile shows
STOP = "https://milepost.example/stop/"


def ours() -> int:
    """Until nothing is due, in one process. All must have been taken."""
    owed = news.owed()
    sending.send_due(at=now(), seconds=LONGEST)
    notification = Notification.objects.latest("pk")
    unsent = notification.deliveries.exclude(state=Delivery.State.SENT).count()
    if unsent:
        raise SystemExit(f"{unsent} mails have not left.")
    return owed


def owe_again(notification: Notification) -> int:
    """The fan-out by itself: without the edit and what else a tick does."""
    owing.ours(notification)
    return news.owed()


def warm_up() -> None:
    """What happens once in a process: modules, templates, addresses of pages."""
    sending.send_chunk(at=now())
    news.settle()


def over_one_connection(first: int, end: int) -> int:
    with get_connection() as connection:
        return one_by_one(first, end, connection=connection)


def one_by_one(first: int, end: int, *, connection: object = None) -> int:
    """To these readers the mail that Django's manual has, not noted in a database.

    Without a connection, `send()` opens one for each mail.
    """
    notification = Notification.objects.select_related("milestone").latest("pk")
    subject, shared = said(notification)
    addresses = Channel.objects.values_list("pk", "address").order_by("pk").iterator()
    for pk, address in islice(addresses, first, end):
        own = {"act": f"{STOP}{pk}", "manage": f"{STOP}{pk}", "why": "everything on Milepost"}
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("notifications/mail/change.txt", shared | {"own": own}),
            settings.MILEPOST_MAIL_FROM,
            [address],
            connection=connection,
            headers={"List-Unsubscribe": f"<{STOP}{pk}>"},
        )
        html = render_to_string("notifications/mail/change.html", shared | {"own": own})
        mail.attach_alternative(html, "text/html")
        mail.send()
    return end - first


DJANGOS = {"django": one_by_one, "django-connected": over_one_connection}


def said(notification: Notification) -> tuple[str, dict[str, object]]:
    """Subject and facts, the same for all: that much Django's manual would make once too."""
    draft = messages.draft(notification)
    return draft.subject, {**draft.facts, "headline": draft.facts["title"]}


def measured(send: Callable[[], int]) -> dict[str, float]:
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    mails = send()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "mails": mails,
        "seconds": seconds,
        "user": after.ru_utime - before.ru_utime,
        "system": after.ru_stime - before.ru_stime,
    }


def profiled(send: Callable[[], int]) -> str:
    profile, text = cProfile.Profile(), io.StringIO()
    profile.runcall(send)
    pstats.Stats(profile, stream=text).sort_stats("tottime").print_stats(FUNCTIONS)
    return text.getvalue()


if __name__ == "__main__":
    if send := DJANGOS.get(sys.argv[1]):
        send(0, WARMING_UP)
        print(json.dumps(measured(lambda: send(WARMING_UP, int(sys.argv[2])))))
    elif sys.argv[1] == "ours":
        notification = news.owe()
        owing.take_back(notification)
        owed = measured(partial(owe_again, notification))
        warm_up()
        print(json.dumps({"owed": owed, "sent": measured(ours)}))
    else:
        news.owe()
        warm_up()
        print(profiled(ours))
