"""State a date: what an editor types about one milestone, and the claim that it comes to."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from timeline.changes import StatementKind
from timeline.dates import zone_named
from timeline.forms.meaning import Meaning, by_the_clock_of, meaning_of
from timeline.forms.picker import PickerForm
from timeline.forms.sourced import SourcedForm
from timeline.models import Milestone, Statement
from timeline.publishing import Claim
from timeline.reading import Context, Reading, read

QUIETLY = "quietly"
CORRECTION = "correction"


class StateForm(PickerForm, SourcedForm):
    """What an editor types to state a date.

    After validation `reading` is what the words come to, `meaning` their one meaning if they
    have one, `who` and `said_on` the source and its day, and `claim` all of it if nothing is
    amiss. What was picked, or written as EDTF, is read instead of the words.

    `corrects` is the statement that it takes the place of, if we mistook that.
    """

    words = forms.CharField(
        label="When did they say it will happen?",
        max_length=300,
        help_text="In the source’s own words: “autumn 2027”, “not before March 2026”, "
        "“by the end of 2028”, “TBD”, “launched on 30 July 2025”.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
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
        choices=[
            ("", "announce it"),
            (QUIETLY, "publish quietly"),
            (CORRECTION, "correct what we published: the mistake was ours"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    window_end = forms.TimeField(
        label="The window closes at",
        required=False,
        help_text="Of an exact time: until when it may take place (18:20, by the same clock).",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
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
        corrects: Statement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            *args, milestone=milestone, at=at, may_add_sources=may_add_sources, **kwargs
        )
        self.milestone = milestone
        self.reading: Reading | None = None
        self.meaning: Meaning | None = None
        if self.is_bound:
            del self.fields["words"].widget.attrs["autofocus"]  # the reading takes it
        self.offer_zones(home_zone=milestone.home_zone)
        self.mistaken = corrects
        if corrects is not None:
            del self.fields["telling"], self.fields["standing"]

    @property
    def is_told(self) -> bool:
        return self.cleaned_data.get("telling") != QUIETLY

    @property
    def corrects(self) -> Statement | None:
        published = self.milestone.current_revision
        if self.cleaned_data.get("telling") == CORRECTION and published is not None:
            return published.statement
        return self.mistaken

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
            window_end_at=self.cleaned_data.get("window_end_at"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("words"):
            reading = read(self.picked or cleaned["words"], self._context(cleaned))
            self.reading = by_the_clock_of(self.picked_zone, reading)
            self.meaning = meaning_of(
                self.reading, kind=cleaned.get("kind", ""), option=cleaned.get("option", "")
            )
        if cleaned.get("window_end"):
            cleaned["window_end_at"] = self._window_end(cleaned["window_end"])
        if cleaned.get("telling") == CORRECTION and self.milestone.current_revision is None:
            self.add_error("telling", "Nothing is published yet: there is nothing to correct.")
        return cleaned

    def _window_end(self, closes: time) -> datetime | None:
        """The first time after the date that the clock shows this, in the zone of the date."""
        opens = self.meaning.date.instant if self.meaning else None
        if self.meaning is None or opens is None:
            self.add_error("window_end", "Only an exact time opens a window that closes at a time.")
            return None
        zone = zone_named(self.meaning.date.zone or self.milestone.home_zone)
        here = opens.astimezone(zone)
        end = datetime.combine(here.date(), closes, zone)
        return end if end > here else end + timedelta(days=1)

    def _context(self, cleaned: dict[str, Any]) -> Context:
        return Context(
            said_on=self.said_on.day if self.said_on else self.at.date(),
            home_zone=self.picked_zone or self.milestone.home_zone,
            hemisphere=self.milestone.hemisphere,
            fiscal=self.milestone.fiscal,
            happened=cleaned.get("kind") == StatementKind.OCCURRED,
        )
