"""Which milestones a reader follows, chosen in an address, the builder or a private feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
        chosen = Milestone.objects.published()
        for name, slugs in self.slugs.items():
            chosen = chosen.filter(_CONDITIONS[name](slugs))
        return chosen

    def groups(self) -> list[Group]:
        """What is chosen, in the order of the address. One that is gone is left out."""
        found: list[Group] = []
        for name, slugs in self.slugs.items():
            by_slug = {one.slug: one for one in _groups(name).filter(slug__in=slugs)}
            found += [by_slug[slug] for slug in slugs if slug in by_slug]
        return found


def parameters() -> list[Parameter]:
    """What may be chosen now: a parameter per name, its values the slugs with their titles."""
    return [
        Parameter(name, WORDS[name], {one.slug: str(one) for one in _groups(name)}, many=True)
        for name in NAMES
    ]


def choice_of(read: Mapping[str, Any]) -> Choice:
    """From what `asked.read_all` has read; other names are passed over."""
    return Choice({name: tuple(read[name]) for name in NAMES if read.get(name)})


def stored_choice(kept: Mapping[str, Sequence[str]]) -> Choice:
    """From `dict(choice.slugs)`, as a database keeps it."""
    return Choice({name: tuple(kept[name]) for name in NAMES if kept.get(name)})


def _groups(name: str) -> Any:
    match name:
        case "programme":
            return Programme.objects.in_order()
        case "organisation":
            return Organisation.objects.in_order()
        case "kind":
            return Tag.objects.kinds().in_order()
        case _:
            return Tag.objects.in_order()


def _with_tag(slugs: Sequence[str]) -> Q:
    tagged = Milestone.tags.through.objects.filter(tag__slug__in=slugs)
    return Q(pk__in=tagged.values("milestone"))


def _of_organisation(slugs: Sequence[str]) -> Q:
    return Q(programme__in=Programme.objects.filter(organisations__slug__in=slugs))


_CONDITIONS = {
    "programme": lambda slugs: Q(programme__slug__in=slugs),
    "organisation": _of_organisation,
    "tag": _with_tag,
    "kind": _with_tag,
}
