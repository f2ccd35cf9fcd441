"""What stands wrong in an address, told so that its author can put it right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SHOWN = 40
_LISTED = 60


@dataclass(frozen=True, slots=True)
class WrongParameter:
    """One parameter that cannot be read: why, and which values could be."""

    name: str
    why: str
    allowed: Sequence[str] = ()

    def __str__(self) -> str:
        listed = ", ".join(self.allowed[:_LISTED])
        rest = len(self.allowed) - _LISTED
        more = f" and {rest} more" if rest > 0 else ""
        return f"{self.name}: {self.why}" + (f" Allowed: {listed}{more}." if listed else "")


class WrongParameters(ValueError):
    """All that is wrong with an address, in the order in which it stands there."""

    def __init__(self, *wrong: WrongParameter) -> None:
        self.wrong = wrong
        super().__init__("\n".join(str(one) for one in wrong))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One that is read: what it is for, and each value with its meaning in words.

    The first value is the default. A list (`many`) takes several, with commas or one by one.
    What cannot be listed (a day, a number) is a class of its own that reads it.
    """

    name: str
    words: str
    values: Mapping[str, str] = field(default_factory=dict)
    many: bool = False

    @property
    def default(self) -> str:
        return "" if self.many else next(iter(self.values))

    @property
    def allowed(self) -> Sequence[str]:
        """What an author may write instead of what is wrong."""
        return [*self.values]

    def read(self, given: Sequence[str]) -> Any:
        """The value, or a tuple of them in the order of ours. Raises WrongParameters."""
        if self.many:
            return self.read_many([word for text in given for word in text.split(",")])
        if len(given) > 1:
            raise self.wrong("is given more than once.")
        return self.read_one(given[0])

    def read_one(self, text: str) -> Any:
        if text not in self.values:
            raise self.wrong(f"“{shown(text)}” is not one of its values.")
        return text

    def read_many(self, words: Sequence[str]) -> tuple[str, ...]:
        for word in words:
            if word not in self.values:
                raise self.wrong(f"there is none “{shown(word)}”.")
        asked = set(words)
        return tuple(value for value in self.values if value in asked)

    def wrong(self, why: str) -> WrongParameters:
        return WrongParameters(WrongParameter(self.name, why, self.allowed))


def read_all(
    given: Mapping[str, Sequence[str]], known: Iterable[Parameter]
) -> dict[str, str | tuple[str, ...]]:
    """The values that are given. Raises WrongParameters, which names every wrong one."""
    by_name = {one.name: one for one in known}
    read: dict[str, str | tuple[str, ...]] = {}
    wrong: list[WrongParameter] = []
    for name, texts in given.items():
        try:
            read[name] = _known(name, by_name).read(texts)
        except WrongParameters as error:
            wrong += error.wrong
    if wrong:
        raise WrongParameters(*wrong)
    return read


def shown(text: str) -> str:
    """What was given, on one line and no longer than is needed to find it."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[: _SHOWN + 1])
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _known(name: str, by_name: Mapping[str, Parameter]) -> Parameter:
    if name not in by_name:
        raise WrongParameters(
            WrongParameter(shown(name), "is no parameter of this address.", [*by_name])
        )
    return by_name[name]
