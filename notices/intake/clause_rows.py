"""The clauses of a reading as rows, with their dates: what to report and what to do."""

import json
from decimal import Decimal

from django.conf import settings

from notices.calendar import work_calendar
from notices.models import Clause, Notice
from notices.text.clauses.obligations import ObligationReading
from notices.text.clauses.requirements import RequirementReading
from notices.text.deadlines import computing as deadline_dates
from notices.text.deadlines.computing import Bases, Dates
from notices.text.deadlines.workdays import WorkCalendar
from notices.text.reading import Reading

NEEDS_A_PERSON = {
    *("ambiguous", "base_unknown", "weekday_mismatch", "beyond_calendar"),
    *("year_unsure", "month_inferred", "no_such_day"),
}


def clause_rows(notice: Notice, reading: Reading) -> list[Clause]:
    """Unsaved rows, each kind numbered in the order of the text."""
    calendar = work_calendar()
    bases = Bases(
        written_on=reading.written_date,
        printed_on=reading.printed_date,
        published_on=reading.published_date,
    )
    reports = [
        _report(found, reading, _row(notice, position, found, bases, calendar))
        for position, found in enumerate(reading.obligations, start=1)
    ]
    requirements = [
        _requirement(found, _row(notice, position, found, bases, calendar))
        for position, found in enumerate(reading.requirements, start=1)
    ]
    return reports + requirements


def _row(
    notice: Notice,
    position: int,
    found: ObligationReading | RequirementReading,
    bases: Bases,
    calendar: WorkCalendar,
) -> Clause:
    dates: Dates = deadline_dates.compute(
        found.deadline, bases, calendar, office_closes=settings.OFFICE_CLOSES
    )
    return Clause(
        notice=notice,
        position=position,
        quote=found.quote,
        start_at=found.start,
        end_at=found.end,
        who=(found.who or "")[:200],
        deadline_json=json.dumps(found.deadline.as_json(), ensure_ascii=False),
        due_at=dates.due_at,
        strict_on=dates.strict_on,
        target_on=dates.target_on,
        review_on=dates.review_on,
        explanation=dates.explanation,
        needs_confirming=bool(NEEDS_A_PERSON & set(dates.flags)),
    )


def _report(found: ObligationReading, reading: Reading, row: Clause) -> Clause:
    row.kind = Clause.Kind.REPORT
    row.deliverable = (found.deliverable or found.quote)[:300]
    row.report_to = (found.report_to or "")[:200]
    numbers = reading.with_further_tables(found.attachment_refs)
    row.attachment_numbers = ",".join(map(str, numbers))
    row.confidence = Decimal(str(round(found.confidence, 2)))
    return row


def _requirement(found: RequirementReading, row: Clause) -> Clause:
    row.kind = Clause.Kind.REQUIREMENT
    row.deliverable = found.action[:300]
    return row
