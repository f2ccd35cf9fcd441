"""What there is: organisations, tags, and programmes with their milestones, from one JSON file.

What exists already, by its slug, stays as the editors have made it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from timeline.importing.cells import unprintable
from timeline.importing.files import Json
from timeline.importing.problems import ImportRefused, Problem
from timeline.models import Milestone, Organisation, Programme, Tag

Named = Organisation | Tag | Programme | Milestone
NamedT = TypeVar("NamedT", Organisation, Tag, Programme, Milestone)

_TEXTS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("slug", "name", "country"),
    Tag: ("slug", "name"),
    Programme: ("slug", "title", "aliases", "summary"),
    Milestone: (
        *("slug", "title", "shape", "summary", "place", "url"),
        *("home_zone", "hemisphere", "fiscal"),
    ),
}
_LISTS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: (),
    Tag: (),
    Programme: ("organisations", "milestones"),
    Milestone: ("tags",),
}
# Yes or no: as it is called in the file, and in the model.
_FLAGS: dict[type[models.Model], dict[str, str]] = {Tag: {"kind": "is_kind"}}
_TOP = ("organisations", "tags", "programmes")


def import_catalogue(file: str, document: Json, *, at: datetime) -> int:
    """Write what is not there yet; returns how many rows that were.

    Raises ImportRefused with all that is wrong, after having written: the caller has opened
    the transaction that this undoes.
    """
    reader = _Reader(file, at)
    if not isinstance(document, dict):
        raise ImportRefused([Problem(file, "", "holds no object with “programmes”")])
    reader.check_keys(document, _TOP, "")
    for where, spec in reader.objects(document, "organisations", ""):
        reader.row(Organisation, spec, where)
    for where, spec in reader.objects(document, "tags", ""):
        reader.row(Tag, spec, where)
    for where, spec in reader.objects(document, "programmes", ""):
        _import_programme(reader, spec, where)
    if reader.problems:
        raise ImportRefused(reader.problems)
    return reader.created


def _import_programme(reader: "_Reader", spec: dict[str, Json], where: str) -> None:
    programme, is_new = reader.row(Programme, spec, where)
    organisations = reader.slugs(Organisation, spec, "organisations", where)
    if programme is not None and is_new:
        programme.organisations.set(organisations)
    for inner, milestone_spec in reader.objects(spec, "milestones", where):
        tags = reader.slugs(Tag, milestone_spec, "tags", inner)
        related = {"programme": programme, "created_at": reader.at}
        milestone, is_new = reader.row(Milestone, milestone_spec, inner, **related)
        if milestone is not None and is_new:
            milestone.tags.set(tags)


@dataclass
class _Reader:
    file: str
    at: datetime
    problems: list[Problem] = field(default_factory=list)
    created: int = 0
    seen: set[tuple[type[Named], str]] = field(default_factory=set)

    def note(self, where: str, reason: str) -> None:
        self.problems.append(Problem(self.file, where, reason))

    def check_keys(self, spec: dict[str, Json], known: tuple[str, ...], where: str) -> None:
        for key in sorted(set(spec) - set(known)):
            self.note(_inside(where, key), f"is not known; known are {', '.join(known)}")

    def objects(
        self, spec: dict[str, Json], key: str, where: str
    ) -> list[tuple[str, dict[str, Json]]]:
        """The entries of a list, each with where it stands."""
        found = []
        for number, entry in enumerate(self._list(spec, key, where)):
            place = f"{_inside(where, key)}[{number}]"
            if isinstance(entry, dict):
                found.append((place, entry))
            else:
                self.note(place, "is no object with named values")
        return found

    def slugs(
        self, model: type[NamedT], spec: dict[str, Json], key: str, where: str
    ) -> list[NamedT]:
        """The rows that a list names by their slugs."""
        rows = []
        for slug in self._list(spec, key, where):
            row = _by_slug(model, slug)
            if row is None:
                self.note(_inside(where, key), f"{slug!r} is the slug of none")
            else:
                rows.append(row)
        return rows

    def row(
        self, model: type[NamedT], spec: dict[str, Json], where: str, **related: object
    ) -> tuple[NamedT | None, bool]:
        """The row with that slug, and whether it is new; None if it cannot be."""
        flags: dict[str, str] = _FLAGS.get(model, {})
        self.check_keys(spec, (*_TEXTS[model], *flags, *_LISTS[model]), where)
        before = len(self.problems)
        values = {
            key: self._text(spec[key], _inside(where, key)) for key in _TEXTS[model] if key in spec
        }
        marks = {
            name: self._flag(spec[key], _inside(where, key))
            for key, name in flags.items()
            if key in spec
        }
        existing = _by_slug(model, self._slug_once(model, values, where))
        if existing is not None:
            return existing, False
        row = model(**values, **marks, **related)
        if len(self.problems) == before:
            self._check(row, where)
        if len(self.problems) > before or None in related.values():
            return None, False
        row.save()
        self.created += 1
        return row, True

    def _slug_once(self, model: type[Named], values: dict[str, str], where: str) -> str:
        slug = values.get("slug", "")
        if (model, slug) in self.seen:
            self.note(_inside(where, "slug"), f"“{slug}” is there twice")
        self.seen.add((model, slug))
        return slug

    def _check(self, row: models.Model, where: str) -> None:
        try:
            row.full_clean(exclude=["programme"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = where if name == NON_FIELD_ERRORS else _inside(where, name)
                self.note(place, " ".join(dict.fromkeys(messages)))

    def _list(self, spec: dict[str, Json], key: str, where: str) -> list[Json]:
        value = spec.get(key, [])
        if isinstance(value, list):
            return value
        self.note(_inside(where, key), "is no list")
        return []

    def _flag(self, value: Json, where: str) -> bool:
        if not isinstance(value, bool):
            self.note(where, f"is {value!r}; write true or false")
        return value is True

    def _text(self, value: Json, where: str) -> str:
        if not isinstance(value, str):
            self.note(where, f"is {value!r}; write it as text, in quotes")
            return ""
        if reason := unprintable(value):
            self.note(where, reason)
            return ""
        return value.strip()


def _by_slug(model: type[NamedT], slug: Json) -> NamedT | None:
    if not isinstance(slug, str) or unprintable(slug):
        return None
    return model.objects.filter(slug=slug).first()


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
