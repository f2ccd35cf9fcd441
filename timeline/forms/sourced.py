"""Who said it, and when: a source that is chosen, or described in place."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from timeline.forms.said_on import SaidOn, SaidOnField
from timeline.forms.source_choice import same_source, source_at, source_field
from timeline.forms.text import PlainTextForm, WebAddressField
from timeline.models import Milestone, Source

_EASTERNMOST = timedelta(hours=14)


class SourcedForm(PlainTextForm, forms.Form):
    """After validation `who` and `said_on` are the source and its day, None if that is amiss.

    Offered are the sources that have spoken of the milestone, if it is one's, and the newest.
    """

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

    def __init__(
        self,
        *args: Any,
        milestone: Milestone | None,
        at: datetime,
        may_add_sources: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.at = at
        self.may_add_sources = may_add_sources
        self.who: Source | None = None
        self.said_on: SaidOn | None = None
        self.fields["source"] = source_field(milestone)
        for field in self.fields.values():
            if isinstance(field, SaidOnField):
                field.today = at.date()

    @property
    def has_chosen_source(self) -> bool:
        return bool(self["source"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.who = self._source(cleaned)
        self.said_on = self._said_on(cleaned)
        return cleaned

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
            known = source_at(cleaned["url"])
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
