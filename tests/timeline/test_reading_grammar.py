from datetime import date

import pytest

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.grammar import Grammar, Meanings, Parser, Rules
from timeline.reading.tokens import tokenise

TERMINALS = {"NUMBER": lambda token: int(token.text) if token.is_number else None}
CONTEXT = Context(date(2025, 8, 29))


def outcomes(rules, text, symbol="DATE"):
    parser = Parser(Grammar(rules, terminals=TERMINALS), tokenise(text), CONTEXT)
    return parser.at(symbol, 0)


def test_a_rule_gets_the_values_of_its_symbols_and_none_for_what_is_left_out():
    rules = Rules()
    rules.rule("DATE", "the? NUMBER or|and NUMBER? later?")(lambda first, second: (first, second))

    assert outcomes(rules, "the 5 or later") == {
        3: Meanings(((5, None),)),
        4: Meanings(((5, None),)),
    }
    assert outcomes(rules, "5 and 6") == {2: Meanings(((5, None),)), 3: Meanings(((5, 6),))}


def test_several_words_in_a_row_are_one_alternative():
    rules = Rules()
    rules.words("DATE", {"not_before no_earlier_than": "net"})

    assert outcomes(rules, "no earlier than") == {3: Meanings(("net",))}
    assert outcomes(rules, "no earlier") == {}


def test_a_rule_is_applied_to_each_meaning():
    rules = Rules()
    rules.rule("EITHER", "NUMBER")(lambda n: Meanings((n, n + 10), "Which?"))
    rules.rule("DATE", "twice EITHER")(lambda n: 2 * n)

    assert outcomes(rules, "twice 4") == {2: Meanings((8, 28), "Which?")}


def test_a_rule_that_rules_meanings_out_answers_the_question():
    rules = Rules()
    rules.rule("EITHER", "NUMBER")(lambda n: Meanings((n, n + 10), "Which?"))
    rules.rule("DATE", "small EITHER")(lambda n: n if n < 10 else None)

    assert outcomes(rules, "small 4") == {2: Meanings((4,))}


def test_what_is_impossible_stays_so_but_another_reading_has_precedence():
    rules = Rules()

    def impossible(_number):
        raise DateError("no such day")

    rules.rule("DATE", "NUMBER may")(impossible)
    first = outcomes(rules, "31 may")
    rules.rule("DATE", "NUMBER may")(lambda number: number)

    assert str(first[2]) == "no such day"
    assert outcomes(rules, "31 may") == {2: Meanings((31,))}


def test_the_ends_of_the_calendar_are_no_crash():
    rules = Rules()
    rules.rule("DATE", "NUMBER")(lambda number: date.max.replace(year=9999) + (date.max - date.min))

    assert isinstance(outcomes(rules, "1")[1], DateError)


def test_a_rule_may_ask_for_the_context():
    rules = Rules()
    rules.rule("DATE", "today")(lambda context: context.said_on)

    assert outcomes(rules, "today") == {1: Meanings((CONTEXT.said_on,))}


def test_a_symbol_that_no_rule_makes_is_an_error_of_ours():
    rules = Rules()
    rules.rule("DATE", "the YEAR")(lambda year: year)

    with pytest.raises(LookupError, match="No rule makes YEAR"):
        Grammar(rules, terminals=TERMINALS)


def test_a_symbol_inside_itself_is_an_error_of_ours():
    rules = Rules()
    rules.rule("DATE", "about DATE", "NUMBER")(lambda value: value)

    with pytest.raises(LookupError, match="DATE is a part of itself"):
        Grammar(rules, terminals=TERMINALS)
