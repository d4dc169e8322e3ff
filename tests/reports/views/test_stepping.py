"""办理下一步: every message leads to the page where the step is done, whenever it is opened."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from reports.actions.returning import Mark, send_back
from tasks.ladder import events
from tasks.models import Event, Milestone
from tasks.reminders.opening import page_of
from tests import factories
from tests.factories import NOW, TO_SUBMIT, walk
from tests.reports.reviewing import login
from tests.reports.written import accepted, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


def step(client, task) -> str:
    return client.get(f"/assignments/{task.pk}/step/").url


@pytest.mark.parametrize(
    ("way", "role", "where"),
    [
        ((), Role.FILLER, "/assignments/{}/"),
        (("accept",), Role.FILLER, "/assignments/{}/forms/1/"),
        (("accept", "hand_in"), Role.FILLER, "/assignments/{}/"),
        (("accept", "hand_in"), Role.REVIEWER, "/assignments/{}/review/"),
        (("accept", "hand_in", "pass_review"), Role.REVIEWER, "/assignments/{}/"),
        (("accept", "hand_in", "pass_review"), Role.APPROVER, "/assignments/{}/review/"),
        (TO_SUBMIT, Role.APPROVER, "/assignments/{}/"),
    ],
)
def test_step_leads_each_to_his_own(client, way, role, where):
    task = walk(factories.assignment(), *way)

    assert step(login(client, role, task.bureau), task) == where.format(task.pk)


def test_receiver_is_led_to_the_content(office):
    task = walk(factories.assignment(), *TO_SUBMIT)

    assert step(office, task) == f"/assignments/{task.pk}/review/"


def test_return_opens_at_the_first_mark_that_is_not_mended(client):
    task = reported(factories.assignment(), table(documents=2))
    marks = [Mark(1, "rows.0.c4", "请写明文号"), Mark(1, "rows.1.c4", "请写明文号")]
    later = NOW + timedelta(hours=4)
    send_back(task, "return_", marks=marks, now=later, by=factories.coordinator())
    client = login(client, Role.FILLER, task.bureau)

    assert step(client, task) == f"/assignments/{task.pk}/forms/1/#rows-0-c4"

    mended = table(documents=2)
    mended["rows"][0]["c4"] = "示例文件（示例〔2026〕1号）"
    save(task, mended, revision=1)
    assert step(client, task) == f"/assignments/{task.pk}/forms/1/#rows-1-c4"


def test_step_of_another_bureau_is_not_found(client):
    task = accepted()
    client = login(client, Role.FILLER, factories.province("320000", "江苏省"))

    assert client.get(f"/assignments/{task.pk}/step/").status_code == 404


def test_who_is_not_logged_in_lands_there_after_the_login(client):
    task = walk(factories.assignment(), "accept", "hand_in")
    person = factories.staff(Role.REVIEWER, task.bureau)

    asked = client.get(f"/assignments/{task.pk}/review/")
    given = {"username": person.username, "password": factories.PASSWORD}
    answer = client.post(asked.url, given)

    assert answer.url == f"/assignments/{task.pk}/review/"


TASK, STEP, REVIEW = "/assignments/{}/", "/assignments/{}/step/", "/assignments/{}/review/"
WHERE = {
    events.RETURNED: STEP,
    events.SENT_BACK: STEP,
    events.INSISTED: TASK,
    events.NEW: TASK,
    events.REVIEW: REVIEW,
    events.APPROVAL: REVIEW,
    events.DECLINED: TASK,
    events.EXTENSION_ASKED: "/assignments/{}/#decision",
    events.ASSIGNED: STEP,
    events.HANDED_OVER: STEP,
    events.DEADLINE: TASK,
    events.EXTENSION_ANSWERED: TASK,
    events.WITHDRAWN: TASK,
    events.PASSED_ON: TASK,
    events.TWIN_CHANGED: TASK,
    events.FORM_CHANGED: STEP,
    events.SUBMITTED: REVIEW,
    events.TAKEN_UP: TASK,
    events.CLOSED: TASK,
}


@pytest.mark.parametrize("kind", WHERE, ids=lambda kind: kind.label)
def test_each_kind_of_message_leads_to_its_step(kind):
    task = factories.assignment()
    told = Milestone(assignment=task, kind=events.moment_kind(kind.code, 1))
    told.event = Event(kind=kind.code)

    assert page_of(told) == WHERE[kind].format(task.pk)


def test_no_kind_is_forgotten():
    elsewhere = {events.ALL_IN, events.DELEGATED}  # the obligation, the desk

    assert set(WHERE) | elsewhere == set(events.KINDS)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("T-3", STEP),
        ("O1", STEP),
        ("U1", STEP),
        ("R", STEP),
        ("S", TASK),
        ("C", TASK),
        ("RC", TASK),
    ],
)
def test_reminder_leads_to_the_step_and_those_of_others_to_the_task(kind, where):
    task = factories.assignment()

    assert page_of(Milestone(assignment=task, kind=kind)) == where.format(task.pk)
