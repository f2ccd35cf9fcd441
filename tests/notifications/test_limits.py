from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from notifications import limits
from notifications.limits import Limit, TooManyRequests, mailbox_of
from notifications.models import RateBucket
from tests.clock import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
THREE_AN_HOUR = Limit("test", 3, HOUR)
AT_ONCE = 8


def taken(limit=THREE_AN_HOUR, of="somebody", *, at=NOON, tries=5):
    return [limits.take(limit, of, at=at) for _ in range(tries)]


def test_there_is_room_for_so_many_and_no_more():
    assert taken() == [True, True, True, False, False]


def test_room_comes_back_evenly():
    taken()

    assert taken(at=NOON + timedelta(minutes=19)) == [False] * 5
    assert taken(at=NOON + timedelta(minutes=20)) == [True] + [False] * 4
    assert taken(at=NOON + timedelta(hours=5)) == [True, True, True, False, False]


def test_each_limit_counts_for_itself_and_for_each_on_its_own():
    taken()

    assert taken(of="another", tries=1) == [True]
    assert taken(Limit("another", 3, HOUR), tries=1) == [True]


def test_who_is_refused_is_told_how_long_to_wait():
    taken()

    with pytest.raises(TooManyRequests) as refusal:
        limits.insist(THREE_AN_HOUR, "somebody", at=NOON + timedelta(minutes=5))

    assert refusal.value.wait == timedelta(minutes=15)
    assert taken(at=NOON + timedelta(minutes=20), tries=1) == [True]


def test_what_was_counted_can_be_forgotten():
    taken()

    limits.start_anew(THREE_AN_HOUR, "somebody")

    assert taken(tries=1) == [True]


def test_a_limit_for_ever_never_has_room_again_while_anybody_lives():
    assert taken(limits.QUESTIONS_WITHOUT_ANSWER) == [True, True, True, False, False]
    in_thirty_years = NOON + timedelta(days=30 * 365)
    assert taken(limits.QUESTIONS_WITHOUT_ANSWER, at=in_thirty_years) == [False] * 5


def test_what_is_counted_is_kept_as_a_key():
    taken(of="ada@example.org")

    (bucket,) = RateBucket.objects.all()
    assert "ada" not in bucket.name
    assert len(bucket.name) == 64


@pytest.mark.parametrize(
    "spelling",
    ["ada@example.org", "A.D.A@EXAMPLE.org", "ada+news@example.org", " a.da+@example.org"],
)
def test_a_mailbox_is_counted_under_all_its_names(spelling):
    assert mailbox_of(spelling) == mailbox_of("ada@example.org")


@pytest.mark.parametrize("other", ["ada@example.com", "adam@example.org", "...@example.org"])
def test_other_mailboxes_are_counted_apart(other):
    assert mailbox_of(other) != mailbox_of("ada@example.org")


def test_addresses_that_are_nothing_but_dots_and_tags_are_counted_apart():
    assert mailbox_of("+a@example.org") != mailbox_of("..@example.org")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_the_same_instant_no_more_get_through_than_there_is_room():
    ready, answers = Barrier(AT_ONCE), []

    def ask():
        ready.wait()
        try:
            with transaction.atomic():
                answers.append(limits.take(THREE_AN_HOUR, "somebody", at=NOON))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 5 + [True] * 3


@pytest.mark.django_db(transaction=True)
def test_whoever_is_called_off_has_taken_nothing():
    def ask_without_end():
        while True:
            limits.insist(THREE_AN_HOUR, "somebody", at=NOON)

    with pytest.raises(TooManyRequests):
        transaction.atomic(ask_without_end)()

    assert taken() == [True, True, True, False, False]
