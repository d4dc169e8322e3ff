"""随报材料 to tick: on the issue page, for each clause, and on the page of an obligation."""

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


@dataclass(frozen=True)
class Beside:
    """What was ticked and how a file is called; None where nothing was posted."""

    kinds: tuple[EvidenceKind, ...] | None = None
    document: str | None = None


@dataclass(frozen=True)
class Offer:
    """The boxes to tick and the name of a file, as the issue page shows them."""

    choices: list[Choice]
    document: str


def offer(wanted: Wanted, posted: Beside) -> Offer:
    """Every kind; ticked as the clause has it, or as it stands in the form."""
    words = {each.kind: each.words for each in wanted.asked}
    on = set(wanted.kinds if posted.kinds is None else posted.kinds)
    return Offer(
        [Choice(kind, kind in on, words.get(kind, "")) for kind in EvidenceKind],
        wanted.document if posted.document is None else posted.document,
    )


def posted_beside(data: QueryDict, prefix: str) -> Beside:
    """The boxes of a clause and the name; a page that has no name leaves it as it is."""
    return Beside(posted_kinds(data, f"{prefix}-evidence"), data.get(f"{prefix}-document"))


def of_obligation(obligation: Obligation) -> list[Choice]:
    on = obligation.evidence_kinds
    return [Choice(kind, kind in on) for kind in EvidenceKind]


def posted_kinds(data: QueryDict, name: str) -> tuple[EvidenceKind, ...]:
    """What is ticked; a value that is no kind is not."""
    given = set(data.getlist(name))
    return tuple(kind for kind in EvidenceKind if kind in given)
