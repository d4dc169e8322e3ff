"""What people made of a notice, as an answer to learn from: the form of `read_notice --json`."""

from typing import Any

from notices.models import Clause, Notice
from notices.states import ClauseState
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI


def answer_of(notice: Notice) -> dict[str, Any]:
    """The metadata as corrected and the clauses that were confirmed or added."""
    confirmed = notice.clauses.reports().filter(state=ClauseState.CONFIRMED)
    return {
        **notice.reading,
        "title": notice.title,
        "doc_number": notice.doc_number or None,
        "recipients_text": notice.recipients_text or None,
        "written_date": notice.written_on.isoformat() if notice.written_on else None,
        "printed_date": notice.printed_on.isoformat() if notice.printed_on else None,
        "urgency": notice.urgency or None,
        "obligations": [_obligation(clause) for clause in confirmed],
    }


def _obligation(clause: Clause) -> dict[str, Any]:
    return {
        "quote": clause.quote,
        "start": clause.start_at,
        "end": clause.end_at,
        "who": clause.who or None,
        "deliverable": clause.deliverable,
        "report_to": clause.report_to or None,
        "attachment_refs": clause.attachments_referred,
        "deadline": _deadline(clause),
        "confidence": 1.0,
    }


def _deadline(clause: Clause) -> dict[str, Any]:
    """The rule as read; a day that a person set instead counts as the day meant."""
    rule = clause.deadline
    if clause.due_at is None:
        return rule if rule.get("kind") else {"kind": "undated", "phrase": None}
    due = clause.due_at.astimezone(SHANGHAI)
    if rule.get("kind") in ("recurring", "relative") or rule.get("date") == due.date().isoformat():
        return rule
    clock = {} if due.time() == END_OF_DAY else {"time": f"{due:%H:%M}"}
    return {"kind": "fixed", "date": due.date().isoformat(), **clock}
