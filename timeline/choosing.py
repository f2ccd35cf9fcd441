"""Which milestones a reader follows, chosen in an address, the builder or a private feed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from timeline.asked import Parameter
from timeline.models import Milestone, Organisation, Programme, Tag
from timeline.models.milestone import MilestoneQuerySet

NAMES = ("programme", "organisation", "tag", "kind")
WORDS = {
    "programme": "Programmes",
    "organisation": "Organisations that take part",
    "tag": "Tags",
    "kind": "Kinds",
}
Group = Programme | Organisation | Tag


@dataclass(frozen=True, slots=True)
class Choice:
    """Groups by name, as slugs. Of one name any will do; of several names, all must hold.

    Nothing chosen is everything.
    """

    slugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.slugs)

    def milestones(self) -> MilestoneQuerySet:
        """The published ones, each once."""
        return self.among(Milestone.objects.published())

    def among(self, milestones: MilestoneQuerySet) -> MilestoneQuerySet:
        """Those of them that are chosen, each once."""
        for name, slugs in self.slugs.items():
            milestones = milestones.filter(_CONDITIONS[name](slugs))
        return milestones

    def groups(self) -> list[Group]:
        """What is chosen, in the order of the address. One that is gone is left out."""
        found: list[Group] = []
        for name, slugs in self.slugs.items():
            by_slug = {one.slug: one for one in _MODELS[name].objects.filter(slug__in=slugs)}
            found += [by_slug[slug] for slug in slugs if slug in by_slug]
        return found

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return urlencode({name: ",".join(slugs) for name, slugs in self.slugs.items()}, safe=",")


class _Groups(Mapping[str, str]):
    """The slugs of one name with their titles, in order; read when somebody looks."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _titles(self) -> dict[str, str]:
        # No database orders names without regard to case as the others do.
        groups = sorted(_groups(self.name), key=lambda one: str(one).casefold())
        return {one.slug: str(one) for one in groups}

    def __getitem__(self, slug: str) -> str:
        return self._titles[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._titles)

    def __len__(self) -> int:
        return len(self._titles)


def parameters() -> list[Parameter]:
    """What may be chosen now: a parameter per name, its values the slugs with their titles.

    Each costs one query, and that only if it is looked at.
    """
    return [Parameter(name, WORDS[name], _Groups(name), many=True) for name in NAMES]


def choice_of(read: Mapping[str, Any]) -> Choice:
    """From what `asked.read_all` has read; other names are passed over."""
    return Choice({name: tuple(read[name]) for name in NAMES if read.get(name)})


def stored_choice(kept: Mapping[str, Sequence[str]]) -> Choice:
    """From `dict(choice.slugs)`, as a database keeps it."""
    return Choice({name: tuple(kept[name]) for name in NAMES if kept.get(name)})


def _groups(name: str) -> Any:
    rows = Tag.objects.kinds() if name == "kind" else _MODELS[name].objects.all()
    return rows.in_order()


def _with_tag(slugs: Sequence[str]) -> Q:
    tagged = Milestone.tags.through.objects.filter(tag__slug__in=slugs)
    return Q(pk__in=tagged.values("milestone"))


def _of_organisation(slugs: Sequence[str]) -> Q:
    return Q(programme__in=Programme.objects.filter(organisations__slug__in=slugs))


_MODELS: Mapping[str, Any] = {
    "programme": Programme,
    "organisation": Organisation,
    "tag": Tag,
    "kind": Tag,
}
_CONDITIONS = {
    "programme": lambda slugs: Q(programme__slug__in=slugs),
    "organisation": _of_organisation,
    "tag": _with_tag,
    "kind": _with_tag,
}
