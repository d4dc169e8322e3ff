import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tasks.models import Assignment
from tests import factories
from tests.factories import fresh, walk

pytestmark = pytest.mark.django_db

LAST_SECOND = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Beijing
MIDNIGHT = datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC)  # 00:00:00 of 1 April
TO_APPROVAL = ("accept", "hand_in", "pass_review")


@pytest.fixture(autouse=True)
def server_in_utc():
    """The machine and Django's current zone are UTC; the office's day is still Beijing's."""
    was = os.environ["TZ"]
    os.environ["TZ"] = "UTC"
    time.tzset()
    with timezone.override(UTC):
        yield
    os.environ["TZ"] = was
    time.tzset()


def owed(now):
    return Assignment.objects.overdue(now).count()


def test_due_day_ends_with_its_last_second_in_beijing():
    assert factories.assignment().due_at == LAST_SECOND


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (LAST_SECOND - timedelta(seconds=1), False),
        (LAST_SECOND, False),
        (LAST_SECOND + timedelta(microseconds=999_999), False),
        (MIDNIGHT, True),
        (MIDNIGHT + timedelta(days=400), True),
    ],
)
def test_submission_is_on_time_until_the_last_second_and_late_from_midnight(now, late):
    task = walk(factories.assignment(), *TO_APPROVAL)
    assert owed(now) == late

    walk(task, "submit", now=now)

    assert fresh(task).is_late is late
    assert owed(MIDNIGHT + timedelta(days=400)) == 0


def test_late_stays_late_and_on_time_stays_on_time_after_a_return():
    task = walk(factories.assignment(), *TO_APPROVAL)
    walk(task, "submit", now=LAST_SECOND)

    walk(task, "return_", "hand_in", "pass_review", now=MIDNIGHT)
    walk(task, "submit", now=MIDNIGHT + timedelta(days=30))

    row = fresh(task)
    assert (row.is_late, row.is_resubmitted_late) == (False, True)


def test_undated_assignment_is_never_late():
    task = walk(factories.assignment(number=""), *TO_APPROVAL, "submit", now=MIDNIGHT)

    assert task.due_at is None
    assert fresh(task).is_late is False


def test_returned_one_is_overdue_again_once_the_date_has_passed():
    task = walk(factories.assignment(), *TO_APPROVAL, "submit")
    assert owed(MIDNIGHT) == 0

    walk(task, "return_")

    assert (owed(LAST_SECOND), owed(MIDNIGHT)) == (0, 1)


@pytest.mark.parametrize("end", ["close", "withdraw"])
def test_ended_one_is_not_overdue(end):
    walk(factories.assignment(), *TO_APPROVAL, "submit", end)

    assert owed(MIDNIGHT) == 0
