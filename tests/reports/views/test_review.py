"""The page on which a report is passed or sent back: its verbs, its marks, who comes here."""

import pytest

from bureaus.roles import Role
from reports.actions import handing_in
from reports.models import ReturnMark
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh, walk
from tests.pages import told
from tests.reports.reviewing import BACK, login, url
from tests.reports.written import accepted, filler, handed_in, reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=2))


def errors(answer) -> list[str]:
    return answer.context["form"].non_field_errors()


def test_receiver_reads_the_form_and_may_receive_or_return(office, task):
    answer = office.get(url(task))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert (answer.context["heading"], answer.context["passing"]["verb"]) == ("核收", "close")
    assert 'data-place="1:rows.1.c4"' in text
    assert 'value="close">核收</button>' in text
    assert 'value="return_">确认退回补正</button>' in text
    assert 'name="until" value="2026-03-31"' in text


def test_received_report_is_closed(office, task):
    answer = office.post(url(task), {"verb": "close", "looked_at": "1"})

    assert told(answer) == [
        "已核收浙江省市场监管局“质量工作进展情况”。没有等您审核、签发或核收的了"
    ]
    assert answer.url == "/"
    assert fresh(task).status == Status.CLOSED


def test_marked_cell_sends_the_report_back_with_its_reason(office, task):
    answer = office.post(url(task), BACK | {"until": "2026-04-10"})

    row, mark = fresh(task), ReturnMark.objects.get()
    assert answer.status_code == 302
    assert (row.status, row.return_reason) == (
        Status.RETURNED,
        "附件1 第1行“文件名称”：请写明文号",
    )
    assert (mark.path, mark.note) == ("rows.0.c4", "请写明文号")
    assert f"{row.due_at.astimezone(factories.SHANGHAI):%m-%d %H:%M}" == "04-10 23:59"


def test_several_marks_are_taken_and_blank_lines_are_not(office, task):
    places, notes = ["1:rows.0.c4", "", "1:unit.c2"], ["请写\n明文号", "", "请补充"]

    office.post(url(task), BACK | {"place": places, "note": notes, "reason": "请补正"})

    assert list(ReturnMark.objects.values_list("path", "note")) == [
        ("rows.0.c4", "请写 明文号"),
        ("unit.c2", "请补充"),
    ]
    assert fresh(task).return_reason == "请补正"


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"verb": "return_", "place": "", "note": ""}, "请填写退回原因，或者至少标注一处"),
        ({"place": "1:rows.7.c4"}, "标注的位置在报送内容中不存在"),
        ({"place": "x"}, "请选择“请写明文号”标注在什么位置"),
        ({"place": ""}, "请选择“请写明文号”标注在什么位置"),
        ({"note": ""}, "请写明附件1 第1行 文件名称需要怎样补正"),
        ({"until": "2026-03-01"}, "补正的最后一天应在今天以后"),
        ({"verb": "close"}, "您标注了1处，不能核收"),
        ({"verb": "pass_review"}, "任务当前为“已报送”，请按最新状态重新办理"),
        ({"verb": "withdraw"}, "任务当前为“已报送”，请按最新状态重新办理"),
        ({"looked_at": "7"}, "刚刚重新提交了报送内容"),
        ({"looked_at": ""}, "刚刚重新提交了报送内容"),
        ({"looked_at": "²"}, "刚刚重新提交了报送内容"),
    ],
)
def test_what_cannot_be_done_is_told_and_keeps_the_marks(office, task, posted, message):
    answer = office.post(url(task), BACK | posted)

    assert answer.status_code == 422
    assert [message in error for error in errors(answer)] == [True]
    assert fresh(task).status == Status.SUBMITTED
    assert not ReturnMark.objects.exists()
    kept = [(line.place, line.note) for line in answer.context["lines"]]
    given = {**BACK, **posted}
    assert kept == [(given["place"], given["note"])] * (bool(given["place"] or given["note"]))


def test_what_was_refused_stands_open_to_be_mended(office, task):
    sending = office.post(url(task), BACK | {"until": "2026-03-01"}).content.decode()
    passing = office.post(url(task), BACK | {"verb": "close"}).content.decode()

    assert '<details class="confirm" id="send-back" open>' in sending
    assert '<details class="confirm" id="send-back">' in passing


def test_day_that_is_none_is_refused_at_its_field(office, task):
    answer = office.post(url(task), BACK | {"until": "明天"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["until"] == ["请填写日期，如2026-03-31"]


def test_marks_are_gathered_line_by_line_where_no_script_runs(office, task):
    answer = office.post(url(task), BACK | {"verb": "", "more": "1"})

    (line,) = answer.context["lines"]
    assert (answer.status_code, line.label, line.href) == (
        200,
        "附件1 第1行 文件名称",
        "form-1-rows-0-c4",
    )
    places = [choice.label for group in answer.context["groups"] for choice in group.choices]
    assert places[:3] == ["全表", "领导同志批示情况", "组织开展学习情况"]
    assert places[5:8] == ["第1行", "第1行 文件名称", "第1行 发文主体"]

    answer = office.post(url(task), BACK | {"verb": "", "drop": "0"})
    assert answer.context["lines"] == []
    assert fresh(task).status == Status.SUBMITTED


def test_enter_in_a_field_decides_nothing(office, task):
    text = office.get(url(task)).content.decode()

    form = text[text.index('<form method="post" id="review"') :]
    first = form[form.index("<button") :].split(">")[0]
    assert 'name="more"' in first


@pytest.mark.parametrize(
    ("status", "role", "heading", "verbs"),
    [
        ("hand_in", Role.REVIEWER, "审核", ("pass_review", "review_back")),
        ("pass_review", Role.APPROVER, "签发", ("submit", "approval_back")),
    ],
)
def test_own_people_review_and_approve(client, status, role, heading, verbs):
    task = handed_in(factories.assignment(), table())
    if status == "pass_review":
        walk(task, status)
    login(client, role, task.bureau)

    answer = client.get(url(task))
    context = answer.context
    assert context["heading"] == heading
    assert (context["passing"]["verb"], context["sending_back"]["verb"]) == verbs
    assert not context["line"].is_shown
    assert 'name="until"' not in answer.content.decode()

    answer = client.post(
        url(task), {"verb": verbs[1], "looked_at": "1", "place": "1:", "note": "请改"}
    )
    assert (answer.url, told(answer)) == (
        "/",
        ["已退回修改浙江省市场监管局“质量工作进展情况”。没有等您审核、签发或核收的了"],
    )
    assert fresh(task).status == Status.FILLING
    assert ReturnMark.objects.get().is_internal


def test_two_people_are_told_of_and_may_still_send_back(client):
    task = accepted()
    type(task.bureau).objects.update(is_two_person=True)
    both = filler(task.bureau)
    factories.staff(Role.REVIEWER, task.bureau, username=both.username)
    save(task, table())
    handing_in.hand_in(task, now=NOW, by=both)
    client.force_login(both)

    answer = client.get(url(task))

    assert answer.context["passing"] is None
    assert answer.context["sending_back"]["verb"] == "review_back"
    assert "填报人不能审核自己填报的材料" in answer.content.decode()


# who may come here


@pytest.mark.parametrize("method", ["get", "post"])
def test_filler_of_the_bureau_may_not_review(client, task, method):
    login(client, Role.FILLER, task.bureau)

    assert getattr(client, method)(url(task), BACK).status_code == 403
    assert fresh(task).status == Status.SUBMITTED


@pytest.mark.parametrize("method", ["get", "post"])
def test_review_of_another_bureau_is_not_found(client, task, method):
    login(client, Role.REVIEWER, factories.province("320000", "江苏省"))

    assert getattr(client, method)(url(task), BACK).status_code == 404
    assert fresh(task).status == Status.SUBMITTED


def test_coordinator_of_the_bureau_itself_does_not_receive_its_report(client, task):
    login(client, Role.COORDINATOR, task.bureau)

    assert client.get(url(task)).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_whose_turn_it_is_not_is_led_back(office, task, method):
    walk(task, "close")

    answer = getattr(office, method)(url(task), BACK)

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    assert told(answer) == ["任务当前为“已办结”，不需要您办理"]
    assert not ReturnMark.objects.exists()


def test_form_page_leads_to_the_review_for_whoever_decides(office, task):
    page = f"/assignments/{task.pk}/forms/1/"

    assert url(task) in office.get(page).content.decode()

    login(office, Role.FILLER, task.bureau)
    assert url(task) not in office.get(page).content.decode()
