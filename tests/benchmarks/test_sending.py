"""benchmarks/sending.py: each reader gets one mail of his own, in each way. No timings."""

import json
import sys

import pytest

from benchmarks import sending
from benchmarks.measuring import mail
from benchmarks.measuring.mail import MailError, Sink
from benchmarks.sending import CONNECTED, DJANGO, SOURCE, Took, Way
from benchmarks.serving import databases, targets
from tests.smtp_sink import running_sink

MAILS = 220  # more than one claim takes

pytestmark = pytest.mark.xdist_group("benchmarks")


@pytest.fixture(scope="module")
def way(tmp_path_factory):
    database = databases.sqlite(tmp_path_factory.mktemp("benchmark"))
    targets.told_by("telling.readers", MAILS, database=database)
    return Way("SQLite", database, 0.45, 7)


def test_each_reader_gets_one_mail_of_his_own(way):
    size = sending.look_at_all(way, mails=MAILS)

    assert size > 1000


def test_it_is_told_if_a_reader_gets_none(way):
    with pytest.raises(MailError, match=f"{MAILS + 1} mails were owed, {MAILS} came"):
        sending.look_at_all(way, mails=MAILS + 1)


def test_the_slow_way_sends_the_same_news_to_so_many(way):
    with running_sink() as sink:
        found = json.loads(sending.told("django", 10, way=way, port=sink.port))
        one, *_ = sink.kept

    assert found["mails"] == 10 - 2  # those before are not measured
    assert len({kept.recipient for kept in sink.kept}) == 10
    assert one.message["Subject"].startswith("ISSA-J1 launch: ")


def test_a_profile_names_functions(way):
    with running_sink() as sink:
        told = sending.told("profile", way=way, port=sink.port)

    assert "Ordered by: internal time" in told
    assert "percall" in told


def test_the_servers_count_is_believed_and_not_ours(tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "PATIENCE", 0)
    counted = tmp_path / "counted"
    counted.write_bytes(b"sess=1 quit=0 mesg=1\rsess=1 quit=0 mesg=12\r")
    sink = Sink(port=1, counted=counted)

    assert sink.taken() == 12
    with pytest.raises(MailError, match="2 mails were sent, 0 were taken"), sink.takes(2):
        pass


def test_nothing_is_counted_before_the_first_mail(tmp_path):
    (tmp_path / "counted").touch()

    assert Sink(port=1, counted=tmp_path / "counted").taken() == 0


def test_who_lacks_the_programs_is_told_how_to_get_them(monkeypatch):
    monkeypatch.setattr(mail, "program", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["sending"])

    with pytest.raises(SystemExit, match="apt-get install postfix"):
        sending.main()


def test_the_table_says_who_works_and_who_waits():
    took = {SOURCE: [Took(0.0002)], "SQLite": [Took(0.0004, 0.0002, 0.0001, 0.00001)]}

    rows = [" ".join(row.split()) for row in sending.table(took).splitlines()]

    assert rows == [
        "mails/s µs each user system waits",
        f"{SOURCE} 5,000 200",
        "SQLite 2,500 400 200 100 100",
    ]


def test_goals_compare_with_who_only_sends_and_with_django():
    way = Way("SQLite", databases.Database("SQLite", ""), 0.45, 7)
    took = {
        SOURCE: [Took(0.0002)],
        "SQLite": [Took(0.0004, 0.0002, 0.0001, 0.00001)],
        DJANGO: [Took(0.002, 0.0015, 0.0001)],
        CONNECTED: [Took(0.0016, 0.0012, 0.0001)],
    }

    told = [
        (goal.what, round(goal.ratio, 3), goal.is_reached) for goal in sending.goals([way], took)
    ]

    assert told == [
        ("smtp-source, one session : Django, render and send()", 10, True),
        ("SQLite : smtp-source", 0.5, True),
        ("SQLite : Django, render and send()", 5, False),
        ("SQLite : Django, over one connection", 4, True),
        ("SQLite, owing : sending", 0.025, True),
    ]


def test_another_way_is_the_first_in_each_round():
    asked = []
    senders = {name: lambda name=name: asked.append(name) or Took(1) for name in "abc"}

    found = sending.measure(senders, rounds=3)

    assert "".join(asked) == "abcbcacab"
    assert {name: len(took) for name, took in found.items()} == {"a": 3, "b": 3, "c": 3}
