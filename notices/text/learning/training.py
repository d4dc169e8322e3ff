"""Making the judge's weights from labelled texts: the same texts give the same weights.

An answer is matched as readers are scored: a quote with at least half of the shorter run in common.
What careful readers differ about (``optional``) teaches nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notices.text.characters.normalize import fold
from notices.text.clauses import features, lone_clause
from notices.text.clauses.candidates import Candidate
from notices.text.clauses.logistic import Example, Logistic, trained
from notices.text.learning.agreement import same_deadline, shared_run
from notices.text.learning.examples import Labelled, LabelledNotice, LabelledSentence
from notices.text.reading import read

Answer = dict[str, Any]
_SHARED = 0.5
_DUTY_PENALTY, _DAY_PENALTY = 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Taught:
    """A candidate and what it is: a duty, none, or (None) not to be learnt from; for a duty also
    whether its days are right."""

    candidate: Candidate
    is_duty: bool | None
    is_dated: bool | None = None
    weight: float = 1.0


def taught(text: Labelled) -> list[Taught]:
    """The candidates of a labelled text with their labels."""
    found: list[Candidate] = []

    def collect(candidate: Candidate) -> float:
        found.append(candidate)
        return 0.0

    match text:
        case LabelledNotice():
            read(text.text, judge=collect)
            return _matched(found, text.answer["obligations"], text.weight)
        case LabelledSentence():
            lone_clause.obligations(text.text, text.day, judge=collect)
            answers = [{"quote": text.text, "deadline": each} for each in text.deadlines]
            return _matched(found, answers)


def _matched(
    found: Sequence[Candidate], answers: Sequence[Answer], weight: float = 1.0
) -> list[Taught]:
    duty: list[bool | None] = [False] * len(found)
    dated: list[bool | None] = [None] * len(found)
    for answer in answers:
        near = [
            (shared + 0.5 * gives(one, answer["deadline"]), bool(one.readings[0].report_to), -place)
            for place, one in enumerate(found)
            if (shared := overlap(answer["quote"], one.readings[0].quote)) >= _SHARED
        ]
        for order, (_, _, place) in enumerate(sorted(near, reverse=True)):
            if answer.get("optional") or (order and found[-place].readings[0].report_to):
                duty[-place] = duty[-place] or None
            elif order:
                continue  # part of what another act of the same words hands in
            else:
                duty[-place] = True
                right = gives(found[-place], answer["deadline"])
                dated[-place] = right and dated[-place] is not False
    return [Taught(*each, weight) for each in zip(found, duty, dated, strict=True)]


def gives(candidate: Candidate, deadline: Answer) -> bool:
    """Whether one of the candidate's days is the answer's."""
    return any(same_deadline(deadline, one.deadline.as_json()) for one in candidate.readings)


def overlap(one: str, other: str) -> float:
    """Length of the longest common run over the shorter text's length, 0 to 1."""
    return shared_run(*(re.sub(r"\s", "", fold(text)) for text in (one, other)))


def judge_of(lessons: Iterable[Sequence[Taught]]) -> tuple[Logistic, Logistic]:
    """What tells duties from the rest, and right days from wrong ones."""
    flat = [one for lesson in lessons for one in lesson]
    return (
        trained(list(_of_duty(flat)), penalty=_DUTY_PENALTY),
        trained(list(_of_days(flat)), penalty=_DAY_PENALTY),
    )


def _of_duty(lessons: Iterable[Taught]) -> Iterator[Example]:
    for one in lessons:
        if one.is_duty is not None:
            yield Example(one.candidate.features, one.is_duty, one.weight)


def _of_days(lessons: Iterable[Taught]) -> Iterator[Example]:
    for one in lessons:
        if one.is_duty and one.is_dated is not None:
            yield Example(features.of_days(one.candidate.features), one.is_dated)
