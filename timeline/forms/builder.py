"""The form with which somebody builds a calendar: what it holds, and how it looks."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Self

from django import forms
from django.db.models import Count
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.html import format_html

from timeline import choosing
from timeline.asked import Parameter, WrongParameters, read_all
from timeline.choosing import Choice, choice_of
from timeline.ical.options import PARAMETERS, Options, minutes
from timeline.models import Milestone

_SLUGS = {
    "programme": "programme__slug",
    "organisation": "programme__organisations__slug",
    "tag": "tags__slug",
}
_YES_OR_NO = {"0", "1"}
# What most readers would ask about first.
_TOLD = ("vague", "cancelled", "past")


class BuilderForm(forms.Form):
    """Reads what an address, a form or a stored feed says, as the feed itself reads it.

    Nothing given is everything, as usual. `choice` and `options` hold what was read; where
    something is wrong, they are empty and `errors` names the parameter and what is allowed.
    """

    def __init__(self, given: Mapping[str, Sequence[str]]) -> None:
        self.given = given
        self.parameters = [*choosing.parameters(), *PARAMETERS.values()]
        self.words = MultiValueDict({name: _split(texts) for name, texts in given.items()})
        super().__init__(self.words)
        self.fields = {one.name: self._field(one) for one in self.parameters}
        self.choice, self.options = Choice(), Options()

    @classmethod
    def of(cls, sent: MultiValueDict[str, str]) -> Self:
        """From an address or a form that was sent. Names that are not ours are passed over.

        Who shares a link may have them added; and the page says what is chosen.
        """
        names = {*choosing.NAMES, *PARAMETERS}
        return cls({name: texts for name, texts in sent.lists() if name in names})

    @classmethod
    def of_stored(cls, choice: Choice, options: Options) -> Self:
        """From what a private feed holds. A group that is gone is left out."""
        there = {one.name: one.values for one in choosing.parameters()}
        kept = {
            name: [slug for slug in slugs if slug in there[name]]
            for name, slugs in choice.slugs.items()
        }
        chosen = {name: [value] for name, value in options.chosen.items()}
        return cls({**{name: slugs for name, slugs in kept.items() if slugs}, **chosen})

    def clean(self) -> dict[str, Any]:
        read: dict[str, Any] = {}
        try:
            read = read_all(self.given, self.parameters)
        except WrongParameters as error:
            for wrong in error.wrong:
                self.add_error(wrong.name if wrong.name in self.fields else None, str(wrong))
        self.choice, self.options = choice_of(read), Options.of(read)
        return read

    @property
    def what(self) -> list[forms.BoundField]:
        """The check boxes that say which milestones; a name of which there are none is left out."""
        return [
            self[one.name] for one in self.parameters if one.name in choosing.NAMES and one.values
        ]

    @property
    def looks(self) -> list[forms.BoundField]:
        return [self[name] for name in PARAMETERS]

    @property
    def usual(self) -> str:
        """How a calendar looks of which nothing is chosen, in the words of what matters most."""
        said = [PARAMETERS[name] for name in _TOLD]
        told = "; ".join(f"{one.words} {one.values[one.default]}" for one in said)
        return f"{told[0]}{told[1:].lower()}."

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Each field that has been chosen, to be sent along with another form."""
        lists = {name: ",".join(slugs) for name, slugs in self.choice.slugs.items()}
        return [*lists.items(), *self.options.chosen.items()]

    @cached_property
    def _counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many milestones each group has, in three queries."""
        return {name: _counted(slug) for name, slug in _SLUGS.items()}

    def _field(self, parameter: Parameter) -> forms.Field:
        if not parameter.many:
            is_short = set(parameter.values) == _YES_OR_NO
            widget: forms.Widget = _OneOf(choices=_with_usual(parameter), is_short=is_short)
        elif parameter.name in choosing.NAMES:
            widget = forms.CheckboxSelectMultiple(choices=self._with_counts(parameter))
        else:
            widget = forms.CheckboxSelectMultiple(choices=self._with_given(parameter))
        initial = None if parameter.many else parameter.default
        # Takes whatever is given: `clean` judges all of it at once.
        return forms.Field(label=parameter.words, required=False, widget=widget, initial=initial)

    def _with_counts(self, parameter: Parameter) -> list[tuple[str, str]]:
        """What is ticked stands first: a short list would hide it.

        A tag that is a kind stands among the kinds, unless it was asked for as a tag.
        """
        name = parameter.name
        kinds = next(one.values for one in self.parameters if one.name == "kind")
        ticked = set(self.words.getlist(name))
        elsewhere = set(kinds) - ticked if name == "tag" else set()
        counts = self._counts["tag" if name == "kind" else name]
        return [
            (slug, format_html('{} <span class="count">{}</span>', title, counts.get(slug, 0)))
            for slug, title in _first(ticked, parameter.values)
            if slug not in elsewhere
        ]

    def _with_given(self, parameter: Parameter) -> list[tuple[str, str]]:
        """The usual values, and others that an address may name."""
        given = self.words.getlist(parameter.name)
        others = [one for one in given if one not in parameter.values and minutes(one)]
        return [*parameter.values.items(), *((one, f"{one} before") for one in others)]


class _OneOf(forms.Select):
    """A list of which one is chosen: the first, where nothing is said."""

    def __init__(self, *, choices: list[tuple[str, str]], is_short: bool) -> None:
        super().__init__(choices=choices)
        self.is_short = is_short

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or next(iter(self.choices))[0]

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if name == "lang" and value != "en":
            option["attrs"]["lang"] = value
        return option


def _split(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split(",")]


def _first(ticked: Container[str], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(titles.items(), key=lambda one: one[0] not in ticked)


def _with_usual(parameter: Parameter) -> list[tuple[str, str]]:
    values = parameter.values.items()
    return [
        (value, f"{words} (usual)" if value == parameter.default and len(values) > 1 else words)
        for value, words in values
    ]


def _counted(slug: str) -> dict[str, int]:
    rows = Milestone.objects.published().order_by().values_list(slug).annotate(Count("pk"))
    return dict(rows)
