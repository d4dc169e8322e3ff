"""A tick and the page of reminders read what they show, not the ledger of all years.

Enough of what is open is armed, as in an office at work: then the planner takes the past for due.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bureaus.roles import Role
from tasks.ladder.events import DEADLINE
from tasks.models import Obligation
from tasks.reminders.actions import events, ticking
from tests import factories
from tests.factories import NOW

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
]

PAST, AHEAD = 20_000, 4_000
MOMENTS = """
    INSERT INTO tasks_milestone (assignment_id, deadline_version, kind, at, state)
    SELECT %s, number, 'T-1', %s + (number - %s) * interval '1 hour',
        CASE WHEN number > %s THEN 'armed' ELSE 'fired' END
    FROM generate_series(2, %s) number"""
MAILS = """
    INSERT INTO tasks_delivery (milestone_id, recipient_id, bureau_path, channel, address, subject,
        message_key, state, attempts, not_before, sent_at, problem, is_repeat, in_digest, bundle,
        at_any_time)
    SELECT id, %s, %s, 'email', '', '', '', 'sent', 1, at, at, '', false, true, '', false
    FROM tasks_milestone WHERE state = 'fired'"""


@pytest.fixture
def ledger():
    task = factories.assignment()
    person = factories.staff(Role.FILLER, task.bureau)
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS, [task.pk, NOW, PAST, PAST, PAST + AHEAD])
        cursor.execute("UPDATE tasks_milestone SET at = at + interval '1 day' WHERE at > %s", [NOW])
        cursor.execute(MAILS, [person.pk, task.bureau_path])
        cursor.execute("ANALYZE")


def most_passed_over(work) -> int:
    """Of any step of any query: how many rows it read to no purpose, or sorted."""
    with CaptureQueriesContext(connection) as captured:
        work()
    found = [0]
    for query in captured.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
                [[answer]] = cursor.fetchall()
            told = json.loads(answer) if isinstance(answer, str) else answer
            found += _passed_over(told[0]["Plan"])
    return max(found)


def _passed_over(node: dict) -> Iterator[int]:
    yield node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    if node["Node Type"] in ("Sort", "Incremental Sort", "Hash"):
        yield sum(each["Actual Rows"] for each in node.get("Plans", ()))
    for below in node.get("Plans", ()):
        yield from _passed_over(below)


def test_tick_with_nothing_due_does_not_read_what_was(ledger):
    assert most_passed_over(lambda: ticking.tick(NOW)) < 1000
    assert most_passed_over(lambda: ticking.hands(NOW)) < 1000


def test_tick_with_something_due_does_not_read_what_was(ledger):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_milestone SET at = %s WHERE id IN"
            " (SELECT id FROM tasks_milestone WHERE state = 'armed' AND at > %s LIMIT 20)",
            [NOW - timedelta(minutes=1), NOW],
        )

    assert most_passed_over(lambda: ticking.tick(NOW)) < 1000


@pytest.mark.parametrize("state", ["", "sent", "failed", "waiting"])
def test_page_of_reminders_does_not_read_what_was(ledger, office, state):
    assert most_passed_over(lambda: office.get(f"/reminders/?state={state}")) < 1000


def test_page_of_mails_does_not_read_what_was(ledger, office):
    assert most_passed_over(lambda: office.get("/mailbox/")) < 1000


def test_what_happens_is_told_and_sent_without_reading_what_was(ledger):
    bureau = factories.province("110000", "北京市")
    factories.staff(Role.FILLER, bureau)
    task = factories.assignment(bureau, number="2")
    # else the mail would wait until it can no longer be taken back
    Obligation.objects.filter(pk=task.obligation_id).update(issued_at=NOW - timedelta(days=1))
    task.refresh_from_db()
    at = NOW - timedelta(hours=1)

    assert most_passed_over(lambda: events.tell(DEADLINE, [task], now=at, by=None)) < 1000
    assert most_passed_over(lambda: ticking.tick(NOW)) < 1000
    assert task.milestones.of_events().get().deliveries.filter(state="sent").count() == 2
