"""Logistic regression over features that hold or not: scored and trained in plain Python."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_ROUNDS = 30
_SMALLEST = 1e-4
_DIGITS = 4
"""Decimals of a weight: the same on every machine, whatever the last bits of exp() are."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """``weights`` by feature; what is not known weighs nothing."""

    weights: dict[str, float]

    def probability(self, found: Collection[str]) -> float:
        return _sigmoid(math.fsum(self.weights.get(name, 0.0) for name in found))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen, whether it was so, and how much it counts."""

    found: frozenset[str]
    is_so: bool
    weight: float = 1.0


def trained(examples: Sequence[Example], *, penalty: float, least: int = 3) -> Logistic:
    """The weights that fit the examples best, less ``penalty`` × their squares.

    Newton's step feature by feature in the order of their names: the same examples give the same
    weights. Features seen fewer than ``least`` times are left out.
    """
    seen: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        for name in example.found:
            seen.setdefault(name, []).append(number)
    columns = {name: seen[name] for name in sorted(seen) if len(seen[name]) >= least}
    weights = dict.fromkeys(columns, 0.0)
    totals = [0.0] * len(examples)
    wanted = [1.0 if example.is_so else 0.0 for example in examples]
    counts = [example.weight for example in examples]
    for _ in range(_ROUNDS):
        largest = 0.0
        for name, rows in columns.items():
            slope, curve = penalty * weights[name], penalty
            for row in rows:
                chance = _sigmoid(totals[row])
                slope += counts[row] * (chance - wanted[row])
                curve += counts[row] * max(chance * (1 - chance), 0.02)
            step = slope / curve
            if abs(step) > _SMALLEST:
                weights[name] -= step
                for row in rows:
                    totals[row] -= step
            largest = max(largest, abs(step))
        if largest < _SMALLEST:
            break
    return Logistic({name: round(value, _DIGITS) for name, value in weights.items() if value})
