"""A day ends with its last second in Asia/Shanghai, wherever the server stands.

The action, the lights and every page that counts agree on it.
"""

import time as clocks
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from bureaus.actions.registry import load_workdays
from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.lights import light
from tasks.models import Assignment
from tasks.scheduling.dates import until
from tests import factories
from tests.factories import SHANGHAI, fresh, walk

pytestmark = pytest.mark.django_db

# Last days, each with the last working day at or before it.
DAYS = [
    (date(2024, 2, 29), date(2024, 2, 29)),  # of a leap year
    (date(2025, 12, 31), date(2025, 12, 31)),
    (date(2023, 12, 31), date(2023, 12, 29)),  # a Sunday
    (date(2026, 10, 10), date(2026, 10, 10)),  # a worked Saturday
    (date(2026, 9, 20), date(2026, 9, 20)),  # a worked Sunday
    (date(2026, 10, 7), date(2026, 9, 30)),  # within the holiday of 国庆
]


@pytest.fixture(autouse=True)
def server_zone(request, monkeypatch):
    """The zone of the machine itself, at which nothing may look: UTC."""
    monkeypatch.setenv("TZ", getattr(request, "param", "UTC"))
    clocks.tzset()
    yield
    monkeypatch.undo()
    clocks.tzset()


def last_second(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=SHANGHAI)


def due(day: date) -> Assignment:
    """Issued a month before to one province, due on that day; as an office sets it by hand."""
    load_workdays()
    issued_at = last_second(day) - timedelta(days=30)
    clause = factories.filed_notice(factories.TEXT_TOGETHER).clauses.get(attachment_numbers="1,2")
    obligation = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(until(day, calendar=work_calendar(), said="示例")),
        now=issued_at,
        by=factories.coordinator(),
    )
    task = obligation.assignments.for_detail().get()
    return walk(task, "accept", "hand_in", "pass_review", now=issued_at)


def submit(task: Assignment, now: datetime) -> Assignment:
    return fresh(walk(task, "submit", now=now))


@pytest.mark.parametrize("day", [day for day, _ in DAYS])
@pytest.mark.parametrize(
    ("after", "is_late"),
    [
        (timedelta(0), False),
        (timedelta(microseconds=999_999), False),
        (timedelta(seconds=1), True),
    ],
)
def test_last_second_is_on_time_and_midnight_is_late(day, after, is_late):
    task = submit(due(day), last_second(day) + after)

    assert task.is_late is is_late
    assert task.submitted_at == last_second(day) + after


@pytest.mark.parametrize(("day", "target"), DAYS)
def test_target_is_the_close_of_the_last_working_day(day, target):
    task = due(day)

    assert task.due_at == last_second(day)
    assert task.target_at == datetime(
        target.year, target.month, target.day, 17, 30, tzinfo=SHANGHAI
    )


def standings(client, task: Assignment) -> dict[str, object]:
    """What each page says of the one task: is it overdue?"""
    person = factories.coordinator()
    client.force_login(person)
    notice = client.get(reverse("tasks:notice_detail", args=[task.obligation.notice_id]))
    obligation = client.get(reverse("tasks:obligation_detail", args=[task.obligation_id]))
    detail = client.get(reverse("tasks:assignment_detail", args=[task.pk]))
    desk = client.get(reverse("tasks:desk"))
    late = client.get(reverse("tasks:ledger") + "?light=overdue")
    tally = {one.word: one.figure.number for one in desk.context["tally"]}
    return {
        "notice": notice.context["obligations"][0].light == "overdue",
        "figures": obligation.context["figures"].overdue == 1,
        "row": obligation.context["assignments"][0].light.code == "overdue",
        "tile": obligation.context["tiles"][0]["light"] == "overdue",
        "task": detail.context["assignment"].light.code == "overdue",
        "desk": tally["逾期未报"] == 1,
        "ledger": [row.pk for row in late.context["assignments"]] == [task.pk],
    }


@pytest.mark.parametrize("day", [day for day, _ in DAYS])
@pytest.mark.parametrize(
    ("after", "is_overdue"),
    [(timedelta(microseconds=999_999), False), (timedelta(seconds=1), True)],
)
def test_all_pages_turn_red_in_the_same_second(client, time_machine, day, after, is_overdue):
    task = due(day)
    now = last_second(day) + after
    time_machine.move_to(now, tick=False)

    shown = standings(client, task)

    assert set(shown.values()) == {is_overdue}, shown
    lit = light(fresh(task), now=now, calendar=work_calendar())
    assert (lit.code == "overdue") is is_overdue
    assert Assignment.objects.overdue(now).exists() is is_overdue


@pytest.mark.parametrize(
    "server_zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"], indirect=True
)
def test_submission_through_the_page_is_stamped_by_the_same_clock(client, time_machine):
    day = date(2026, 10, 10)
    task = due(day)
    person = factories.staff(Role.APPROVER, task.bureau)
    time_machine.move_to(last_second(day) + timedelta(seconds=1), tick=False)
    client.force_login(person)

    verdict = {"verb": "submit", "looked_at": "0"}
    client.post(reverse("reports:review", args=[task.pk]), verdict)

    assert (fresh(task).status, fresh(task).is_late) == ("submitted", True)


@pytest.mark.parametrize(
    ("now", "code", "remaining"),
    [
        # to Saturday 10 October 2026, worked after 国庆: 8, 9 and 10 are its last working days
        (datetime(2026, 9, 29, 23, 59, 59, tzinfo=SHANGHAI), "normal", 4),
        (datetime(2026, 9, 30, 0, 0, 0, tzinfo=SHANGHAI), "soon", 3),
        (datetime(2026, 10, 7, 12, 0, 0, tzinfo=SHANGHAI), "soon", 3),
        (datetime(2026, 10, 9, 23, 59, 59, tzinfo=SHANGHAI), "soon", 1),
        (datetime(2026, 10, 10, 0, 0, 0, tzinfo=SHANGHAI), "soon", 0),
        (datetime(2026, 10, 11, 0, 0, 0, tzinfo=SHANGHAI), "overdue", 0),
        (datetime(2026, 10, 12, 0, 0, 0, tzinfo=SHANGHAI), "overdue", -1),
    ],
)
def test_light_before_a_worked_saturday_counts_it(client, time_machine, now, code, remaining):
    task = due(date(2026, 10, 10))
    time_machine.move_to(now, tick=False)
    client.force_login(factories.coordinator())

    found = client.get(reverse("tasks:notice_detail", args=[task.obligation.notice_id]))

    row = found.context["obligations"][0]
    lit = light(fresh(task), now=now, calendar=work_calendar())
    assert (lit.code, lit.remaining) == (row.light, row.remaining) == (code, remaining)
