"""What a roll-up holds: who has reported and what, who is missing. Figures only, no ranking."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from reports.forms_of import definition_of
from reports.models import Submission
from reports.schemas.content import has_body
from reports.schemas.definition import Definition
from reports.workbooks.roll_up import UnitEntry
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN


@dataclass(frozen=True)
class RollUp:
    """One obligation's reports for one attachment, in administrative order.

    ``nil`` have reported that there is nothing to report. ``correcting`` are among the entries,
    with what they reported before the correction.
    """

    obligation: Obligation
    number: int
    definition: Definition
    entries: list[UnitEntry]
    missing: list[Assignment]
    nil: list[Assignment]
    correcting: list[Assignment]
    expected: int

    @property
    def reported(self) -> int:
        return self.expected - len(self.missing)

    @property
    def missing_names(self) -> list[str]:
        return _names(self.missing)

    @property
    def nil_names(self) -> list[str]:
        return _names(self.nil)

    @property
    def correcting_names(self) -> list[str]:
        return _names(self.correcting)


def collect(obligation: Obligation, number: int) -> RollUp:
    """Three queries, however many bureaus there are."""
    owed = list(obligation.assignments.expected().select_related("bureau").order_by("bureau_path"))
    written = (
        Submission.objects.reported()
        .filter(assignment__obligation=obligation, attachment_number=number)
        .select_related("assignment__bureau")
        .in_administrative_order()
    )
    found = [
        UnitEntry(
            code=submission.assignment.bureau.code,
            name=submission.assignment.bureau.short_name,
            content=json.loads(submission.reported_json),
        )
        for submission in written
    ]
    entries = [entry for entry in found if has_body(entry.content)]
    given = {entry.code for entry in entries}
    reported = [assignment for assignment in owed if assignment.has_report]
    return RollUp(
        obligation=obligation,
        number=number,
        definition=definition_of(obligation.notice, number),
        entries=entries,
        missing=[assignment for assignment in owed if not assignment.has_report],
        nil=[assignment for assignment in reported if assignment.bureau.code not in given],
        correcting=[one for one in reported if one.status not in HANDED_IN],
        expected=len(owed),
    )


def _names(assignments: Iterable[Assignment]) -> list[str]:
    return [assignment.bureau.short_name for assignment in assignments]
