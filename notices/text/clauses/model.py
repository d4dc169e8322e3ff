"""The learned judge: how sure it is that a candidate is a duty, and that its days are its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notices.text.clauses import features
from notices.text.clauses.candidates import Candidate
from notices.text.clauses.logistic import Logistic

FILE = Path(__file__).with_name("weights.json")
"""What the project was trained with; an office may train its own, see `use`."""

Judge = Callable[[Candidate], float]
"""How sure it is that a candidate is a duty, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Model:
    """What `manage.py train_reader` has learnt. ``least``: how sure a duty must be to be read;
    below the confidence ``doubtful`` a person should look first (请核对)."""

    version: str
    duty: Logistic
    days: Logistic
    least: float
    doubtful: float


class BadWeights(ValueError):
    """A file of weights that is none; the message names it."""


_chosen: list[Path] = []


def use(path: Path | None) -> None:
    """From now on the weights of this file, which an office has trained on its own notices."""
    _chosen[:] = [path] if path else []
    model.cache_clear()


@cache
def model() -> Model:
    """The weights in force."""
    path = _chosen[0] if _chosen else FILE
    try:
        loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Model(
            loaded["version"],
            Logistic(loaded["duty"]),
            Logistic(loaded["days"]),
            loaded["least"],
            loaded["doubtful"],
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadWeights(f"识别模型的权重文件 {path} 不能用（{problem}），请重新训练") from problem


def sure(candidate: Candidate) -> float:
    """The probability that the candidate is a duty to report."""
    return model().duty.probability(candidate.features)


def sure_of_days(candidate: Candidate) -> float:
    """The probability that its deadline is the one meant."""
    return model().days.probability(features.of_days(candidate.features))
