"""State a date: what an editor types about one milestone, and the claim that it comes to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.utils.text import Truncator

from timeline.changes import StatementKind
from timeline.dates import NO_DATE, Mode, VagueDate
from timeline.forms.said_on import SaidOn, SaidOnField
from timeline.forms.text import PlainTextForm, WebAddressField
from timeline.models import Milestone, Source, Statement
from timeline.publishing import Claim
from timeline.reading import Context, NoDate, Question, Reading, Understood, read
from timeline.wording import said_on_words

RECENT_SOURCES = 50
LONGEST_LABEL = 110
QUIETLY = "quietly"
_EASTERNMOST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words come to. Hinted otherwise: the editor chose another kind than they say."""

    date: VagueDate
    kind: StatementKind
    certainty: str = ""
    is_hinted_otherwise: bool = False


class StateForm(PlainTextForm, forms.Form):
    """What an editor types to state a date.

    After validation `reading` is what the words come to, `meaning` their one meaning if they
    have one, `who` and `said_on` the source and its day, and `claim` all of it if nothing is
    amiss.
    """

    words = forms.CharField(
        label="When did they say it will happen?",
        max_length=300,
        help_text="In the source’s own words: “autumn 2027”, “not before March 2026”, "
        "“by the end of 2028”, “TBD”, “launched on 30 July 2025”.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    stated_on = SaidOnField(
        label="Said on",
        help_text="The day on which they said it; a month alone (2026-11) if no more is known. "
        "Of a source from the list it may stay empty: then it is that source’s day.",
    )
    url = WebAddressField(
        label="URL",
        max_length=500,
        required=False,
        help_text="If we know this address already, its source is used.",
    )
    publisher = forms.CharField(max_length=120, required=False)
    title = forms.CharField(max_length=300, required=False)
    grade = forms.ChoiceField(choices=Source.Grade.choices, initial=Source.Grade.B, required=False)
    published_on = SaidOnField(
        label="Published on", help_text="Only if another day than “Said on”."
    )
    kind = forms.ChoiceField(
        label="What they said",
        choices=[
            ("", "as the words say"),
            (StatementKind.PLAN.value, "a plan"),
            (StatementKind.OCCURRED.value, "it happened"),
            (StatementKind.CANCELLED.value, "it is cancelled"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why, for readers", max_length=300, required=False, help_text="Optional."
    )
    telling = forms.ChoiceField(
        label="Readers",
        choices=[("", "announce it"), (QUIETLY, "publish quietly")],
        required=False,
        widget=forms.RadioSelect,
    )
    # These are shown with the preview, once there is something to choose.
    option = forms.CharField(max_length=200, required=False)
    standing = forms.ChoiceField(
        choices=[
            ("", "keep it beside, as “others say”"),
            (Statement.Standing.CURRENT.value, "take it as what holds now"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    confirmed = forms.CharField(max_length=64, required=False)
    seen_number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        milestone: Milestone,
        at: datetime,
        may_add_sources: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.milestone = milestone
        self.at = at
        self.may_add_sources = may_add_sources
        self.reading: Reading | None = None
        self.meaning: Meaning | None = None
        self.who: Source | None = None
        self.said_on: SaidOn | None = None
        if self.is_bound:
            del self.fields["words"].widget.attrs["autofocus"]  # the reading takes it
        self.fields["source"] = _source_field(milestone)
        for field in self.fields.values():
            if isinstance(field, SaidOnField):
                field.today = at.date()

    @property
    def has_chosen_source(self) -> bool:
        return bool(self["source"].value())

    @property
    def is_told(self) -> bool:
        return self.cleaned_data.get("telling") != QUIETLY

    @property
    def claim(self) -> Claim | None:
        """What would be stated; None while something is missing or amiss."""
        if self.errors or not (self.meaning and self.who and self.said_on):
            return None
        return Claim(
            text=self.cleaned_data["words"],
            date=self.meaning.date,
            source=self.who,
            stated_on=self.said_on.day,
            stated_precision=self.said_on.precision,
            kind=self.meaning.kind,
            reason=self.cleaned_data["reason"],
            certainty=self.meaning.certainty,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.who = self._source(cleaned)
        self.said_on = self._said_on(cleaned)
        if cleaned.get("words"):
            self.reading = read(cleaned["words"], self._context(cleaned))
            self.meaning = meaning_of(
                self.reading, kind=cleaned.get("kind", ""), option=cleaned.get("option", "")
            )
        return cleaned

    def _context(self, cleaned: dict[str, Any]) -> Context:
        return Context(
            said_on=self.said_on.day if self.said_on else self.at.date(),
            home_zone=self.milestone.home_zone,
            hemisphere=self.milestone.hemisphere,
            fiscal=self.milestone.fiscal,
            happened=cleaned.get("kind") == StatementKind.OCCURRED,
        )

    def _source(self, cleaned: dict[str, Any]) -> Source | None:
        chosen: Source | None = cleaned.get("source")
        described = cleaned.get("url") or cleaned.get("publisher") or cleaned.get("title")
        if chosen and described:
            self.add_error("source", "Choose a source or describe a new one, not both.")
            return None
        if chosen or not described:
            if chosen is None and not self.errors.keys() & {"source", "url", "publisher", "title"}:
                self.add_error("source", "Say who said it: choose a source or describe a new one.")
            return chosen
        if cleaned.get("url"):
            known = Source.objects.filter(url=cleaned["url"]).first()
            return known or self._new_source(cleaned)
        new = self._described(cleaned)
        return same_source(new) or self._new_source(cleaned)

    def _new_source(self, cleaned: dict[str, Any]) -> Source | None:
        if not self.may_add_sources:
            self.add_error("source", "You may not add a source: choose one that we know.")
            return None
        if not cleaned.get("publisher"):
            if "publisher" not in self.errors:
                self.add_error("publisher", "Say who published it.")
            return None
        return self._described(cleaned)

    def _described(self, cleaned: dict[str, Any]) -> Source:
        published = cleaned.get("published_on") or cleaned.get("stated_on")
        return Source(
            publisher=cleaned.get("publisher", ""),
            title=cleaned.get("title", ""),
            url=cleaned.get("url", ""),
            grade=cleaned.get("grade") or Source.Grade.B,
            published_on=published and published.day,
            published_precision=published.precision if published else Source.Known.DAY,
        )

    def _said_on(self, cleaned: dict[str, Any]) -> SaidOn | None:
        said = cleaned.get("stated_on")
        if said is None and self.who and self.who.published_on:
            said = SaidOn(self.who.published_on, self.who.published_precision)
        if said is None:
            if "stated_on" not in self.errors:
                self.add_error(
                    "stated_on", "Fill in “Said on”: the day, or at least the month (2026-11)."
                )
        elif said.day > (self.at + _EASTERNMOST).date():
            self.add_error("stated_on", "This day is in the future: nobody has said it yet.")
            return None
        return said


def same_source(new: Source) -> Source | None:
    """The one that we have without an address, described in the same words."""
    described = ("publisher", "title", "grade", "published_on", "published_precision")
    same = {name: getattr(new, name) for name in described}
    return Source.objects.filter(url="", **same).order_by("pk").first()


def meaning_of(reading: Reading, *, kind: str, option: str) -> Meaning | None:
    """The one meaning of the words: their own, or the one that the editor chose of several."""
    match reading:
        case Understood(date=day, kind_hint=hint, certainty=certainty):
            return _meant(day, kind, hint=hint, certainty=certainty)
        case NoDate(is_statement=True, kind_hint=hint, certainty=certainty):
            return _meant(NO_DATE, kind, hint=hint, certainty=certainty)
        case Question(options=options):
            chosen = [one.date for one in options if option_key(one.date) == option]
            return _meant(chosen[0], kind, hint="") if chosen else None
    return None


def option_key(value: VagueDate) -> str:
    return f"{value.edtf}|{value.precision}|{value.qualifier}|{value.zone}"


def _meant(value: VagueDate, kind: str, *, hint: str, certainty: str = "") -> Meaning:
    taken = StatementKind(kind or hint or StatementKind.PLAN)
    # A bare date is taken for a plan, and says nothing of it.
    says_so = hint != StatementKind.PLAN or value.mode in (Mode.NET, Mode.BY)
    return Meaning(
        date=NO_DATE if taken is StatementKind.CANCELLED else value,
        kind=taken,
        certainty=certainty,
        is_hinted_otherwise=bool(kind and hint) and kind != hint and says_so,
    )


def _source_field(milestone: Milestone) -> "forms.ModelChoiceField[Source]":
    """Any source may be sent; offered are those that the next statement most likely has.

    Another one is found by its URL.
    """
    field = forms.ModelChoiceField(Source.objects.all(), required=False, label="Source")
    field.choices = [("", "— a new source, below —"), *_recent(milestone)]
    return field


def _recent(milestone: Milestone) -> list[tuple[str, list[tuple[int, str]]]]:
    sources = Source.objects.all()
    newest_first = (F("published_on").desc(nulls_last=True), "-pk")
    used = sources.filter(statements__milestone=milestone).distinct().order_by(*newest_first)
    newest = sources.exclude(pk__in=used.values("pk")).order_by(*newest_first)
    groups = [("Of this milestone", used), ("Newest", newest)]
    return [
        (name, [(one.pk, label(one)) for one in found[:RECENT_SOURCES]]) for name, found in groups
    ]


def label(source: Source) -> str:
    """The source in a list: who, when, what."""
    day = source.published_on
    when = f", {said_on_words(day, known_to=source.published_precision)}" if day else ""
    title = f" — {source.title}" if source.title else ""
    return Truncator(f"{source.publisher}{when}{title}").chars(LONGEST_LABEL)
