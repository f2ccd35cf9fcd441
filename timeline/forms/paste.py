"""Paste a text: an article, and of each date found in it what an editor makes of that."""

from collections.abc import Sequence
from typing import Any

from django import forms

from timeline.changes import StatementKind
from timeline.finding import LONGEST, Proposal
from timeline.forms.meaning import Meaning, meaning_of
from timeline.forms.said_on import SaidOn
from timeline.forms.sourced import SourcedForm
from timeline.forms.state import QUIETLY
from timeline.forms.text import PlainTextForm
from timeline.models import Milestone, Source, Statement
from timeline.publishing import Claim
from timeline.reading import Context, Question, Reading, read

Choices = Sequence[tuple[Any, Any]]
KINDS = [
    (StatementKind.PLAN.value, "a plan"),
    (StatementKind.OCCURRED.value, "it happened"),
    (StatementKind.CANCELLED.value, "it is cancelled"),
]


class PasteForm(SourcedForm):
    """The article, whose it is, and of which day. Nothing of it is kept but what is taken."""

    article = forms.CharField(
        label="The article",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True}),
        help_text="Paste all of it: the dates are found with their sentences, and you choose.",
        error_messages={
            "required": "Paste a text.",
            "max_length": "That is too long: paste at most 100,000 signs at a time.",
        },
    )
    telling = forms.ChoiceField(
        label="Readers",
        choices=[("", "announce what is news"), (QUIETLY, "publish quietly")],
        required=False,
        widget=forms.RadioSelect,
    )
    confirmed = forms.CharField(max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, milestone=None, **kwargs)
        if self.is_bound:
            del self.fields["article"].widget.attrs["autofocus"]  # what was found takes it

    @property
    def is_told(self) -> bool:
        return self.cleaned_data.get("telling") != QUIETLY


class FoundForm(PlainTextForm, forms.Form):
    """One date that was found: taken or dropped, and of what it is.

    After validation `reading`, `meaning` and `milestone` are what it comes to, and `claim` all
    of it if nothing is amiss.
    """

    take = forms.BooleanField(label="Take it", required=False)
    milestone = forms.ModelChoiceField(
        Milestone.objects.all(), required=False, label="Of which milestone"
    )
    words = forms.CharField(label="Words", max_length=300)
    kind = forms.ChoiceField(label="What they said", choices=KINDS)
    option = forms.CharField(max_length=200, required=False)
    seen_of = forms.IntegerField(required=False)
    seen_number = forms.IntegerField(required=False)

    def __init__(
        self,
        *args: Any,
        proposal: Proposal,
        milestones: Choices,
        who: Source | None,
        said_on: SaidOn,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)
        self.proposal = proposal
        self.who, self.said_on = who, said_on
        self.reading: Reading | None = None
        self.meaning: Meaning | None = None
        likely = [(one.key, one.title) for one in proposal.subjects]
        groups = [("Named beside it", likely)] if likely else []
        field = self.fields["milestone"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
        field.choices = [("", "— none —"), *groups, ("All", milestones)]

    @property
    def of(self) -> Milestone | None:
        chosen: Milestone | None = self.cleaned_data.get("milestone")
        return chosen

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("take"))

    @property
    def question(self) -> Question | None:
        return self.reading if isinstance(self.reading, Question) else None

    @property
    def claim(self) -> Claim | None:
        """What would be stated; None while something is missing or amiss."""
        if self.errors or not (self.meaning and self.who and self.of):
            return None
        return Claim(
            text=self.cleaned_data["words"],
            date=self.meaning.date,
            source=self.who,
            stated_on=self.said_on.day,
            stated_precision=self.said_on.precision,
            kind=self.meaning.kind,
            certainty=self.meaning.certainty,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("words"):
            self.reading = read(cleaned["words"], self._context(cleaned))
            self.meaning = meaning_of(
                self.reading, kind=cleaned.get("kind", ""), option=cleaned.get("option", "")
            )
        if cleaned.get("take"):
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("milestone") is None and "milestone" not in self.errors:
            self.add_error("milestone", "Choose the milestone, or drop this date.")
        if self.meaning is None and cleaned.get("words"):
            asked = "Choose what is meant." if self.question else "This is not understood."
            self.add_error("words", asked)

    def _context(self, cleaned: dict[str, Any]) -> Context:
        milestone: Milestone | None = cleaned.get("milestone")
        happened = cleaned.get("kind") == StatementKind.OCCURRED
        if milestone is None:
            return Context(said_on=self.said_on.day, happened=happened)
        return Context(
            said_on=self.said_on.day,
            home_zone=milestone.home_zone,
            hemisphere=milestone.hemisphere,
            fiscal=milestone.fiscal,
            happened=happened,
        )


def is_said(proposal: Proposal, *, who: Source | None, said_on: SaidOn) -> bool:
    """Whether that source's word on the likeliest milestone is here already."""
    date = getattr(proposal.reading, "date", None)
    if not proposal.subjects or who is None or date is None:
        return False
    same_day = Statement.objects.filter(
        milestone=proposal.subjects[0].key, stated_on=said_on.day, source__publisher=who.publisher
    )
    return same_day.exclude(standing=Statement.Standing.WITHDRAWN).filter(edtf=date.edtf).exists()
