"""What stating a date would change, and who would hear of it, in words."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from timeline import chain, outbox
from timeline.changes import Change, ChangeKind, Stated, StatementKind, is_news
from timeline.claims import NEWS_AGE
from timeline.dates import Precision
from timeline.forms.state import StateForm
from timeline.models import Announcement, Revision, Statement
from timeline.publishing import Claim, Preview
from timeline.wording import change_words, date_words, kind_words, range_words

_YEARS_OF_TWO_KINDS = {Precision.FISCAL_YEAR, Precision.YEAR}


@dataclass(frozen=True, slots=True)
class Move:
    """A change in words, and its kind for a badge."""

    kind: str
    badge: str
    line: str
    range: str


def wait_words(seconds: int) -> str:
    """How long news settles: "30 seconds", "10 minutes"."""
    if seconds < 120 and seconds % 60:  # noqa: PLR2004  (two minutes)
        return f"{seconds} seconds"
    minutes = round(seconds / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


class Effect:
    """What publishing a claim would do."""

    def __init__(self, form: StateForm, claim: Claim, preview: Preview) -> None:
        self.form = form
        self.claim = claim
        self.preview = preview
        self.milestone = form.milestone
        self.published = form.milestone.current_revision
        self.said = list(self.milestone.statements.chain().select_related("milestone", "source"))
        self.held = Announcement.objects.held().filter(milestone=self.milestone).first()

    # ---- what changes

    @property
    def stands(self) -> str:
        """What is published now; '' of a draft."""
        if self.published is None:
            return ""
        return date_words(self.published.date, home_zone=self.milestone.home_zone)

    @property
    def change(self) -> Move:
        return self._move(self.preview.change, self.published)

    @property
    def net(self) -> Move | None:
        """The change from what readers were last told, where that is another one."""
        if self.preview.net == self.preview.change:
            return None
        known = outbox.baseline(self.milestone, held=self.held, previous=self.published)
        return self._move(self.preview.net, known)

    def _move(self, change: Change, since: Revision | None) -> Move:
        claim = self.claim
        after = Stated(claim.date, claim.stated_on, self.milestone.home_zone, claim.kind)
        before = since.stated if since else None
        if change.after_gap:
            before = chain.last_dated(self.said)
        return Move(
            kind=change.kind,
            badge=kind_words(change.kind),
            line=change_words(change, before, after),
            range=range_words(change),
        )

    # ---- where it stands

    @property
    def is_dissent(self) -> bool:
        """Whether it stays beside what is published, unless the editor says otherwise."""
        return self.form.who is not None and self.preview.standing == Statement.Standing.DISSENT

    @property
    def why_dissent(self) -> str:
        held_true, source = self.said[-1], self.claim.source
        is_vaguer = self.preview.change.kind is ChangeKind.LOOSENED
        return (
            f"{source.publisher} (grade {source.grade}) is "
            f"{'vaguer' if is_vaguer else 'a weaker source'} than what we follow: "
            f"“{held_true.text}”, {held_true.source.publisher} (grade {held_true.source.grade}), "
            f"{held_true.stated_on:%-d %b %Y}."
        )

    # ---- who hears of it

    @property
    def telling(self) -> str:
        """Whether readers will hear of it, and when."""
        if self.is_dissent and not self.form.cleaned_data.get("standing"):
            return "Not published; readers see it under “others say”. Nobody is told."
        if self.preview.back_filled:
            return (
                "Older than what is published: it goes into the history, nothing is published "
                "and nobody is told."
            )
        if self.preview.net.kind is ChangeKind.UNCHANGED:
            return self._nothing_new()
        if self.held is not None:
            return (
                "An announcement is still held: this merges into it, and readers hear the net "
                f"change. It settles until {self._settled()}."
            )
        return self._announced()

    def _nothing_new(self) -> str:
        if self.held is not None:
            return "This takes back the announcement that is held: readers hear nothing."
        return "Nothing new for readers: it is noted as checked, and nobody is told."

    def _announced(self) -> str:
        if not self.form.is_told:
            return "Published quietly: nobody is told."
        if self.preview.old_news:
            return f"Published, but told to nobody: it was said over {NEWS_AGE.days} days ago."
        wait = wait_words(settings.MILEPOST_SETTLE_SECONDS)
        sent = f"Announced: held for {wait}, until {self._settled()}, then sent."
        if is_news(self.preview.net, after=self.claim.date):
            return sent
        return "Published, but too small a change for a mail: pages and calendars show it."

    def _settled(self) -> str:
        until = self.form.at + timedelta(seconds=settings.MILEPOST_SETTLE_SECONDS)
        if self.held is not None:
            until = min(until, self.held.deadline_at)
        return f"{until:%H:%M} UTC"

    # ---- what is allowed, and often a mistake

    @property
    def warnings(self) -> list[str]:
        return [
            text for text in (self._other_kind(), self._past_plan(), self._translated()) if text
        ]

    def _other_kind(self) -> str:
        if self.form.meaning is None or not self.form.meaning.is_hinted_otherwise:
            return ""
        return "The words say something else than what you chose under “What they said”."

    def _past_plan(self) -> str:
        latest = self.claim.date.window(self.milestone.home_zone).latest
        is_over = latest is not None and latest < self.form.at.date()
        if not is_over or self.claim.kind is not StatementKind.PLAN:
            return ""
        return "This is over already, and stated as a plan. Did it happen?"

    def _translated(self) -> str:
        was = self.published.date.precision if self.published else Precision.NONE
        if {was, self.claim.date.precision} != _YEARS_OF_TWO_KINDS:
            return ""
        return (
            "One is a fiscal year, the other a calendar year: has the date moved, or is it only "
            "a translation?"
        )
