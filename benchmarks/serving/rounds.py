"""One after another and round after round, so that whatever else the machine does meets all."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.measuring.load import Load, Request
from benchmarks.measuring.processes import cpu_seconds
from benchmarks.serving.targets import Kind, Target

# Looks at what is asked for, and says how to make the load: only that is measured.
Choose = Callable[[Request], Callable[[], Load]]


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_us: float
    per_second: float


class Costs:
    """What a request cost, by target and kind, in each round."""

    def __init__(self) -> None:
        self.all: dict[tuple[str, Kind], list[Cost]] = {}

    def add(self, target: str, kind: Kind, cost: Cost) -> None:
        self.all.setdefault((target, kind), []).append(cost)

    def has(self, target: str, kind: Kind) -> bool:
        return (target, kind) in self.all

    def usual(self, target: str, kind: Kind) -> Cost:
        costs = self.all[target, kind]
        return Cost(
            median(cost.cpu_us for cost in costs), median(cost.per_second for cost in costs)
        )

    def ratio(self, target: str, kind: Kind, *, to: str) -> float:
        """Requests per CPU second of the target over those of the other, round by round."""
        pairs = zip(self.all[to, kind], self.all[target, kind], strict=True)
        return median(other.cpu_us / one.cpu_us for other, one in pairs)


def measure(targets: list[Target], *, rounds: int, choose: Choose) -> Costs:
    costs = Costs()
    for number in range(rounds):
        for kind in Kind:
            asked = [target for target in targets if kind in target.kinds]
            first = number % len(asked)  # nobody always comes behind the same one
            for target in asked[first:] + asked[:first]:
                costs.add(target.name, kind, cost(target, kind, choose=choose))
    return costs


def cost(target: Target, kind: Kind, *, choose: Choose) -> Cost:
    request = target.request(kind)
    make = choose(request)
    before = cpu_seconds(*target.pids)
    made = make()
    used = cpu_seconds(*target.pids) - before
    return Cost(used / made.requests * 1_000_000, made.requests / made.seconds)
