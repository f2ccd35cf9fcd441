"""A small grammar engine: rules as text patterns, their meanings as functions.

A pattern lists what stands side by side: small letters are words of the text ("a|b" one of
them, "no_earlier_than" several in a row), CAPITALS are other symbols, "?" makes one optional.
The function of a rule gets the values of the symbols of its pattern, None for those left out.

    @RULES.rule("YEAR", "the? year? DIGITS4")
    def year(number: int) -> Unit: ...

What is ambiguous stays so: a value may be `Meanings`, and every rule above is applied to each
of them. A DateError travels upwards in the same way, so that "31 February 2026" is known as one
impossible date and not read as the possible date "February 2026".
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from timeline.dates import DateError
from timeline.reading.answers import Context
from timeline.reading.tokens import Token, tokenise

_MOST_MEANINGS = 12
_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a stretch of text may mean, the likeliest first, and why that is not clear."""

    alternatives: tuple[object, ...]
    why: str = ""


Outcome = Meanings | DateError


def all_of(value: object) -> tuple[object, ...]:
    """What a value may mean; itself, if it is clear."""
    return value.alternatives if isinstance(value, Meanings) else (value,)


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a pattern: a symbol, or one of several sequences of words."""

    symbol: str
    sequences: tuple[tuple[str, ...], ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    elements: tuple[_Element, ...]
    function: Callable[..., object]
    wants_context: bool


class Rules:
    """The rules of one field, in order: the first that reads a stretch of text has it."""

    def __init__(self) -> None:
        self.by_symbol: dict[str, list[_Rule]] = {}

    def rule(self, symbol: str, *patterns: str) -> Callable[[_Function], _Function]:
        def register(function: _Function) -> _Function:
            wants_context = "context" in inspect.signature(function).parameters
            for pattern in patterns:
                rule = _Rule(_elements(pattern), function, wants_context)
                self.by_symbol.setdefault(symbol, []).append(rule)
            return function

        return register

    def words(self, symbol: str, values: Mapping[str, object]) -> None:
        """Words with a value: {"january jan": 1}, alternatives parted by spaces."""
        for alternatives, value in values.items():
            self.rule(symbol, "|".join(alternatives.split()))(_constant(value))


def _constant(value: object) -> Callable[[], object]:
    return lambda: value


def _elements(pattern: str) -> tuple[_Element, ...]:
    return tuple(_element(part) for part in pattern.split())


def _element(part: str) -> _Element:
    optional = len(part) > 1 and part.endswith("?")
    bare = part.removesuffix("?") if optional else part
    if bare.isupper():
        return _Element(bare, (), optional)
    sequences = tuple(
        tuple(token.text for token in tokenise(words.replace("_", " ")))
        for words in bare.split("|")
    )
    return _Element("", sequences, optional)


class Grammar:
    """All rules together, and the kinds of single tokens (`terminals`) they are built on."""

    def __init__(
        self, *books: Rules, terminals: Mapping[str, Callable[[Token], object | None]]
    ) -> None:
        self.rules: dict[str, list[_Rule]] = {}
        for book in books:
            for symbol, rules in book.by_symbol.items():
                self.rules.setdefault(symbol, []).extend(rules)
        self.terminals = terminals
        self._shallow: set[str] = set()
        self._check()
        self._begins: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.starts = {
            symbol: [(rule, *self._first(rule)) for rule in rules]
            for symbol, rules in self.rules.items()
        }

    def _check(self) -> None:
        known = self.rules.keys() | self.terminals.keys()
        every = (rule for rules in self.rules.values() for rule in rules)
        unknown = {e.symbol for rule in every for e in rule.elements if e.symbol} - known
        if unknown:
            raise LookupError(f"No rule makes {', '.join(sorted(unknown))}.")
        for symbol in self.rules:
            self._check_depth(symbol, ())

    def _check_depth(self, symbol: str, above: tuple[str, ...]) -> None:
        """A symbol inside itself could nest without end, and its work would not be bounded."""
        if symbol in above:
            raise LookupError(f"{symbol} is a part of itself: {' in '.join(above)}.")
        if symbol not in self._shallow:
            inside = {e.symbol for rule in self.rules.get(symbol, ()) for e in rule.elements}
            for part in inside - {""}:
                self._check_depth(part, (*above, symbol))
            self._shallow.add(symbol)

    def _first(self, rule: _Rule) -> tuple[frozenset[str], frozenset[str]]:
        """The words and the kinds of token that a rule can begin with."""
        words: set[str] = set()
        kinds: set[str] = set()
        for element in rule.elements:
            more_words, more_kinds = self._first_of_element(element)
            words |= more_words
            kinds |= more_kinds
            if not element.optional:
                break
        return frozenset(words), frozenset(kinds)

    def _first_of_element(self, element: _Element) -> tuple[frozenset[str], frozenset[str]]:
        if not element.symbol:
            return frozenset(sequence[0] for sequence in element.sequences), frozenset()
        if element.symbol in self.terminals:
            return frozenset(), frozenset({element.symbol})
        if element.symbol not in self._begins:
            self._begins[element.symbol] = frozenset(), frozenset()
            begins = [self._first(rule) for rule in self.rules[element.symbol]]
            self._begins[element.symbol] = (
                frozenset().union(*(words for words, _ in begins)),
                frozenset().union(*(kinds for _, kinds in begins)),
            )
        return self._begins[element.symbol]


class Parser:
    """The readings of one text. Each symbol is tried once at each place."""

    def __init__(self, grammar: Grammar, tokens: list[Token], context: Context) -> None:
        self._grammar = grammar
        self._texts = tuple(token.text for token in tokens)
        self._context = context
        self._memory: dict[tuple[str, int], dict[int, Outcome]] = {}
        self._terminals = [self._kinds(token) for token in tokens]

    def _kinds(self, token: Token) -> dict[str, object]:
        values = ((name, read(token)) for name, read in self._grammar.terminals.items())
        return {name: value for name, value in values if value is not None}

    def at(self, symbol: str, start: int) -> dict[int, Outcome]:
        """Where the symbol may end if it begins at `start`, and what it then means."""
        key = symbol, start
        if key not in self._memory:
            self._memory[key] = self._read(symbol, start)
        return self._memory[key]

    def _read(self, symbol: str, start: int) -> dict[int, Outcome]:
        found: dict[int, Outcome] = {}
        if start >= len(self._texts):
            return found
        word, kinds = self._texts[start], self._terminals[start].keys()
        for rule, words, terminals in self._grammar.starts[symbol]:
            if word not in words and not (terminals & kinds):
                continue
            for end, values in self._sequences(rule.elements, start):
                if isinstance(found.get(end), Meanings):
                    continue
                outcome = self._meaning(rule, values)
                if isinstance(outcome, Meanings):
                    found[end] = outcome
                elif outcome is not None:
                    found.setdefault(end, outcome)
        return found

    def _sequences(
        self, elements: tuple[_Element, ...], start: int
    ) -> list[tuple[int, tuple[Outcome | None, ...]]]:
        states: list[tuple[int, tuple[Outcome | None, ...]]] = [(start, ())]
        for element in elements:
            following = []
            for place, values in states:
                following += [
                    (end, (*values, *value)) for end, value in self._element(element, place)
                ]
                if element.optional:
                    following.append((place, (*values, None) if element.symbol else values))
            states = following
            if not states:
                break
        return states

    def _element(self, element: _Element, start: int) -> Iterator[tuple[int, tuple[Outcome, ...]]]:
        if element.symbol in self._grammar.terminals:
            if start < len(self._texts) and element.symbol in self._terminals[start]:
                yield start + 1, (Meanings((self._terminals[start][element.symbol],)),)
        elif element.symbol:
            for end, outcome in self.at(element.symbol, start).items():
                yield end, (outcome,)
        else:
            for sequence in element.sequences:
                end = start + len(sequence)
                if self._texts[start:end] == sequence:
                    yield end, ()

    def _meaning(self, rule: _Rule, values: tuple[Outcome | None, ...]) -> Outcome | None:
        for value in values:
            if isinstance(value, DateError):
                return value
        known = [value for value in values if isinstance(value, Meanings)]
        unanswerable = next((value for value in known if not value.alternatives), None)
        if unanswerable:
            return unanswerable
        choices = [
            value.alternatives if isinstance(value, Meanings) else (None,) for value in values
        ]
        whys = [value.why for value in known]
        return self._collect(rule, choices, whys)

    def _collect(
        self, rule: _Rule, choices: list[tuple[object, ...]], whys: list[str]
    ) -> Outcome | None:
        found: dict[object, None] = {}
        problem: DateError | None = None
        ruled_out = 0
        for arguments in product(*choices):
            outcome = self._apply(rule, arguments)
            if outcome is None:
                ruled_out += 1
            elif isinstance(outcome, DateError):
                problem = problem or outcome
            elif isinstance(outcome, Meanings) and not outcome.alternatives:
                return outcome
            elif isinstance(outcome, Meanings):
                found |= dict.fromkeys(outcome.alternatives)
                whys = [*whys, outcome.why]
            else:
                found[outcome] = None
        if not found:
            return problem
        if ruled_out and len(found) == 1:
            return Meanings(tuple(found))  # what was said besides leaves one meaning
        why = next((why for why in whys if why), "")
        return Meanings(tuple(found)[:_MOST_MEANINGS], why)

    def _apply(self, rule: _Rule, arguments: tuple[object, ...]) -> object:
        try:
            if rule.wants_context:
                return rule.function(*arguments, context=self._context)
            return rule.function(*arguments)
        except DateError as problem:
            return problem
        except OverflowError:
            return DateError("That is too near the ends of the calendar.")
