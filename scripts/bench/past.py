"""Years of reminders that went out: rows which a tick must not have to read.

Imported where Django is set up; PostgreSQL only, on what ``scripts.bench.due`` filled.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tasks.management.load import filling
from tasks.management.load.bare import bare
from tasks.management.load.copying import Tables
from tasks.models import Assignment, Delivery, Milestone, Obligation
from tasks.states import Status

KINDS = ["T-10", "T-5", "T-3", "T-1", "T0"]
EACH = 2 * len(KINDS)  # rows of one assignment: so many moments, each with its mail
YEARS = timedelta(days=365 * 10)
MOMENTS = """
    INSERT INTO tasks_milestone (assignment_id, deadline_version, kind, at, state)
    SELECT a.id, 1, k.kind, a.target_at - k.turn * interval '1 day', 'fired'
    FROM tasks_assignment a, unnest(%s::text[]) WITH ORDINALITY AS k(kind, turn)
    WHERE a.status = 'closed' ORDER BY a.id, k.turn"""
MAILS = """
    INSERT INTO tasks_delivery (milestone_id, recipient_id, channel, address, subject, message_key,
        state, attempts, not_before, sent_at, problem, is_repeat, in_digest, bundle, at_any_time)
    SELECT m.id, s.id, 'email', s.email, '【报送提醒】示例', m.id || '.' || s.id || '.email',
        'sent', 1, m.at, m.at, '', false, true, '', false
    FROM tasks_milestone m JOIN tasks_assignment a ON a.id = m.assignment_id
    JOIN bureaus_staff s ON s.bureau_id = a.bureau_id
    WHERE m.state = 'fired' ORDER BY m.id"""


def fill(rows: int, *, now: datetime) -> None:
    """So many rows, half moments and half mails, of closed assignments of the same bureaus."""
    with transaction.atomic(), bare((Obligation, Assignment, Milestone, Delivery)):
        _closed(rows // EACH, now)
        with connection.cursor() as cursor:
            cursor.execute(MOMENTS, [KINDS])
            cursor.execute(MAILS)
    filling.gather_statistics()


def _closed(assignments: int, now: datetime) -> None:
    """One obligation after another, each owed by every bureau."""
    asked, tables = Obligation.objects.get(), Tables(Obligation, Assignment)
    same = {"notice_id": asked.notice_id, "issuer_id": asked.issuer_id, "title": asked.title}
    bureaus = list(asked.assignments.values("bureau_id", "bureau_path", "receiver_id"))
    times = assignments // len(bureaus)
    for turn in range(times):
        at = now - YEARS * (1 - turn / times)
        dates = {"due_at": at, "target_at": at}
        key = tables[Obligation].add(**same, **dates, issued_at=at)
        for each in bureaus:
            tables[Assignment].add(obligation_id=key, status=Status.CLOSED, **each, **dates)
        tables.write_when_full()
    tables.finish()
