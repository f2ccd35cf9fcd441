"""What reading a text can come to, and what it depends on besides the text."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.dates import VagueDate

Kind = Literal["plan", "occurred", "cancelled"]


@dataclass(frozen=True, slots=True)
class Context:
    """Who spoke when about what: "next year" depends on it, and so does "summer".

    `hemisphere` is "N" or "S"; `fiscal` is "jp", "in", "us", or "" where nobody has said whose
    fiscal years are meant. `happened` says whether it has: a day without a year is then one that
    has passed; None where nobody knows.
    """

    said_on: date
    home_zone: str = "UTC"
    hemisphere: str = "N"
    fiscal: str = ""
    happened: bool | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One meaning, and no other. `kind_hint` is what the words say of it, for the form to offer."""

    date: VagueDate
    kind_hint: Kind = "plan"
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several meanings, with a label that shows its days."""

    date: VagueDate
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Several meanings, or one that the text does not carry by itself: the editor decides."""

    why: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class NoDate:
    """The text says that there is no date (`is_statement`), or is about something else.

    `certainty` is "tbd", "tbc" or "", and `word` what the text has in place of a date.
    """

    certainty: str
    word: str
    is_statement: bool = True
    kind_hint: Kind = "plan"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing that could be a date: why, and what would be understood."""

    why: str
    examples: tuple[str, ...] = (
        "30 July 2025",
        "spring 2027",
        "Q3 2027",
        "by the end of 2028",
        "no earlier than March 2026",
        "JFY2026",
        "TBD",
    )


Reading = Understood | Question | NoDate | Refusal
