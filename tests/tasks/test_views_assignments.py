from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import reminders as ticking
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import NOW, RUNGS, fresh, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def do(client, task, verb, **data):
    return client.post(reverse("tasks:assignment_move", args=[task.pk, verb]), data)


def test_verb_is_done_and_told(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))

    answer = do(client, task, "accept")

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    assert told(answer) == ["已签收"]
    assert fresh(task).accepted_at == NOW + timedelta(hours=3)


def test_second_click_is_told_and_changes_nothing(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))
    do(client, task, "accept")

    answer = do(client, task, "accept")

    assert told(answer)[-1] == "任务当前为“已签收”，不能签收，请刷新页面"
    assert AuditEvent.objects.about(task).count() == 1


@pytest.mark.parametrize("reason", [{}, {"reason": "  "}])
def test_return_without_a_reason_is_refused(office, reason):
    task = walk(factories.assignment(), *TO_SUBMIT)

    answer = do(office, task, "return_", **reason)

    assert told(answer) == ["请填写退回补正的原因"]
    assert fresh(task).status == Status.SUBMITTED


def test_reason_of_a_return_is_on_the_page_of_the_filler(office, enter):
    task = walk(factories.assignment(), *TO_SUBMIT)
    do(office, task, "return_", reason="缺少<发文主体>")

    text = (
        enter(factories.staff(Role.FILLER, task.bureau))
        .get(f"/assignments/{task.pk}/")
        .content.decode()
    )

    assert "退回原因" in text
    assert "缺少&lt;发文主体&gt;" in text
    assert "补正填报" in text


def test_verb_of_another_post_is_refused_though_the_row_is_seen(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.REVIEWER, task.bureau))

    answer = do(client, task, "accept")

    assert told(answer) == ["您在浙江省市场监管局没有“签收”权限，不能签收"]
    assert fresh(task).status == Status.PENDING


@pytest.mark.parametrize("verb", ["hand_in", "delete", "pk", "status"])
def test_verbs_that_are_not_for_this_page_are_not_found(enter, verb):
    """提交审核 goes through the form's own checks."""
    task = walk(factories.assignment(), "accept")
    client = enter(factories.staff(Role.FILLER, task.bureau))

    assert do(client, task, verb).status_code == 404
    assert fresh(task).status == Status.ACCEPTED


def test_verb_by_get_is_refused(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))

    assert client.get(f"/assignments/{task.pk}/accept/").status_code == 405
    assert fresh(task).status == Status.PENDING


def test_verb_without_a_token_is_refused():
    task = factories.assignment()
    from_elsewhere = Client(enforce_csrf_checks=True)
    from_elsewhere.force_login(factories.staff(Role.FILLER, task.bureau))

    assert do(from_elsewhere, task, "accept").status_code == 403
    assert fresh(task).status == Status.PENDING


# status: (role, words of the buttons that this role finds on the page)
BUTTONS = {
    Status.PENDING: (Role.FILLER, {"签收"}),
    Status.ACCEPTED: (Role.FILLER, {"开始填报"}),
    Status.FILLING: (Role.FILLER, {"继续填报"}),
    Status.REVIEW: (Role.REVIEWER, {"审核通过", "退回修改"}),
    Status.APPROVAL: (Role.APPROVER, {"签发报送", "退回修改"}),
    Status.RETURNED: (Role.FILLER, {"补正填报"}),
    Status.SUBMITTED: (None, {"核收", "退回补正", "撤销"}),
    Status.CLOSED: (None, set()),
}


def buttons(answer) -> set[str]:
    context = answer.context
    found = {verb.label for verb in context["verbs"]}
    return found | ({context["fill_label"]} if context["may_fill"] else set())


@pytest.mark.parametrize("status", BUTTONS)
def test_page_offers_what_its_reader_may_do_and_nothing_else(enter, status):
    task = factories.assignment()
    Assignment.objects.update(status=status)
    role, words = BUTTONS[status]
    own = factories.staff(role, task.bureau) if role else factories.coordinator()

    answer = enter(own).get(f"/assignments/{task.pk}/")

    assert answer.status_code == 200
    assert buttons(answer) == words
    bystander = factories.staff(Role.REVIEWER, factories.central())
    assert buttons(enter(bystander).get(f"/assignments/{task.pk}/")) == set()


def test_page_tells_what_happened_and_what_was_sent(enter):
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau)
    ticking.tick(RUNGS["T-10"])
    walk(task, "accept")

    answer = enter(factories.staff(Role.REVIEWER, task.bureau)).get(f"/assignments/{task.pk}/")

    assert [(event["what"], event["old"], event["new"]) for event in answer.context["events"]] == [
        ("签收", "待签收", "已签收"),
        ("下发", "", ""),
    ]
    assert [one.rung for one in answer.context["reminders"]] == ["提前10个工作日"]
    assert "提前10个工作日" in answer.content.decode()


@pytest.mark.parametrize("pk", [0, 99, 10**30])
def test_unknown_assignment_is_not_found(office, pk):
    assert office.get(f"/assignments/{pk}/").status_code == 404
