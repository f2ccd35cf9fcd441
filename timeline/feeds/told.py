"""One change of a date → what a feed says of it, in plain values that no writer can trip over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.changes import StatementKind
from timeline.feeds.plain import plain, web_address
from timeline.ledger import Line
from timeline.models import Milestone, Revision
from timeline.wording import date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Something to filter by: a term of the list at `scheme`, and its name for people."""

    scheme: str
    term: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """`uid` stays for ever, whatever is renamed; `facts` say the same for machines."""

    uid: str
    at: datetime
    title: str
    summary: str
    html: str
    text: str
    page: str
    source: str
    labels: tuple[Label, ...]
    facts: Mapping[str, object]


def told(line: Line) -> News:
    revision = line.revision
    milestone = revision.milestone
    paragraphs = [_what(line), line.bounds, _why(line), _who(line), _struck(line)]
    return News(
        uid=uid_of(revision),
        at=revision.recorded_at.astimezone(UTC),
        title=f"{plain(milestone.title)}: {_from_to(line, happened='happened ')}",
        summary=_what(line),
        html="".join([*map(_paragraph, filter(None, paragraphs)), _links(line)]),
        text="\n".join([*filter(None, paragraphs), page_url(milestone.get_absolute_url())]),
        page=page_url(milestone.get_absolute_url()),
        source=web_address(revision.statement.source.url),
        labels=_labels(revision, line.kind),
        facts=_facts(line),
    )


def uid_of(revision: Revision) -> str:
    """Made of what never changes. Not of a host: a move would make all news new again."""
    return uuid5(revision.milestone.uid, f"revision {revision.number}").urn


def page_url(path: str) -> str:
    return f"{settings.MILEPOST_BASE_URL}{path}"


# ---- for people ----------------------------------------------------------------------------------


def _from_to(line: Line, *, happened: str = "") -> str:
    new = f"{happened if line.revision.status == StatementKind.OCCURRED else ''}{line.new}"
    return f"{line.old} → {new}" if line.old not in ("", line.new) else new


def _what(line: Line) -> str:
    """As the ledger has it: “slip ≈ 6 months: spring 2027 → autumn 2027”."""
    kind = f"{line.kind} {line.amount}".strip()
    return f"{kind}: {_from_to(line)}"


def _why(line: Line) -> str:
    reason = plain(line.revision.reason)
    return f"Why: {reason}" if reason else ""


def _who(line: Line) -> str:
    said = line.revision.statement
    named = ": ".join(filter(None, [plain(said.source.publisher), plain(said.source.title)]))
    return f"“{plain(said.text)}” – {named}, {line.said_on}"


def _struck(line: Line) -> str:
    """What a reader should know who finds it in the feed later."""
    said = line.correction
    return plain(f"{line.struck} to “{said.text}”" if said else line.struck)


def _paragraph(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


def _links(line: Line) -> SafeString:
    milestone = line.revision.milestone
    programme, source = milestone.programme, line.revision.statement.source
    links = [
        (page_url(milestone.get_absolute_url()), plain(milestone.title)),
        (page_url(reverse("timeline:programme", args=[programme.slug])), plain(programme.title)),
        (web_address(source.url), plain(source.publisher) or "source"),
    ]
    given = [(address, name) for address, name in links if address]
    return format_html("<p>{}</p>", format_html_join(" · ", '<a href="{}">{}</a>', given))


# ---- for machines --------------------------------------------------------------------------------


def _labels(revision: Revision, kind: str) -> tuple[Label, ...]:
    programme = revision.milestone.programme
    programmes, tags = page_url(reverse("timeline:programmes")), page_url(reverse("timeline:tags"))
    found = [
        Label(scheme=page_url(reverse("timeline:changes")), term=revision.change_kind, name=kind),
        Label(scheme=programmes, term=programme.slug, name=plain(programme.title)),
    ]
    tagged = sorted(revision.milestone.tags.all(), key=lambda tag: tag.slug)
    return (*found, *(Label(scheme=tags, term=one.slug, name=plain(one.name)) for one in tagged))


def _facts(line: Line) -> dict[str, object]:
    revision = line.revision
    milestone, said = revision.milestone, revision.statement
    return {
        "milestone": {
            "uid": str(milestone.uid),
            "slug": milestone.slug,
            "title": plain(milestone.title),
            "home_zone": milestone.home_zone,
        },
        "programme": {
            "slug": milestone.programme.slug,
            "title": plain(milestone.programme.title),
        },
        "revision": revision.number,
        **asdict(revision.change),
        "amount": line.amount,
        "before": _date(revision.previous, milestone) if revision.previous else None,
        "after": _date(revision, milestone),
        "reason": plain(revision.reason),
        "source": {
            "publisher": plain(said.source.publisher),
            "title": plain(said.source.title),
            "url": web_address(said.source.url),
            "grade": said.source.grade,
            "words": plain(said.text),
            "said_on": said.stated_on.isoformat(),
            "said_on_precision": said.stated_precision,
        },
    }


def _date(revision: Revision, milestone: Milestone) -> dict[str, object]:
    """With the names of the API; `earliest` and `latest` are inclusive, null is an open side."""
    words = date_words(
        revision.date,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
    )
    return {
        "status": revision.status,
        "words": words,
        "edtf": revision.edtf,
        "qualifier": revision.qualifier,
        "precision": revision.precision,
        "mode": revision.mode,
        "earliest": _day(revision.earliest),
        "latest": _day(revision.latest),
        "at": revision.instant and moment_words(revision.instant),
        "zone": revision.zone or milestone.home_zone,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def moment_words(moment: datetime) -> str:
    """As RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
