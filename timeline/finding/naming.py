"""What a sentence is about: milestones by the names of their programmes and by their titles."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SHORTEST = 2  # signs of a name
_A_TITLE, _MOST_OF_IT = 4, 0.8  # words that tell a title, and how many must be said
# Words that mean the same event, whatever form the press gives them.
_EVENTS = {
    "launch": "launch launches launched launching lift-off liftoff lifted blasted fly flies send "
    "sent 打ち上げ 打上げ 打ち上げた",
    "land": "land lands landed landing touchdown 着陸",
    "sign": "sign signs signed signing exchanged agreement arrangement 署名",
    "meeting": "meeting meetings meet met forum summit dialogue conference talks 会合 会議",
    "return": "return returns returned returning",
    "exercise": "exercise exercises",
    "approve": "approve approved approves approval cleared",
    "visit": "visit visits visited",
    "flight": "flight flights flew mission uncrewed unmanned crewed manned",
    "establish": "establish establishes established",
    "reenter": "re-entry reentry re-entered reentered",
    "end": "end ended ends deactivated decommissioned",
    "contract": "contract selected procured",
    "open": "opens opened begins began",
}
_EVENT_OF = {form: event for event, forms in _EVENTS.items() for form in forms.split()}
_EMPTY_WORDS = "the a an of in on at to and for by with first second third from is be"
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Of Latin script: Japanese has no spaces between words.
_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_WORD = re.compile(r"[^\W_]+(?:[-+'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Subject:
    """A milestone as the press may name it. `is_planned`: it has not happened."""

    key: int
    title: str
    names: tuple[str, ...]  # of its programme
    is_planned: bool = True


class Subjects:
    """All milestones, ready to be found in many sentences."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.all = list(subjects)
        self.by_name: dict[str, list[Subject]] = {}
        for subject in self.all:
            for name in subject.names:
                if len(plain := _plain(name)) >= _SHORTEST:
                    self.by_name.setdefault(plain, []).append(subject)
        longest_first = sorted(self.by_name, key=len, reverse=True)
        inner = f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"
        self._names = re.compile(rf"{_NO_LETTER_BEFORE}{inner}{_NO_LETTER_BEHIND}")
        self._words = {one.key: _words(one.title) for one in self.all}

    def about(
        self, text: str, before: Sequence[str], *, clause: str, is_plan: bool
    ) -> list[Subject]:
        """Milestones that the sentence may be about, the likeliest first; none if none is named.

        What is not named in it was named shortly before. `clause` is the part with the date.
        """
        named = (
            self._named(text)
            or self._titled(_words(text))
            or next(filter(None, map(self._named, before)), [])
        )
        said = _words(clause)
        return sorted(named, key=lambda one: (-self._likeness(one, said, is_plan=is_plan), one.key))

    def is_likely(self, subject: Subject, clause: str) -> bool:
        """Whether what happens in the clause of the date is what happens to the subject."""
        events, said = self._words[subject.key] & set(_EVENTS), _words(clause) & set(_EVENTS)
        return not events or not said or bool(events & said)

    def _named(self, text: str) -> list[Subject]:
        found = [self.by_name[name] for name in self._names.findall(_plain(text))]
        return list({one.key: one for group in found for one in group}.values())

    def _titled(self, said: set[str]) -> list[Subject]:
        """Those whose title the sentence all but says."""
        return [
            one
            for one in self.all
            if len(words := self._words[one.key]) >= _A_TITLE
            and len(words & said) >= _MOST_OF_IT * len(words)
        ]

    def _likeness(self, subject: Subject, said: set[str], *, is_plan: bool) -> float:
        words = self._words[subject.key]
        events = words & set(_EVENTS)
        alike = 2 * len(words & said) + 3 * len(events & said) - 2 * len(events - said)
        return alike + 2.5 * (subject.is_planned is is_plan) - len(words) / 20


def _plain(text: str) -> str:
    """Small letters, and hyphens as spaces: "Asia Pacific" is "Asia-Pacific"."""
    return " ".join(re.sub(r"[-/–]", " ", text.lower()).split())


def _words(text: str) -> set[str]:
    """The words of a text that tell it from others, events by their one name."""
    words = {word.lower() for word in _WORD.findall(text)} - _EMPTY
    words |= {event for form, event in _EVENT_OF.items() if not form.isascii() and form in text}
    return {_EVENT_OF.get(word, word) for word in words}
