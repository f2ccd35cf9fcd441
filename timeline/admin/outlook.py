"""Our reading of what an editor typed, in the words that they read before saving."""

import hashlib
import re
from dataclasses import dataclass

from timeline import publishing
from timeline.admin.effect import Effect
from timeline.changes import StatementKind
from timeline.forms.meaning import Meaning, option_key
from timeline.forms.state import StateForm
from timeline.models import Milestone, Source
from timeline.publishing import Claim, PublishingError
from timeline.reading import NoDate, Question, Refusal
from timeline.wording import date_words, precision_words, window_words

_ONLY_HAPPENED = re.compile(
    r"(?:(?:it|this|that)\s+)?(?:(?:has|was)\s+)?(?:already\s+)?"
    r"(?:happened|occurred|launched|landed|done|completed|took place|taken place|signed|held)"
    r"(?:\s+(?:already|successfully))?[.!]?",
    re.IGNORECASE,
)
# Stands for the source until the editor has named it.
_SOMEBODY = Source(publisher="", grade=Source.Grade.A)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several meanings of the words, as a radio button."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """The one meaning of the words, in words of ours."""

    meaning: Meaning
    milestone: Milestone

    @property
    def kind(self) -> StatementKind:
        return self.meaning.kind

    @property
    def has_date(self) -> bool:
        return self.meaning.date.is_dated

    @property
    def date(self) -> str:
        return date_words(self.meaning.date, home_zone=self.milestone.home_zone)

    @property
    def window(self) -> str:
        return window_words(self.meaning.date, home_zone=self.milestone.home_zone)

    @property
    def precision(self) -> str:
        return precision_words(self.meaning.date.precision)

    @property
    def zone(self) -> str:
        place = self.milestone.home_zone.rpartition("/")[2].replace("_", " ")
        return "UTC" if place == "UTC" else f"{place} time"


class Outlook:
    """Our reading of a validated form, and what saving it would do. Writes nothing.

    `meant` is None while the words have no meaning or several, `effect` while nothing can be
    published; `refused` then says why, if publishing would refuse.
    """

    def __init__(self, form: StateForm) -> None:
        self.form = form
        self.words = str(form.cleaned_data.get("words", ""))
        self.refused = ""
        self.meant = Meant(form.meaning, form.milestone) if form.meaning else None
        self.effect = self._effect(form.meaning) if form.meaning else None

    def _effect(self, meaning: Meaning) -> Effect | None:
        claim = self.form.claim or self._claim_so_far(meaning)
        try:
            preview = publishing.preview(
                self.form.milestone, claim, at=self.form.at, corrects=self.form.corrects
            )
        except PublishingError as error:
            self.refused = str(error)
            return None
        return Effect(self.form, claim, preview)

    def _claim_so_far(self, meaning: Meaning) -> Claim:
        """What the words would change shows before who said them, and when, is known."""
        said_on = self.form.said_on
        return Claim(
            text=self.words,
            date=meaning.date,
            source=self.form.who or _SOMEBODY,
            stated_on=said_on.day if said_on else self.form.at.date(),
            stated_precision=said_on.precision if said_on else Source.Known.DAY,
            kind=meaning.kind,
        )

    @property
    def question(self) -> str:
        return self.form.reading.why if isinstance(self.form.reading, Question) else ""

    @property
    def choices(self) -> list[Choice]:
        is_cancelled = self.meant is not None and self.meant.kind is StatementKind.CANCELLED
        if is_cancelled or not isinstance(self.form.reading, Question):
            return []
        chosen = self.form.cleaned_data.get("option")
        keyed = [(option_key(one.date), one.label) for one in self.form.reading.options]
        return [Choice(key, label, is_chosen=key == chosen) for key, label in keyed]

    @property
    def refusal(self) -> Refusal | None:
        if self.meant is not None:
            return None
        match self.form.reading:
            case Refusal() as refusal:
                return self._when_it_happened() or refusal
            case NoDate(is_statement=False, word=word):
                return Refusal(f"“{word}” does not say on which day this happens.")
        return None

    def _when_it_happened(self) -> Refusal | None:
        """What to type of words that say only that it happened: "launched"."""
        if not _ONLY_HAPPENED.fullmatch(self.words):
            return None
        return Refusal("Say when it happened.", (f"launched on {self.form.at:%-d %B %Y}",))

    @property
    def is_not_understood(self) -> bool:
        """Whether only a date that is picked would help."""
        return self.refusal is not None

    @property
    def read_instead(self) -> str:
        """What was read in place of the words; '' if they were."""
        if self.meant is None:
            return ""
        return f"{self.form.picked.removeprefix('edtf:')} {self.form.picked_zone}".strip()

    @property
    def missing(self) -> list[str]:
        """What is amiss in the form, before anything can be saved."""
        return [str(error) for errors in self.form.errors.values() for error in errors]

    @property
    def is_ready(self) -> bool:
        return self.form.claim is not None and self.effect is not None

    @property
    def digest(self) -> str:
        """Of all that was shown: what is saved must have the one that was previewed."""
        claim = self.form.claim
        if claim is None or self.effect is None:
            return ""
        source = claim.source
        published = self.form.milestone.current_revision
        shown = (
            published and published.number,
            self.form.corrects and self.form.corrects.pk,
            (claim.text, claim.date, claim.kind, claim.stated_on, claim.stated_precision),
            claim.window_end_at,
            (source.pk, source.publisher, source.title, source.url, source.grade),
            self.effect.preview,
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()
