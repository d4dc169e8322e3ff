"""What leaves the system in bulk is told to the audit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from tasks.models import Assignment


@transaction.atomic
def ledger_taken(count: int, *, filters: str, query: str, now: datetime, by: Staff) -> None:
    """Record that this person took so many assignments of the ledger away, and which."""
    _taken("导出台账", count, filters=filters, query=query, now=now, by=by)


@transaction.atomic
def statistics_taken(count: int, *, filters: str, query: str, now: datetime, by: Staff) -> None:
    """Record that this person took so many lines of the statistics away, and of what."""
    _taken("导出统计", count, filters=filters, query=query, now=now, by=by)


@transaction.atomic
def diligence_taken(
    assignment: Assignment, *, rows: int, digest: str, now: datetime, by: Staff
) -> None:
    """Record that this person took the 提醒送达证明 of an assignment away, and its digest."""
    detail: dict[str, Any] = {"rows": rows, "sha256": digest}
    chain = by.bureau.code if by.bureau else trail.SYSTEM_CHAIN
    trail.record("导出提醒送达证明", assignment, chain=chain, detail=detail, at=now, by=by)


def _taken(verb: str, count: int, *, filters: str, query: str, now: datetime, by: Staff) -> None:
    detail: dict[str, Any] = {"count": count, "filters": filters, "query": query}
    chain = by.bureau.code if by.bureau else trail.SYSTEM_CHAIN
    trail.record(verb, chain=chain, detail=detail, at=now, by=by)
