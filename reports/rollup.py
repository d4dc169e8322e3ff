"""What a roll-up holds: who has reported and what, who is missing. Figures only, no ranking."""

from dataclasses import dataclass

from reports.forms_of import definition_of
from reports.models import Submission
from reports.schemas.definition import Definition
from reports.workbooks.roll_up import UnitEntry
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN


@dataclass(frozen=True)
class RollUp:
    """One obligation's reports for one attachment, in administrative order."""

    obligation: Obligation
    number: int
    definition: Definition
    entries: list[UnitEntry]
    missing: list[Assignment]
    expected: int

    @property
    def missing_names(self) -> list[str]:
        return [assignment.bureau.short_name for assignment in self.missing]


def collect(obligation: Obligation, number: int) -> RollUp:
    """Three queries, however many bureaus there are."""
    owed = list(
        obligation.assignments.not_withdrawn().select_related("bureau").order_by("bureau_path")
    )
    written = (
        Submission.objects.handed_in()
        .filter(assignment__obligation=obligation, attachment_number=number)
        .select_related("assignment__bureau")
        .in_administrative_order()
    )
    entries = [
        UnitEntry(
            code=submission.assignment.bureau.code,
            name=submission.assignment.bureau.short_name,
            content=submission.content,
        )
        for submission in written
    ]
    return RollUp(
        obligation=obligation,
        number=number,
        definition=definition_of(obligation.notice, number),
        entries=entries,
        missing=[assignment for assignment in owed if assignment.status not in HANDED_IN],
        expected=len(owed),
    )
