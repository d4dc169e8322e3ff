"""Exports the ledger as the page does, or by bare SQL and a raw writer; prints one line of JSON.

Run through ``manage.py shell`` on a database that make_load filled, each in a process of its own.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from bureaus.models import Staff
from notices.calendar import work_calendar
from reports.exports import ledger_sheet
from scripts.bench import raw
from scripts.bench.making import tell
from tasks.pages.ledger import Ledger, read

USERNAME = "100000.coordinator"
FLOOR = """
    SELECT a.id, a.status, o.title, n.doc_number, i.short_name, b.short_name, s.name, a.due_at,
           a.target_at, o.period, a.return_reason, a.accepted_at, a.submitted_at, a.resubmitted_at,
           a.closed_at, CASE WHEN a.is_late THEN 'x' ELSE '' END
    FROM tasks_assignment a
    JOIN tasks_obligation o ON o.id = a.obligation_id
    JOIN notices_notice n ON n.id = o.notice_id
    JOIN bureaus_bureau b ON b.id = a.bureau_id
    JOIN bureaus_bureau i ON i.id = o.issuer_id
    LEFT JOIN bureaus_staff s ON s.id = a.handler_id
    WHERE a.target_at <= %s ORDER BY a.target_at, a.bureau_path, a.id"""


def ledger(writer: str, rows: int) -> None:
    """About so many rows of the ledger: as ``xlsx`` or ``csv``, or the ``floor``."""
    user = Staff.objects.get(username=USERNAME)
    asked = _asked(user)
    edge = asked.rows.values_list("target_at", flat=True)[rows - 1]  # and all of that day
    asked = replace(asked, rows=asked.rows.filter(target_at__lte=edge))
    if writer == "floor":
        tell(lambda: _bare(edge))
        return
    calendar, now = work_calendar(), timezone.now()

    def work() -> None:
        ledger_sheet.export(asked, now=now, calendar=calendar, user=user, ending=f".{writer}")

    tell(work)


def _asked(user: Staff) -> Ledger:
    request = HttpRequest()
    request.method, request.path = "GET", reverse("tasks:ledger")
    request.GET, request.user = QueryDict("light="), user
    return read(request)


def _bare(edge: datetime) -> None:
    with connection.cursor() as cursor, tempfile.TemporaryFile() as out:
        cursor.execute(FLOOR, [edge])
        raw.write(_spelled(cursor), out)


def _spelled(lines: Iterator[tuple[raw.Value | datetime, ...]]) -> Iterator[list[raw.Value]]:
    for line in lines:
        yield [
            f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value for value in line
        ]
