"""The ratios that were measured, and whether they are as promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

WIDTH = 66


@dataclass(frozen=True, slots=True)
class Goal:
    """Of `what` at least `least`, or at most `most`; without either it is only told."""

    what: str
    ratio: float
    least: float | None = None
    most: float | None = None

    @property
    def is_reached(self) -> bool:
        enough = self.least is None or self.ratio >= self.least
        return enough and (self.most is None or self.ratio <= self.most)

    def __str__(self) -> str:
        wanted = "".join(
            f"{sign} {bound:g}"
            for sign, bound in (("≥", self.least), ("≤", self.most))
            if bound is not None
        )
        missed = "" if self.is_reached else "   missed"
        return f"{self.what:<{WIDTH}}{self.ratio:>8.2f}{wanted:>8}{missed}"


def tell(goals: Sequence[Goal]) -> bool:
    """Print them; returns whether all were reached."""
    print(f"{'':<{WIDTH}}{'is':>8}{'goal':>8}", *goals, "", sep="\n", flush=True)
    return all(goal.is_reached for goal in goals)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times ours goes into theirs: taken within a round, and of those the median."""
    return median(other / one for one, other in zip(ours, theirs, strict=True))
