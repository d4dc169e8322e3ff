"""How good the judge would be on texts it has not seen: cross-validated by notice.

From that come the two marks: how sure a candidate must be to be read as a duty, and below which
confidence a person is asked to look first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from notices.text.clauses import features
from notices.text.clauses.logistic import Logistic
from notices.text.learning.training import Taught, judge_of

_FOLDS = 7
_LEAST = [mark / 20 for mark in range(6, 15)]
_MARKS = [mark / 50 for mark in range(25, 50)]
_AS_GOOD = 0.005
"""A difference that is chance: of such thresholds the one nearest to the middle."""
_RIGHT_BELOW = 0.2
"""Of the right readings at most so many may be doubted for nothing."""

Lesson = Sequence[Taught]


@dataclass(frozen=True, slots=True)
class Marks:
    """``least`` to be read at all; below ``doubtful`` a person should look first."""

    least: float
    doubtful: float
    found_f1: float


@dataclass(frozen=True, slots=True)
class Unseen:
    """A candidate with what a judge that never saw its notice thinks of it."""

    taught: Taught
    duty: float
    days: float

    @property
    def confidence(self) -> float:
        return self.duty * self.days


def marks(notices: Sequence[Lesson], sentences: Sequence[Lesson]) -> Marks:
    """From notices left out in turn; sentences that stand alone only teach."""
    seen = list(_unseen(notices, sentences))
    wanted = sum(one.taught.is_duty is True for one in seen)
    best = max(_f1(seen, mark, wanted) for mark in _LEAST)
    as_good = [mark for mark in _LEAST if _f1(seen, mark, wanted) > best - _AS_GOOD]
    least = min(as_good, key=lambda mark: (abs(mark - 0.5), mark))
    read = [one for one in seen if one.duty >= least and one.taught.is_duty is not None]
    right = [one for one in read if one.taught.is_duty and one.taught.is_dated]
    doubtful = max(
        (mark for mark in _MARKS if _share_below(right, mark) <= _RIGHT_BELOW), default=_MARKS[0]
    )
    return Marks(least, doubtful, round(_f1(seen, least, wanted), 3))


def _unseen(notices: Sequence[Lesson], sentences: Sequence[Lesson]) -> list[Unseen]:
    out = []
    for fold in range(_FOLDS):
        rest = [lesson for number, lesson in enumerate(notices) if number % _FOLDS != fold]
        duty, days = judge_of([*rest, *sentences])
        for lesson in notices[fold::_FOLDS]:
            out += [_judged(one, duty, days) for one in lesson]
    return out


def _judged(one: Taught, duty: Logistic, days: Logistic) -> Unseen:
    found = one.candidate.features
    return Unseen(one, duty.probability(found), days.probability(features.of_days(found)))


def _f1(seen: Sequence[Unseen], mark: float, wanted: int) -> float:
    read = [one for one in seen if one.duty >= mark and one.taught.is_duty is not None]
    hits = sum(one.taught.is_duty is True for one in read)
    return 2 * hits / max(1, wanted + len(read))


def _share_below(right: Sequence[Unseen], mark: float) -> float:
    return sum(one.confidence < mark for one in right) / max(1, len(right))
