"""How something goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.scheduling.dates import SOON_WORKDAYS, Dates
from tasks.states import EvidenceKind


@dataclass(frozen=True)
class Terms:
    """How an obligation goes out: dates, period, when it counts as 临期, why it is needed.

    ``evidence``: what is taken beside the forms; None for what the directive asks for.
    ``document``: what a file handed in is called; None for what the clause says. ``settled``:
    words of 主送 that name nobody for sure → what a person said becomes of them. ``later``: why it
    is due after the day that a bureau above has set for the same.
    """

    dates: Dates
    period: str = ""
    soon_workdays: int = SOON_WORKDAYS
    need: str = ""
    evidence: tuple[EvidenceKind, ...] | None = None
    document: str | None = None
    settled: Mapping[str, str] = field(default_factory=dict)
    later: str = ""
