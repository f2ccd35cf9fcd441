"""Numbers and ordinals in words, and the kinds of single tokens that all rules build on."""

from collections.abc import Callable

from timeline.reading.grammar import Rules
from timeline.reading.tokens import Token

RULES = Rules()

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_CARDINALS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def _digits(*lengths: int) -> Callable[[Token], object | None]:
    return lambda token: int(token.text) if token.is_number and len(token.text) in lengths else None


def _text_of_digits(length: int) -> Callable[[Token], object | None]:
    return lambda token: token.text if token.is_number and len(token.text) == length else None


def _nth(token: Token) -> object | None:
    number, suffix = token.text[:-2], token.text[-2:]
    is_nth = suffix.isalpha() and number.isdecimal() and len(number) <= 2  # noqa: PLR2004
    return int(number) if is_nth else None


TERMINALS: dict[str, Callable[[Token], object | None]] = {
    "DIGIT1": _digits(1),
    "DIGITS2": _digits(2),
    "NUMBER2": _digits(1, 2),
    "NUMBER3": _digits(1, 2, 3),
    "DIGITS4": _digits(4),
    "DIGITS5": _digits(5),
    "TEXT4": _text_of_digits(4),
    "TEXT6": _text_of_digits(6),
    "TEXT8": _text_of_digits(8),
    "FRACTION": lambda token: 0 if token.is_number else None,
    "NTH": _nth,
}

RULES.words("ORDINAL", {word: number for number, word in enumerate(_ORDINALS, start=1)})
RULES.words("SMALLORDINAL", {word: number for number, word in enumerate(_ORDINALS[:9], start=1)})
RULES.words("CARDINAL", {word: number for number, word in enumerate(_CARDINALS, start=1)})
RULES.words("CARDINAL", {"a an": 1, "twenty_four twenty-four": 24, "a_couple_of": 2, "thirty": 30})


@RULES.rule("ORDINAL", "NTH")
@RULES.rule("CARDINAL", "NUMBER3")
def plain_number(number: int) -> int:
    return number


@RULES.rule("ORDINAL", "twenty -? SMALLORDINAL")
def twenty_first(ones: int) -> int:
    return 20 + ones


@RULES.rule("ORDINAL", "thirty -? first")
def thirty_first() -> int:
    return 31
