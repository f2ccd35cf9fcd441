"""However often an editor changes his mind, readers hear of what came of it, once."""

from datetime import date, timedelta
from random import Random

import pytest

from notifications.tick import tick
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.journeys.crew import recipients
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now, until
from timeline.models import Announcement

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SETTLE = 10 * MINUTE
DAYS = [f"{day} {month} 2027" for month in ("June", "July", "August") for day in range(1, 31)]


def launch(*, at=NOON):
    milestone = MilestoneFactory(title="LUPEX launch", created_at=at)
    state(milestone, "spring 2027", announce=False, on=date(2026, 11, 1), at=at)
    SubscriptionFactory(channel__address="ada@example.org")
    return milestone


def subjects(sink):
    return [mail.message["Subject"] for mail in sink.kept]


def edit(milestone, *, times, last):
    """Within eight minutes, with ticks in between; returns when it has settled."""
    for number in range(times - 1):
        at = NOON + 5 * number * SECOND
        state(milestone, DAYS[number % len(DAYS)], at=at)
        if number % 10 == 0:
            tick(at=at)
    state(milestone, last, at=at + SECOND)
    return at + SECOND + SETTLE


@pytest.mark.django_db
def test_a_hundred_quick_edits_are_one_mail_with_the_net_change(sink):
    settled = edit(launch(), times=100, last="autumn 2027")

    tick(at=settled - SECOND)
    early = subjects(sink)
    tick(at=settled)
    tick(at=settled + SETTLE)

    assert (early, subjects(sink)) == ([], ["LUPEX launch: spring 2027 → autumn 2027"])


@pytest.mark.django_db
def test_quick_edits_that_end_where_they_began_are_no_mail(sink):
    settled = edit(launch(), times=20, last="spring 2027")

    tick(at=settled)
    tick(at=settled + timedelta(days=1))

    assert subjects(sink) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_twenty_edits_in_an_hour_are_a_few_mails_and_the_last_is_right(seed, sink):
    random = Random(seed)  # noqa: S311  (the same hour every time)
    milestone = launch()
    edits = dict.fromkeys(sorted(random.sample(range(60), 20)))
    words = {minute: random.choice(DAYS) for minute in edits}

    for minute in range(90):
        if minute in edits:
            state(milestone, words[minute], at=NOON + minute * MINUTE)
        if minute % 2 == 0:
            tick(at=NOON + minute * MINUTE)

    told = [subject.partition(": ")[2].split(" → ") for subject in subjects(sink)]
    assert 1 <= len(told) <= 6  # an hour has so many settle times
    assert told[0][0] == "spring 2027"
    assert [after for _, after in told[:-1]] == [before for before, _ in told[1:]]
    assert told[-1][1] == words[max(edits)]


@pytest.mark.redis
@pytest.mark.xdist_group("faults")
@pytest.mark.django_db(transaction=True)
def test_thirty_edits_while_workers_tick_are_one_mail(crew, settings):
    settings.MILEPOST_SETTLE_SECONDS = 30
    milestone = launch(at=now())
    for number in range(30):
        if number % 5 == 0:
            crew.broker.ask_for_a_tick()
        state(milestone, DAYS[number], at=now(), on=now().date())
    crew.tick()
    early = list(crew.sink.kept)

    Announcement.objects.held().update(settle_at=now() - SECOND)
    crew.tick()
    until(lambda: crew.sink.kept)
    crew.tick()

    assert (early, recipients(crew.sink)) == ([], ["ada@example.org"])
    assert subjects(crew.sink) == [f"LUPEX launch: spring 2027 → {DAYS[29]}"]
