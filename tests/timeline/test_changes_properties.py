"""What holds for every pair of dates, whatever their forms."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, JAPAN, LONG_AGO, TBD
from timeline.changes import Change, ChangeKind, Stated, StatementKind, classify, classify_chain
from timeline.comparing import pair_of
from timeline.dates import Mode, VagueDate
from timeline.wording import amount_words, change_words, range_words

MIRRORED = {
    ChangeKind.SLIP: ChangeKind.PULL_IN,
    ChangeKind.PULL_IN: ChangeKind.SLIP,
    ChangeKind.FIRMED: ChangeKind.LOOSENED,
    ChangeKind.LOOSENED: ChangeKind.FIRMED,
    ChangeKind.UNCHANGED: ChangeKind.UNCHANGED,
}
kinds = st.sampled_from(StatementKind)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
homes = st.sampled_from([INDIA, JAPAN, "America/New_York", "Pacific/Auckland", "UTC"])
pairs = st.tuples(dates, dates)


@st.composite
def stated(draw) -> Stated:
    value = draw(st.one_of(dates, st.just(TBD.date)))
    kind = draw(kinds) if value.is_dated else StatementKind.PLAN
    return Stated(value, draw(days), draw(homes), kind)


def plan(value: VagueDate) -> Stated:
    """Said before every window here, so that none had passed."""
    return Stated(value, LONG_AGO, INDIA)


def edges(value: VagueDate) -> tuple[date, date]:
    window = value.nominal(INDIA, said_on=LONG_AGO)
    assert window.earliest is not None
    assert window.latest is not None
    return window.earliest, window.latest


def between(first: VagueDate, second: VagueDate) -> Change:
    return classify(plan(first), plan(second))


@given(before=st.none() | stated(), after=stated(), older=st.none() | stated())
def test_every_pair_has_a_kind_and_words(before, after, older):
    change = classify(before, after, last_dated=older)

    assert change.kind is not ChangeKind.EDITED
    assert change_words(change, before, after)
    assert isinstance(amount_words(change, before, after), str)
    assert isinstance(range_words(change, before, after), str)


@given(value=stated())
def test_what_is_said_again_is_unchanged(value):
    assert classify(value, value).kind is ChangeKind.UNCHANGED


@given(pair=pairs)
def test_there_and_back_is_the_same_way(pair):
    there, back = between(*pair), between(*reversed(pair))

    assert there.days is not None
    assert back.days is not None
    assert abs(there.days + back.days) <= 1
    assert (there.minutes or 0) == -(back.minutes or 0)


@given(before=stated(), after=stated())
def test_a_slip_is_later_and_a_pull_in_earlier(before, after):
    change = classify(before, after, last_dated=before)
    moved = change.minutes if change.minutes is not None else change.days

    if change.kind is ChangeKind.SLIP:
        assert moved is not None
        assert moved > 0
    if change.kind is ChangeKind.PULL_IN:
        assert moved is not None
        assert moved < 0
        assert not change.promise_broken


@given(before=stated(), after=stated())
def test_the_headline_lies_in_its_range(before, after):
    change = classify(before, after)

    if change.at_least is not None:
        assert change.days is not None
        assert change.at_most is not None
        assert change.at_least <= change.days <= change.at_most


@given(pair=pairs)
def test_the_mirror_of_a_change_is_the_opposite_change(pair):
    """For all pairs in which both sides are deadlines or neither is; else see the next test."""
    assume((pair[0].mode is Mode.BY) is (pair[1].mode is Mode.BY))

    there, back = between(*pair), between(*reversed(pair))

    assert back.kind is MIRRORED[there.kind]


@given(window=dates, deadline=dates.filter(lambda value: value.mode is Mode.BY))
def test_a_deadline_and_a_window_mirror_each_other_unless_one_cuts_the_other(window, deadline):
    """A deadline inside a window firms it, but a window that outlives a deadline slips.

    The other exception are the pairs of "not before" and "by" that name one last day: each
    lacks what the other has, so both ways firm. A rounded deadline is so in one direction.
    """
    assume(window.mode is not Mode.BY)
    first, last = edges(window)
    _, ends = edges(deadline)

    there, back = between(window, deadline).kind, between(deadline, window).kind

    if ends < first:
        assert (there, back) in {
            (ChangeKind.PULL_IN, ChangeKind.SLIP),
            (ChangeKind.UNCHANGED, ChangeKind.SLIP),
        }
    elif ends < last:
        assert there in {ChangeKind.FIRMED, ChangeKind.UNCHANGED}
        assert back is ChangeKind.SLIP
    elif ends == last and window.mode is Mode.NET:
        assert (there, back) == (ChangeKind.FIRMED, ChangeKind.FIRMED)
    else:
        assert there in {ChangeKind.LOOSENED, ChangeKind.UNCHANGED}
        assert back is ChangeKind.FIRMED


@given(first=dates, second=dates)
def test_the_centre_moves_by_the_sum_of_the_steps(first, second):
    """Bound shifts add up along a chain, so the total needs no summing."""
    third = VagueDate("2030", first.precision.YEAR)
    assume(Mode.BY not in (first.mode, second.mode))

    there = pair_of(first, LONG_AGO, second, LONG_AGO, home_zone=INDIA)
    on = pair_of(second, LONG_AGO, third, LONG_AGO, home_zone=INDIA)
    total = pair_of(first, LONG_AGO, third, LONG_AGO, home_zone=INDIA)

    assert total.d_early == there.d_early + on.d_early
    assert total.d_late == there.d_late + on.d_late


@given(chain=st.lists(stated(), max_size=6))
def test_a_chain_has_a_change_for_each_statement(chain):
    assert len(classify_chain(chain)) == len(chain)
