"""随报材料 to tick: on the issue page, for each clause, and on the page of an obligation."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from notices.checking.evidence_asked import Wanted
from tasks.models import Obligation
from tasks.states import EvidenceKind


@dataclass(frozen=True)
class Choice:
    """One kind to tick; ``words`` are those of the directive that ask for it."""

    kind: EvidenceKind
    is_on: bool
    words: str = ""

    @property
    def label(self) -> str:
        return self.kind.label


def choices(wanted: Wanted, ticked: Iterable[EvidenceKind] | None = None) -> list[Choice]:
    """Every kind; ticked as the clause has it, or as it stands in the form."""
    words = {each.kind: each.words for each in wanted.asked}
    on = set(wanted.kinds if ticked is None else ticked)
    return [Choice(kind, kind in on, words.get(kind, "")) for kind in EvidenceKind]


def of_obligation(obligation: Obligation) -> list[Choice]:
    on = obligation.evidence_kinds
    return [Choice(kind, kind in on) for kind in EvidenceKind]


def posted_kinds(data: QueryDict, name: str) -> tuple[EvidenceKind, ...]:
    """What is ticked; a value that is no kind is not."""
    given = set(data.getlist(name))
    return tuple(kind for kind in EvidenceKind if kind in given)
