"""Two people press their buttons at the same moment, each in a browser of their own."""

import time

import pytest
from django.db import connection, transaction
from playwright.sync_api import Page, expect

from audit import verification
from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.models import Assignment
from tasks.states import MOVES
from tests import factories
from tests.factories import PASSWORD
from tests.services import chromium

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOLD = "刚刚已被他人办理"
# the way to the status, who presses what there, what each button leaves
RACES = {
    "receivers": (
        ("accept", "hand_in", "pass_review", "submit"),
        {"close": "已办结", "return_": "退回补正"},
    ),
    "approvers": (
        ("accept", "hand_in", "pass_review"),
        {"submit": "已报送", "approval_back": "填报中"},
    ),
}


@pytest.fixture
def pages(browser, live_server):
    """Call it with a person: a page of a browser where that person has logged in."""
    opened = []

    def enter(person) -> Page:
        keeper = chromium.page(browser)
        page = keeper.__enter__()
        opened.append(keeper)
        page.goto(live_server.url)
        page.get_by_label("账号").fill(person.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("工作台")
        return page

    yield enter
    for keeper in opened:
        keeper.__exit__(None, None, None)


def waiting_for_the_row() -> int:
    """How many sessions of this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def press_at_once(task: Assignment, buttons: dict[str, Page]) -> None:
    """Both requests are in the server and wait for the row before either may have it."""
    with transaction.atomic():
        Assignment.objects.select_for_update().get(pk=task.pk)
        for verb, page in buttons.items():
            page.evaluate(
                """verb => {
                    const button = document.querySelector(`button[name=verb][value=${verb}]`);
                    const reason = button.form.querySelector("[name=reason]");
                    if (reason) reason.value = "示例原因";
                    button.form.requestSubmit(button);
                }""",
                verb,
            )
        deadline = time.monotonic() + 10
        while waiting_for_the_row() < len(buttons):
            assert time.monotonic() < deadline, "the two requests never met"
            time.sleep(0.05)


@pytest.mark.parametrize("race", RACES)
def test_one_of_two_browsers_wins_and_the_other_is_told(pages, live_server, race):
    way, results = RACES[race]
    task = factories.walk(factories.assignment(), *way)
    place = task.receiver if race == "receivers" else task.bureau
    role = Role.COORDINATOR if race == "receivers" else Role.APPROVER
    events = AuditEvent.objects.about(task).count()
    buttons = {}
    for verb in results:
        page = pages(factories.staff(role, place, username=f"race.{verb}"))
        page.goto(f"{live_server.url}/assignments/{task.pk}/review/")
        buttons[verb] = page

    press_at_once(task, buttons)

    for page in buttons.values():
        expect(page.locator("#messages .message, .form-errors")).to_have_count(1)
    told = {verb for verb, page in buttons.items() if TOLD in page.locator("main").inner_text()}
    (winner,) = set(results) - told
    expect(buttons[winner].locator("#messages")).to_contain_text(f"已{MOVES[winner].label}")
    task.refresh_from_db()
    assert task.get_status_display() == results[winner]
    assert AuditEvent.objects.about(task).count() == events + 1
    assert list(verification.faults()) == []
