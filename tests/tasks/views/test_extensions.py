import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from bureaus.roles import Role
from tasks.actions import extensions
from tasks.models import Extension
from tasks.scheduling.dates import last_moment
from tests import factories
from tests.factories import NOW, fresh, walk
from tests.pages import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ASKED = date(2026, 4, 10)


@pytest.fixture
def task():
    return factories.assignment()


@pytest.fixture
def filler(task):
    return factories.staff(Role.FILLER, task.bureau)


@pytest.fixture
def asked(task, filler):
    return extensions.request(task, until=ASKED, reason="材料尚在收集", now=NOW, by=filler)


def forbidden(answer) -> str:
    """The words of a 403 that is one; the page repeats nothing else."""
    assert answer.status_code == 403
    return unescape(re.search(r"<p>(您在.*?)</p>", answer.content.decode())[1])


def request(client, task, **data):
    return client.post(reverse("tasks:extension_request", args=[task.pk]), data)


def decide(client, extension, **data):
    return client.post(reverse("tasks:extension_decide", args=[extension.pk]), data)


def test_request_is_made_and_shown(enter, task, filler):
    client = enter(filler)

    answer = request(client, task, until="2026-04-10", reason="材料尚在收集")

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    page = client.get(answer.url)
    assert page.context["extending"].asked.asked_until == last_moment(ASKED)
    assert page.context["extending"].form is None
    assert "材料尚在收集" in page.content.decode()
    assert "收回申请" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": "示例"}, "请填写日期"),
        ({"reason": "示例", "until": "下周"}, "日期不对，请写成“2026-03-31”这样"),
        ({"reason": "示例", "until": "3000-01-01"}, "日期应在2000年至2999年之间"),
        ({"reason": "示例", "until": "2026-03-31"}, "延期后的日期应晚于现在的截止时间"),
        ({"until": "2026-04-10"}, "请填写理由"),
    ],
)
def test_wrong_request_comes_back_as_it_was_written(enter, task, filler, data, said):
    answer = request(enter(filler), task, **data)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert '<details class="more no-print" open><summary>申请延期' in text
    assert data.get("reason", "") in text
    assert not Extension.objects.exists()


def test_request_after_the_deadline_is_told_above_the_page(enter, task, filler, clock):
    clock.move_to(last_moment(factories.DUE_ON) + timedelta(seconds=1))

    answer = request(enter(filler), task, until="2026-04-10", reason="示例")

    assert answer.status_code == 302
    assert told(answer) == ["延期应在截止时间前申请；现已逾期，请尽快报送并说明情况"]


def test_request_by_a_reviewer_is_told_so(enter, task):
    client = enter(factories.staff(Role.REVIEWER, task.bureau))

    answer = request(client, task, until="2026-04-10", reason="示例")

    assert "没有“填报”权限，不能申请延期" in forbidden(answer)
    assert not Extension.objects.exists()


def test_receiver_finds_the_request_and_grants_it(office, task, asked):
    page = office.get(f"/assignments/{task.pk}/")
    assert page.context["extending"].decision is not None
    assert "答复延期申请" in page.content.decode()

    answer = decide(office, asked, decision="grant")

    assert told(answer)[-1] == "已同意延期"
    assert fresh(task).due_at == last_moment(ASKED)


def test_receiver_grants_another_day(office, task, asked):
    decide(office, asked, decision="other_day", until="2026-04-03", opinion="先延三天")

    assert fresh(task).due_at == last_moment(date(2026, 4, 3))
    text = office.get(f"/assignments/{task.pk}/").content.decode()
    assert "版本1 2026-03-31" in text
    assert "版本2 2026-04-03 同意延期" in text
    assert "先延三天" in text


def test_day_given_with_plain_consent_is_not_taken(office, task, asked):
    decide(office, asked, decision="grant", until="2026-04-03")

    assert fresh(task).due_at == last_moment(ASKED)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请选择同意或不同意"),
        ({"decision": "x"}, "请选择同意或不同意"),
        ({"decision": "other_day"}, "请填写改为延至哪一天"),
        ({"decision": "other_day", "until": "2026-03-01"}, "延期后的日期应晚于现在的截止时间"),
        ({"decision": "refuse"}, "请填写不同意的理由"),
        ({"decision": "refuse", "opinion": "长" * 2001}, "意见不能超过2000个字"),
    ],
)
def test_wrong_decision_comes_back(office, task, asked, data, said):
    answer = decide(office, asked, **data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert fresh(asked).state == "asked"


def test_refusal_is_told_to_the_bureau(office, enter, task, filler, asked):
    decide(office, asked, decision="refuse", opinion="时间充裕")

    text = enter(filler).get(f"/assignments/{task.pk}/").content.decode()

    assert "不同意：申请延至 2026-04-10" in text
    assert "时间充裕" in text
    assert "申请延期" in text  # and one may ask again


def test_decision_by_the_bureau_itself_is_refused(enter, filler, asked):
    answer = decide(enter(filler), asked, decision="grant")

    assert "没有“核收、退回补正”权限，不能答复延期申请" in forbidden(answer)
    assert fresh(asked).state == "asked"


def test_decision_on_what_was_handed_in_meanwhile_is_told(office, task, asked):
    walk(task, "accept", "hand_in", "pass_review", "submit")

    answer = decide(office, asked, decision="grant")

    assert told(answer) == ["任务当前为“已报送”，延期申请不需要再答复"]


def test_request_is_taken_back(enter, task, filler, asked):
    client = enter(filler)

    answer = client.post(reverse("tasks:extension_take_back", args=[asked.pk]))

    assert told(answer) == ["已收回延期申请"]
    assert fresh(asked).state == "taken_back"
    assert client.get(answer.url).context["extending"].form is not None


def test_taking_back_by_the_receiver_is_refused(office, asked):
    answer = office.post(reverse("tasks:extension_take_back", args=[asked.pk]))

    assert "不能收回延期申请" in forbidden(answer)
    assert fresh(asked).state == "asked"


def test_coordinator_finds_waiting_requests_on_the_desk(office, task, asked):
    desk = office.get(reverse("tasks:desk"))

    (row,) = desk.context["waiting"]
    assert row.pk == task.pk
    text = desk.content.decode()
    assert f"申请延至 {asked.asked_until:%-m-%-d}" in text
    assert f'href="/assignments/{task.pk}/#decision">答复延期</a>' in text


def test_desk_of_another_receiver_has_none_of_it(enter, asked):
    other = factories.staff(Role.COORDINATOR, factories.province("320000", "江苏省"))

    assert enter(other).get(reverse("tasks:desk")).context["waiting"] == []
