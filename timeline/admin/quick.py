"""The ways to state what became of a milestone: the screen of a date, opened for that."""

from dataclasses import dataclass

from django.utils.datastructures import MultiValueDict

from timeline.changes import StatementKind
from timeline.models import Milestone

PARAMETER = "as"


@dataclass(frozen=True, slots=True)
class Quick:
    """A kind of statement chosen before the screen opens, and what the screen then says.

    `words` are in the field already; `picks` opens the parts of a date beside them.
    """

    kind: StatementKind
    title: str
    asks: str
    help: str
    words: str = ""
    picks: bool = False

    @property
    def query(self) -> str:
        return f"?{PARAMETER}={self.kind}"


HAPPENED = Quick(
    kind=StatementKind.OCCURRED,
    title="Record what happened",
    asks="When did they say it happened?",
    help="“launched on 30 July 2025 at 17:40 IST”. Or pick the day, or day, time and zone, below, "
    "and give here what they said. That it failed is told in “Why, for readers”.",
    picks=True,
)
CANCEL = Quick(
    kind=StatementKind.CANCELLED,
    title="Cancel",
    asks="How did they say that it will not take place?",
    help="In the source’s own words. The date that it had stays shown, struck through.",
    words="cancelled",
)
REINSTATE = Quick(
    kind=StatementKind.PLAN,
    title="Reinstate",
    asks="For when is it planned again?",
    help="“spring 2028”; “TBD” if they named no date.",
)
_BY_KIND = {one.kind.value: one for one in (HAPPENED, CANCEL, REINSTATE)}


def asked(parameters: MultiValueDict[str, str]) -> Quick | None:
    """Which one an address asks for; None if it asks for none, or for what there is not."""
    return _BY_KIND.get(parameters.get(PARAMETER) or "")


def offered(milestone: Milestone) -> tuple[Quick, ...]:
    """What can become of it: of a plan its end, of what was cancelled a new plan."""
    revision = milestone.current_revision
    if revision is None or revision.status == StatementKind.OCCURRED:
        return ()
    return (REINSTATE,) if revision.status == StatementKind.CANCELLED else (HAPPENED, CANCEL)
