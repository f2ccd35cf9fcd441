"""What every transport promises, asked of each against a real other side."""

import time
from uuid import UUID

import pytest

from notifications import messages
from notifications.models import Channel
from notifications.transports import BY_KIND, for_kind
from notifications.transports.base import ChannelError, Fault
from tests.clock import NOON
from tests.factories import MilestoneFactory
from tests.notifications.factories import NotificationFactory
from tests.notifications.transports.counterparts import COUNTERPARTS, FAULTS, THAT_HANG, WITH_LINES

pytestmark = pytest.mark.django_db


@pytest.fixture(params=COUNTERPARTS)
def other_side(request, settings, tmp_path):
    with COUNTERPARTS[request.param](settings, tmp_path) as counterpart:
        yield counterpart
        counterpart.let_go()


@pytest.fixture
def draft():
    milestone = MilestoneFactory(title="NISAR launch")
    payload = {"title": "NISAR launch", "news": "2027 → 2028", "line": "Moved", "change": "slip"}
    return messages.draft(NotificationFactory(milestone=milestone, payload=payload))


def parcel(other_side, draft, *, number=1):
    envelope = messages.Envelope(
        message_id=UUID(int=number),
        address=other_side.address,
        address_key="0" * 64,
        date=NOON,
        why="everything on Milepost",
        scope="everything",
        links=messages.Links(act="https://milepost.example/a", manage="https://milepost.example/m"),
        secret=other_side.secret,
    )
    return other_side.transport.wrap(draft, envelope)


def refusal(other_side, draft):
    with pytest.raises(ChannelError) as error, other_side.transport.connect() as line:
        line.carry(parcel(other_side, draft))
    return error.value


def test_many_are_carried_one_after_the_other(other_side, draft):
    parcels = [parcel(other_side, draft, number=number) for number in range(3)]

    with other_side.transport.connect() as line:
        receipts = [line.carry(one) for one in parcels]

    assert sorted(other_side.taken()) == sorted(other_side.id_of(one) for one in parcels)
    assert {receipt.code // 100 for receipt in receipts} == {2}


@pytest.mark.parametrize("other_side", WITH_LINES, indirect=True)
def test_many_are_carried_over_one_connection(other_side, draft):
    with other_side.transport.connect() as line:
        for number in range(3):
            line.carry(parcel(other_side, draft, number=number))

    assert other_side.connections() == 1


def test_the_same_message_again_is_the_same(other_side, draft):
    first, again = parcel(other_side, draft), parcel(other_side, draft)

    with other_side.transport.connect() as line:
        line.carry(first)
        line.carry(again)

    assert first == again
    assert set(other_side.taken()) == {other_side.id_of(first)}


def test_two_messages_are_told_apart(other_side, draft):
    one, other = parcel(other_side, draft), parcel(other_side, draft, number=2)

    assert one.message_id != other.message_id


@pytest.mark.parametrize(("other_side", "fault"), FAULTS, indirect=["other_side"])
def test_a_trouble_is_called_by_its_name(other_side, draft, fault):
    other_side.troubles[fault]()

    assert refusal(other_side, draft).fault is fault


@pytest.mark.parametrize(
    ("other_side", "fault"),
    [one for one in FAULTS if one[1] is not Fault.RELAY],
    indirect=["other_side"],
)
def test_after_a_refusal_the_line_goes_on(other_side, draft, fault):
    other_side.troubles[fault]()

    with other_side.transport.connect() as line:
        with pytest.raises(ChannelError):
            line.carry(parcel(other_side, draft))
        other_side.relent()
        line.carry(next_one := parcel(other_side, draft, number=2))

    assert other_side.taken()[-1] == other_side.id_of(next_one)


@pytest.mark.parametrize("other_side", THAT_HANG, indirect=True)
def test_one_who_hangs_costs_a_timeout_not_a_worker(other_side, draft):
    other_side.hang()
    started = time.monotonic()

    error = refusal(other_side, draft)

    assert not error.permanent
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_kind_of_channel_keeps_the_contract(kind, settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = ""
    kept = []
    for counterpart in COUNTERPARTS.values():
        with counterpart(settings, tmp_path) as other_side:
            kept.append(type(other_side.transport))

    assert type(for_kind(kind)) in kept


def test_on_a_laptop_mail_keeps_to_the_folder():
    assert type(for_kind(Channel.Kind.EMAIL)).__name__ == "FolderTransport"
