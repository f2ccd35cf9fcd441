"""Whatever is typed as an address, it is one mailbox or none, and one header of one mail."""

from email import policy
from email.parser import BytesParser
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notifications import pace, sending
from notifications.models import Channel, RateBucket
from notifications.models.address import MAILBOX, address_key, normalised
from notifications.transports.memory import MemoryTransport

PIECES = [
    "ada",
    "Ada",
    "@",
    "example.org",
    "EXAMPLE.org",
    "bücher.example",
    "例え.jp",
    ".",
    "..",
    "+tag",
    "\r\n",
    "\n",
    "\r",
    "\x00",
    "\x1b",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\uff20",
    "\ufe6b",
    "\uff41",
    "\u212a",
    "ß",
    "İ",
    "xn--",
    "-",
    "<",
    ">",
    '"Ada, Eve" ',
    "Bcc: eve@example.org",
    ",eve@example.org",
    "; DROP TABLE",
    "%0d%0aBcc:",
    "=?utf-8?q?x?=",
    "(comment)",
    " ",
    "\t",
    "a" * 65,
    "b" * 260,
    "[127.0.0.1]",
]
STRANGE = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=7).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=3).map(lambda parts: f"ada{''.join(parts)}@b.org"),
    st.lists(st.sampled_from(PIECES), max_size=3).map(lambda parts: f"ada@b{''.join(parts)}.org"),
    st.emails(),
)


@given(STRANGE)
@settings(max_examples=500, deadline=None)
def test_what_is_taken_is_one_mailbox_in_one_spelling(typed):
    try:
        mailbox = normalised(typed)
    except ValueError:
        return

    assert MAILBOX.fullmatch(mailbox)
    assert mailbox.isascii()
    assert mailbox.isprintable()
    assert len(mailbox) <= 254
    assert normalised(mailbox) == mailbox
    assert address_key(mailbox) == address_key(typed) == address_key(mailbox.upper())


@pytest.mark.django_db
@given(STRANGE)
@example("ada@example.org\r\nBcc: eve@example.org")
@example("ada\x00@example.org")
@example("Ada Lovelace <ada@example.org>")
@example("Ada+news@Bücher.example")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_into_the_form_makes_one_header_of_one_mail_or_none(typed):
    RateBucket.objects.all().delete()
    before = set(Channel.objects.values_list("pk", flat=True))
    shown = pace.stamp(at=timezone.now() - pace.AT_LEAST)
    form = {"email": typed, "follow": "everything", "shown": shown}

    answer = Client().post(reverse("notifications:subscribe"), form)
    wire = MemoryTransport()
    sending.send_due(at=timezone.now(), seconds=5, transport=wire)

    made = Channel.objects.exclude(pk__in=before)
    assert answer.status_code in (HTTPStatus.FOUND, HTTPStatus.BAD_REQUEST)
    assert len(wire.carried) <= 1
    for channel in made:
        assert answer.status_code == HTTPStatus.FOUND
        assert MAILBOX.fullmatch(channel.address)
    for parcel in wire.carried:
        mail = BytesParser(policy=policy.default).parsebytes(parcel.content)
        assert mail.get_all("To") == [parcel.recipient]
        assert (mail["Cc"], mail["Bcc"]) == (None, None)
