"""Which sources an editor is offered, and which is the same as one that he describes."""

from urllib.parse import parse_qsl, urlsplit

from django import forms
from django.db.models import F, Q
from django.utils.text import Truncator

from timeline.models import Milestone, Source
from timeline.wording import said_on_words

RECENT_SOURCES = 50
CAMPAIGNS = {"fbclid", "gclid", "mc_cid", "mc_eid"}
LONGEST_LABEL = 110


def same_source(new: Source) -> Source | None:
    """The one that we have without an address, described in the same words."""
    described = ("publisher", "title", "grade", "published_on", "published_precision")
    same = {name: getattr(new, name) for name in described}
    return Source.objects.filter(url="", **same).order_by("pk").first()


def source_at(url: str) -> Source | None:
    """The one that we have at this address; marks of who sent a reader there make no other one."""
    exact = Source.objects.filter(url=url).first()
    if exact is not None:
        return exact
    host, path, _ = _bare(url)
    near = [Q(url__istartswith=f"{scheme}://{host}{path}") for scheme in ("https", "http")]
    found = Source.objects.filter(near[0] | near[1]).order_by("pk")
    return next((one for one in found.iterator() if _bare(one.url) == _bare(url)), None)


def _bare(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What tells one page from another: not the scheme, a last slash, a fragment or a campaign."""
    parts = urlsplit(url)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.startswith("utm_") and name not in CAMPAIGNS
    ]
    return parts.netloc.lower(), parts.path.rstrip("/"), tuple(asked)


def source_field(milestone: Milestone | None) -> "forms.ModelChoiceField[Source]":
    """Any source may be sent; offered are those that the next statement most likely has.

    Another one is found by its URL.
    """
    field = forms.ModelChoiceField(Source.objects.all(), required=False, label="Source")
    field.choices = [("", "— a new source, below —"), *_recent(milestone)]
    return field


def _recent(milestone: Milestone | None) -> list[tuple[str, list[tuple[int, str]]]]:
    sources = Source.objects.all()
    newest_first = (F("published_on").desc(nulls_last=True), "-pk")
    used = sources.none()
    if milestone is not None:
        said = sources.filter(statements__milestone=milestone)
        used = said.distinct().order_by(*newest_first)
    newest = sources.exclude(pk__in=used.values("pk")).order_by(*newest_first)
    groups = (
        [("Of this milestone", used), ("Newest", newest)] if milestone else [("Newest", newest)]
    )
    return [
        (name, [(one.pk, label(one)) for one in found[:RECENT_SOURCES]]) for name, found in groups
    ]


def label(source: Source) -> str:
    """The source in a list: who, when, what."""
    day = source.published_on
    when = f", {said_on_words(day, known_to=source.published_precision)}" if day else ""
    title = f" — {source.title}" if source.title else ""
    return Truncator(f"{source.publisher}{when}{title}").chars(LONGEST_LABEL)
