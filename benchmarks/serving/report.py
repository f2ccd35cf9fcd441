"""The figures as tables, and whether Milepost reached what it promises."""

from dataclasses import dataclass

from benchmarks.serving.rounds import Costs
from benchmarks.serving.targets import Kind, Target


@dataclass(frozen=True, slots=True)
class Goal:
    """So many requests of a kind for each one that another answers with the same CPU time.

    Without `ratio` it is only told.
    """

    kind: Kind
    than: str
    ratio: float | None = None


GOALS = (
    Goal(Kind.UNCHANGED, "bare WSGI", 0.85),
    Goal(Kind.ZIPPED, "bare WSGI", 0.85),
    Goal(Kind.UNCHANGED, "nginx static", 0.25),
    Goal(Kind.ZIPPED, "nginx static", 0.45),
    Goal(Kind.ZIPPED, "django-ical", 2000),
    Goal(Kind.UNCHANGED, "django-ical, cached", 15),
    Goal(Kind.ZIPPED, "django-ical, cached", 35),
    Goal(Kind.PLAIN, "bare WSGI"),
    Goal(Kind.PLAIN, "nginx static"),
    Goal(Kind.PLAIN, "django-ical"),
    Goal(Kind.PLAIN, "django-ical, cached"),
    Goal(Kind.PLAIN, "icalendar each time"),
)
NO_ANSWER = f"{'–':>18}"


def costs_table(targets: list[Target], costs: Costs) -> str:
    heads = "".join(f"{f'{kind}: µs':>10}{'req/s':>8}" for kind in Kind)
    lines = [f"{'CPU per request':<24}{heads}"]
    for target in targets:
        cells = "".join(_cell(costs, target.name, kind) for kind in Kind)
        lines.append(f"{target.name:<24}{cells}")
    return "\n".join(lines)


def goals_table(ours: list[Target], costs: Costs) -> tuple[str, bool]:
    """The ratios that were to be reached, and whether all of those measured were."""
    lines = [f"{'requests per CPU second':<50}{'is':>8}{'goal':>8}"]
    reached = True
    for target in ours:
        for goal in GOALS:
            if costs.has(goal.than, goal.kind):
                ratio = costs.ratio(target.name, goal.kind, to=goal.than)
                reached &= goal.ratio is None or ratio >= goal.ratio
                lines.append(_line(target.name, goal, ratio))
    return "\n".join(lines), reached


def _cell(costs: Costs, target: str, kind: Kind) -> str:
    if not costs.has(target, kind):
        return NO_ANSWER
    usual = costs.usual(target, kind)
    return f"{usual.cpu_us:>10,.1f}{usual.per_second:>8,.0f}"


def _line(target: str, goal: Goal, ratio: float) -> str:
    compared = f"{f'{target}, {goal.kind} : {goal.than}':<50}{_number(ratio):>8}"
    if goal.ratio is None:
        return compared
    return f"{compared}{_number(goal.ratio):>8}{'' if ratio >= goal.ratio else '   missed'}"


def _number(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"  # noqa: PLR2004
