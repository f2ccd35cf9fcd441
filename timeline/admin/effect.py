"""What stating a date would change, and who would hear of it, in words."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from timeline import chain, outbox
from timeline.changes import Change, ChangeKind, Stated, StatementKind, is_news
from timeline.claims import NEWS_AGE
from timeline.dates import Precision
from timeline.forms.state import StateForm
from timeline.models import Announcement, Revision, Source, Statement
from timeline.publishing import Claim, Preview
from timeline.wording import change_words, date_words, kind_words, range_words, said_on_words

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
        chain = self.milestone.statements.chain().select_related("milestone", "source")
        self.said = [one for one in chain if one != form.corrects]
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
            range=range_words(change, before, after),
        )

    # ---- where it stands

    @property
    def is_dissent(self) -> bool:
        """Whether it stays beside what is published, unless the editor says otherwise."""
        is_dissent = self.preview.standing == Statement.Standing.DISSENT
        return is_dissent and self.form.who is not None and self.form.corrects is None

    @property
    def why_dissent(self) -> str:
        """Why the claim does not replace what we follow, as `changes.supersedes` decides it."""
        source, held_true = self.claim.source, self._followed
        followed = (
            f"“{held_true.text}”, {held_true.source.publisher} (grade {held_true.source.grade}), "
            f"{_said_on(held_true)}."
        )
        if StatementKind.OCCURRED == held_true.kind != self.claim.kind:
            word = "plan" if self.claim.kind is StatementKind.PLAN else "cancellation"
            return f"It has happened, and a {word} does not overturn what happened: {followed}"
        is_weaker = source.grade > held_true.source.grade
        how = "a weaker source" if is_weaker else "vaguer"
        return f"{source.publisher} (grade {source.grade}) is {how} than what we follow: {followed}"

    @property
    def _followed(self) -> Statement:
        """What was held true on the day of the claim: the claim is weighed against that."""
        return [one for one in self.said if one.stated_on <= self.claim.stated_on][-1]

    # ---- who hears of it

    @property
    def telling(self) -> str:
        """Whether readers will hear of it, and when."""
        if self.form.corrects is not None:
            return self._corrected(self.form.corrects)
        if self.is_dissent and not self.form.cleaned_data.get("standing"):
            return "Not published; readers see it under “others say”. Nobody is told."
        if self.preview.back_filled:
            older = "Taken as older" if self._same_month() else "Older"
            return (
                f"{older} than what is published: it goes into the history, nothing is published "
                "and nobody is told."
            )
        if self.preview.net.kind is ChangeKind.UNCHANGED:
            return self._nothing_new()
        if self.held is not None:
            return (
                "An announcement is still held: this merges into it, and readers hear the net "
                f"change. It waits until {self._settled()}."
            )
        return self._announced()

    def _corrected(self, mistaken: Statement) -> str:
        told, published = self.milestone.announced_revision, self.published
        if published is None or published.statement_id != mistaken.pk:
            return "The history is set right. What is published stays, and nobody is told."
        if self.preview.net.kind is ChangeKind.UNCHANGED:
            return self._nothing_new()
        if self.held is not None:
            return f"What is held is set right, before anybody reads it. {self._waits()}"
        if told is None or told.statement_id != mistaken.pk:
            return "It was not announced: published again, and nobody is told."
        return f"A correction goes to those who were told it, and to nobody else. {self._waits()}"

    def _waits(self) -> str:
        return f"It waits until {self._settled()}."

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
        found = (
            self._other_kind(),
            self._past_plan(),
            self._said_too_late(),
            self._translated(),
            self._same_month(),
        )
        return [text for text in found if text]

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

    def _said_too_late(self) -> str:
        """A date of which the old window was over before it was said."""
        if self.preview.change.sub != "old window had passed":
            return ""
        return (
            f"What is published ({self.stands}) was over when this was said: it counts as a slip "
            "from there."
        )

    def _translated(self) -> str:
        was = self.published.date.precision if self.published else Precision.NONE
        if {was, self.claim.date.precision} != _YEARS_OF_TWO_KINDS:
            return ""
        return (
            "One is a fiscal year, the other a calendar year. If it is only a translation, keep "
            "what is published."
        )

    def _same_month(self) -> str:
        """A month alone counts as its first day: what was said in that month may be older."""
        if self.claim.stated_precision != Source.Known.MONTH or not self.said:
            return ""
        newest = self.said[-1]
        if newest.stated_on.replace(day=1) != self.claim.stated_on:
            return ""
        becomes = (
            "goes into the history before it" if self.preview.back_filled else "counts as newer"
        )
        return (
            "“Said on” is known to the month only: it may be older or newer than "
            f"“{newest.text}” ({newest.source.publisher}, {_said_on(newest)}). Give the day, or "
            f"it {becomes}."
        )


def _said_on(statement: Statement) -> str:
    return said_on_words(statement.stated_on, known_to=statement.stated_precision)
