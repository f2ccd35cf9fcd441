"""The dates found in an article, as rows: what an editor sees of each, and what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from timeline import publishing
from timeline.admin.words import changed, published_date
from timeline.changes import StatementKind
from timeline.claims import stated
from timeline.finding import Proposal, Subject, Subjects, find
from timeline.forms.meaning import option_key
from timeline.forms.milestone import number_of, versions
from timeline.forms.paste import FoundForm, PasteForm, is_said
from timeline.models import Milestone, Statement
from timeline.publishing import Preview, PublishingError
from timeline.wording import date_words, window_words


@dataclass
class Found:
    """One date, as a row: its form, and what stating it would do."""

    form: FoundForm
    milestone: Milestone | None
    is_said: bool
    preview: Preview | None = None
    refused: str = ""

    @property
    def number(self) -> int:
        """Of what is published of its milestone."""
        return number_of(self.milestone) if self.milestone else 0

    @property
    def conflict(self) -> list[str]:
        """What the editor saw and what stands now, if somebody published since; else nothing."""
        seen = self.form.cleaned_data
        if self.milestone is None or seen.get("seen_of") != self.milestone.pk:
            return []
        if seen.get("seen_number") in (None, self.number):
            return []
        return versions(self.milestone, seen["seen_number"])

    @property
    def before(self) -> str:
        return self.form.proposal.sentence[: self.form.proposal.start]

    @property
    def phrase(self) -> str:
        return self.form.proposal.words

    @property
    def after(self) -> str:
        return self.form.proposal.sentence[self.form.proposal.end :]

    @property
    def window(self) -> str:
        meaning = self.form.meaning
        if meaning is None or not meaning.date.is_dated:
            return ""
        return window_words(meaning.date, home_zone=self._zone)

    @property
    def date(self) -> str:
        meaning = self.form.meaning
        return date_words(meaning.date, home_zone=self._zone) if meaning else ""

    @property
    def _zone(self) -> str:
        return self.milestone.home_zone if self.milestone else "UTC"

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        if self.form.question is None:
            return []
        chosen = self.form.cleaned_data.get("option")
        keyed = [(option_key(one.date), one.label) for one in self.form.question.options]
        return [(key, label, key == chosen) for key, label in keyed]

    @property
    def published(self) -> str:
        return published_date(self.milestone) if self.milestone else ""

    @property
    def change(self) -> SafeString | None:
        """Against what is published."""
        claim = self.form.claim
        if self.preview is None or claim is None or self.milestone is None:
            return None
        published = self.milestone.current_revision
        before = published.stated if published else None
        return changed(self.preview.change, before, stated(self.milestone, claim))

    @property
    def is_dissent(self) -> bool:
        return self.preview is not None and self.preview.standing == Statement.Standing.DISSENT


def rows_of(form: PasteForm, sent: QueryDict) -> list[Found] | None:
    """What is found, as it was sent or, the first time, as it is proposed; None without a day."""
    article, said_on = form.cleaned_data.get("article"), form.said_on
    if not article or said_on is None:
        return None
    milestones = list(Milestone.objects.with_what_is_shown().order_by("title", "pk"))
    choices = [(one.pk, one.title) for one in milestones]
    by_key = {one.pk: one for one in milestones}
    found = find(article, _subjects(milestones), said_on=said_on.day)
    rows = []
    for number, proposal in enumerate(found):
        prefix = f"found-{number}"
        said = is_said(proposal, who=form.who, said_on=said_on)
        is_taken = proposal.is_likely and not said
        row = FoundForm(
            sent
            if f"{prefix}-words" in sent
            else _as_proposed(prefix, proposal, is_taken=is_taken),
            prefix=prefix,
            proposal=proposal,
            milestones=choices,
            who=form.who,
            said_on=said_on,
        )
        row.full_clean()
        rows.append(_looked_at(row, by_key, form, is_said=said))
    return rows


def _subjects(milestones: Sequence[Milestone]) -> Subjects:
    return Subjects(
        Subject(
            key=one.pk,
            title=one.title,
            names=(one.programme.title, *_aliases(one.programme.aliases)),
            is_planned=one.current_revision is None
            or one.current_revision.status == StatementKind.PLAN,
        )
        for one in milestones
    )


def _aliases(text: str) -> list[str]:
    return [alias.strip() for alias in text.split(",") if alias.strip()]


def _as_proposed(prefix: str, proposal: Proposal, *, is_taken: bool) -> QueryDict:
    """As a browser would send it of the screen that shows it first."""
    first = {
        "words": proposal.words,
        "kind": proposal.kind.value,
        "milestone": str(proposal.subjects[0].key) if proposal.is_likely else "",
        "take": "on" if is_taken else "",
    }
    data = QueryDict(mutable=True)
    data.update({f"{prefix}-{name}": value for name, value in first.items()})
    return data


def _looked_at(
    row: FoundForm, milestones: dict[int, Milestone], form: PasteForm, *, is_said: bool
) -> Found:
    """With what stating it would do, if it can be stated."""
    milestone = milestones.get(row.of.pk) if row.of else None
    found = Found(row, milestone, is_said)
    if row.claim is not None and milestone is not None:
        try:
            found.preview = publishing.preview(milestone, row.claim, at=form.at)
        except PublishingError as refused:
            found.refused = str(refused)
    return found
