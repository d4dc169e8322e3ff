"""Opinions with a verdict: kept in the trail for those who may read them, printed on the 审签单."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from bureaus.roles import Role
from tests import factories
from tests.factories import fresh, walk
from tests.reports.reviewing import login, url
from tests.reports.written import handed_in, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def task():
    """Handed in by its filler, waiting for the review."""
    return handed_in(factories.assignment(), table(documents=1))


def decide(client, task, role, verb, opinion):
    office = task.receiver if role == Role.COORDINATOR else task.bureau
    login(client, role, office)
    given = {"verb": verb, "looked_at": "1", "opinion": opinion}
    return client.post(url(task), given, follow=True).content.decode()


def trail(client, task, role, office) -> str:
    login(client, role, office)
    return client.get(reverse("tasks:assignment_trail", args=[task.pk])).content.decode()


def rows_of(client, task) -> dict[str, str]:
    login(client, Role.FILLER, task.bureau)
    answer = client.get(reverse("reports:sign_sheet", args=[task.pk]))
    (sheet,) = Document(BytesIO(answer.content)).tables
    return {row.cells[0].text: row.cells[1].text for row in sheet.rows}


def test_opinions_of_the_bureau_stay_inside_and_that_of_the_receiver_does_not(client, task):
    decide(client, task, Role.REVIEWER, "pass_review", "数据已核对，建议报送。")
    decide(client, task, Role.APPROVER, "submit", "同意报送。")
    decide(client, task, Role.COORDINATOR, "close", "材料齐全。")

    own = trail(client, task, Role.FILLER, task.bureau)
    above = trail(client, task, Role.COORDINATOR, task.receiver)

    for said in ("意见：数据已核对，建议报送。", "意见：同意报送。", "意见：材料齐全。"):
        assert said in own
    assert "意见：材料齐全。" in above
    assert "建议报送" not in above
    assert "同意报送" not in above


def test_sign_sheet_has_each_step_with_its_opinion_and_room_for_what_is_to_come(client, task):
    decide(client, task, Role.REVIEWER, "pass_review", "数据已核对，建议报送。")

    rows = rows_of(client, task)

    assert list(rows)[:5] == ["单位", "报送事项", "依据文件", "报送单位", "截止时间"]
    assert rows["单位"] == "浙江省市场监督管理局"
    assert rows["填报意见"].startswith("提交审核。\n测试填报人")
    assert rows["审核意见"].startswith("数据已核对，建议报送。\n测试审核人　2026年3月2日")
    assert "签名：" in rows["签发意见"]


def test_what_was_said_before_it_went_back_is_not_on_the_sheet(client, task):
    decide(client, task, Role.REVIEWER, "pass_review", "先前的意见")
    walk(fresh_detail(task), "approval_back", "hand_in")

    rows = rows_of(client, task)

    assert "先前的意见" not in "".join(rows.values())
    assert "签名：" in rows["审核意见"]


def fresh_detail(task):
    return type(task).objects.for_detail().get(pk=task.pk)


def test_an_opinion_that_is_too_long_is_told_and_decides_nothing(client, task):
    page = decide(client, task, Role.REVIEWER, "pass_review", "字" * 501)

    assert "意见不能超过500字" in page
    assert "字" * 501 in page
    assert fresh(task).status == "review"


def test_the_sheet_is_for_the_bureaus_own_people(client, task):
    login(client, Role.COORDINATOR, task.receiver)

    assert client.get(reverse("reports:sign_sheet", args=[task.pk])).status_code == 403
