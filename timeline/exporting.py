"""What `importing` reads, written: what there is as one JSON object, what was said as CSV or JSON.

Read one row at a time, so that memory does not grow with what is exported. What was withdrawn is
left out: it was not said.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.models import Milestone, Organisation, Programme, Statement, Tag

Cells = dict[str, str]
COLUMNS = (
    *("milestone", "stated_on", "stated_on_precision", "kind", "text"),
    *("edtf", "qualifier", "precision", "zone", "current_chain"),
    *("source", "source_title", "ref", "published_on", "published_precision", "grade"),
    "reason",
)
AT_ONCE = 500
# A spreadsheet takes a cell that begins so for a formula; a quote before it says that it is text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTE = "'"


# ---- what was said -----------------------------------------------------------------------------


def statements() -> Iterator[Cells]:
    """Every statement of a published milestone, in the order in which they were said."""
    rows = Statement.objects.exclude(standing=Statement.Standing.WITHDRAWN).in_order_said()
    related = rows.select_related("milestone", "source")
    for one in related.iterator(chunk_size=AT_ONCE):
        yield _cells(one)


def as_csv(rows: Iterable[Cells]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the first with the names of the columns."""
    writer = csv.DictWriter(_Lines(), COLUMNS)
    yield writer.writeheader()
    for row in rows:
        yield writer.writerow({name: guarded(cell) for name, cell in row.items()})


def as_json(rows: Iterable[Cells]) -> Iterator[str]:
    """A JSON list with an object on each line; cells that are empty are left out."""
    before = "[\n"
    for row in rows:
        filled = {name: cell for name, cell in row.items() if cell}
        yield before + json.dumps(filled, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula. `bare` takes it back."""
    needs_it = cell.startswith(_FORMULA) or (cell[:1] == _QUOTE and _is_guarded(cell))
    return f"{_QUOTE}{cell}" if needs_it else cell


def bare(cell: str) -> str:
    """The cell without the quote that says that it is text."""
    return cell[1:] if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    return cell[:1] == _QUOTE and cell[1:].startswith((*_FORMULA, _QUOTE))


def _cells(said: Statement) -> Cells:
    source = said.source
    return {
        "milestone": said.milestone.slug,
        "stated_on": said.stated_on.isoformat(),
        "stated_on_precision": said.stated_precision,
        "kind": said.kind,
        "text": said.text,
        "edtf": said.edtf or "",
        "qualifier": said.qualifier,
        "precision": said.precision,
        "zone": said.zone,
        "current_chain": "yes" if said.standing in Statement.IN_CHAIN else "no",
        "source": source.publisher,
        "source_title": source.title,
        "ref": source.url,
        "published_on": source.published_on.isoformat() if source.published_on else "",
        "published_precision": source.published_precision,
        "grade": source.grade,
        "reason": said.reason,
    }


class _Lines:
    """For `csv`: what is written is given back."""

    def write(self, line: str) -> str:
        return line


# ---- what there is -----------------------------------------------------------------------------


def catalogue() -> dict[str, Any]:
    """Organisations, tags, and programmes with their milestones, each with what is not empty."""
    return {
        "organisations": [
            _filled(one, "slug", "name", "country") for one in Organisation.objects.order_by("slug")
        ],
        "tags": [
            _filled(one, "slug", "name") | ({"kind": True} if one.is_kind else {})
            for one in Tag.objects.order_by("slug")
        ],
        "programmes": [_programme(one) for one in _programmes()],
    }


def _programmes() -> Iterable[Programme]:
    rows = Programme.objects.order_by("slug")
    return rows.prefetch_related("organisations", "milestones__tags")


def _programme(programme: Programme) -> dict[str, Any]:
    milestones = sorted(programme.milestones.all(), key=lambda one: one.slug)
    return {
        **_filled(programme, "slug", "title", "aliases", "summary"),
        "organisations": sorted(one.slug for one in programme.organisations.all()),
        "milestones": [_milestone(one) for one in milestones],
    }


def _milestone(milestone: Milestone) -> dict[str, Any]:
    texts = ("slug", "title", "shape", "summary", "place", "url")
    return {
        **_filled(milestone, *texts, "home_zone", "hemisphere", "fiscal"),
        "tags": sorted(one.slug for one in milestone.tags.all()),
    }


def _filled(row: object, *names: str) -> dict[str, str]:
    return {name: str(value) for name in names if (value := getattr(row, name))}
