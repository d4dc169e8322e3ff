"""The parts of the reminder bench that need Django: run through ``manage.py shell``."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from bureaus.models import Staff
from bureaus.shell.paging import PAGE, counted
from scripts.bench import due, past
from tasks.reminders.actions import ticking
from tasks.views.reminders.ledger import seen

WARM = 100  # as in scripts.bench.reminders
DUMMY = "django.core.mail.backends.dummy.EmailBackend"
FIND = (
    "select id, assignment_id from tasks_milestone"
    " where state = 'armed' and at <= %s order by assignment_id"
)
FIRE = "update tasks_milestone set state = 'fired' where id = any(%s)"
WRITE = (
    "insert into tasks_delivery (milestone_id, recipient_id, channel, address, subject,"
    " message_key, state, attempts, not_before, problem, is_repeat, in_digest, bundle,"
    " at_any_time)"
    " select m, s.id, c, s.email, 'x', 'x', case c when 'inbox' then 'sent' else 'waiting' end,"
    " 0, %s, '', false, true, '', false"
    " from unnest(%s::bigint[], %s::bigint[]) as t(m, a) join tasks_assignment x on x.id = a"
    " join bureaus_staff s on s.bureau_id = x.bureau_id, unnest(array['email', 'inbox']) c"
    " returning id, state"
)
BEGIN = "update tasks_delivery set state = 'sending', attempts = 1 where id = %s"
END = "update tasks_delivery set state = 'sent', sent_at = %s where id = %s"


def fill(count: int) -> None:
    call_command("migrate", verbosity=0)
    due.fill(count, ("T-1", "T0", "O1"), now=timezone.localtime())
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def grow(rows: int) -> None:
    past.fill(rows, now=timezone.now())


def warm() -> None:
    """A few that are sent before anything is timed: workers have long loaded what they need."""
    due.come("O1", at=timezone.now(), first=WARM)


def come() -> None:
    due.come("T-1", at=timezone.now())


@override_settings(EMAIL_BACKEND=DUMMY)
def measure() -> None:
    """A tick with nothing due, one with all due, and the bare statements for as many again.

    The first tick, which loads what a worker has long loaded, does not count. Then the first page
    of the list of reminders, as the issuer sees it.
    """
    due.come("O1", at=timezone.now())
    ticking.tick(timezone.now())
    idle = min(_seconds(lambda: ticking.tick(timezone.now())) for _ in range(5))
    due.come("T-1", at=timezone.now())
    ours = _seconds(lambda: ticking.tick(timezone.now()))
    due.come("T0", at=timezone.now())
    bare = _seconds(lambda: _bare(timezone.now() + timedelta(seconds=1)))
    reader = due.coordinator()
    listed = min(_seconds(lambda: _first_page(reader)) for _ in range(5))
    print(json.dumps({"tick": ours, "bare": bare, "idle": idle, "listed": listed}))


def _first_page(reader: Staff) -> None:
    shown = list(seen(reader)[:PAGE])
    if len(shown) < PAGE:
        raise RuntimeError(f"{len(shown)} reminders are listed")
    counted(seen(reader))


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _bare(now: datetime) -> None:
    """Found, fired and written by one transaction; then each row begun and ended by its own."""
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute(FIND, [now])
            found = cursor.fetchall()
            milestones, assignments = ([row[place] for row in found] for place in (0, 1))
            cursor.execute(FIRE, [milestones])
            cursor.execute(WRITE, [now, milestones, assignments])
            waiting = [key for key, state in cursor.fetchall() if state == "waiting"]
        for key in waiting:
            cursor.execute(BEGIN, [key])
            cursor.execute(END, [now, key])
