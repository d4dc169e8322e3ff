from datetime import timedelta

import pytest

from bureaus.roles import Role
from reports.actions import submissions
from reports.actions.returning import Mark, send_back
from reports.models import ReturnMark
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh, walk
from tests.pages import told
from tests.reports.written import accepted, filler, handed_in, outline, reported, save, table

pytestmark = pytest.mark.django_db

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省"}
BACK = {"verb": "return_", "looked_at": "1", "place": "1:rows.0.c4", "note": "请写明文号"}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW + timedelta(hours=6), tick=False)


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=2))


def url(task) -> str:
    return f"/assignments/{task.pk}/review/"


def login(client, role, bureau):
    client.force_login(factories.staff(role, bureau))
    return client


def errors(answer) -> list[str]:
    return answer.context["form"].non_field_errors()


def several(*codes) -> list[Assignment]:
    """Reported by these provinces, in the reverse of their order."""
    issued = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    return [reported(factories.owed_by(issued, code), table()) for code in reversed(codes)]


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

    assert told(answer) == ["已核收浙江省市场监管局。这一事项没有待核收的单位了"]
    assert answer.url == f"/obligations/{task.obligation_id}/"
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
    assert context["line"] is None
    assert 'name="until"' not in answer.content.decode()

    answer = client.post(
        url(task), {"verb": verbs[1], "looked_at": "1", "place": "1:", "note": "请改"}
    )
    assert (answer.url, told(answer)) == (f"/assignments/{task.pk}/", ["已退回修改"])
    assert fresh(task).status == Status.FILLING
    assert ReturnMark.objects.get().is_internal


def test_two_people_are_told_of_and_may_still_send_back(client):
    task = accepted()
    type(task.bureau).objects.update(is_two_person=True)
    both = filler(task.bureau)
    factories.staff(Role.REVIEWER, task.bureau, username=both.username)
    save(task, table())
    submissions.hand_in(task, now=NOW, by=both)
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


# what changed


def resubmitted(task) -> Assignment:
    marks = [Mark(1, "rows.0.c4", "请写明文号"), Mark(1, "unit.c2", "请补充")]
    send_back(
        task, "return_", marks=marks, now=NOW + timedelta(hours=4), by=factories.coordinator()
    )
    rows = [
        {"c4": "新文件", "c5": "市政府", "c6": "起草中"},
        {"c4": "示例文件1（示例〔2026〕1号）", "c5": "省政府", "c6": "已印发"},
    ]
    unit = {"c2": "省领导作出批示", "c3": "专题学习12次", "c7": "开展活动5场", "c8": "无"}
    at = NOW + timedelta(hours=5)
    save(task, table(rows=rows, unit=unit), revision=1, now=at)
    submissions.hand_in(task, now=at, by=filler(task.bureau))
    return walk(task, "pass_review", "submit", now=at)


def test_changes_since_the_last_report_are_listed_and_marked_in_place(office, task):
    answer = office.get(url(resubmitted(task)))

    (shown,) = answer.context["shown"]
    assert shown.before.number == 1
    assert [(one.change.label, one.change.kind.value, one.is_unasked) for one in shown.changes] == [
        ("组织开展学习情况", "changed", True),
        ("第1行", "added", True),
        ("第2行 文件名称", "changed", False),
        ("原第2行", "removed", True),
    ]
    text = answer.content.decode()
    assert "专题学习<del>2</del><ins>12</ins>次" in text
    assert "示例文件1<ins>（示例〔2026〕1号）</ins>" in text
    assert "<del>示例文件2</del>" in text
    assert "未要求补正" in text


def test_earlier_marks_are_shown_with_what_became_of_them(office, task):
    answer = office.get(url(resubmitted(task)))

    assert [(one.label, one.href, one.became) for one in answer.context["marks"]] == [
        ("第1行 文件名称", "form-1-rows-1-c4", "已修改"),
        ("领导同志批示情况", "form-1-unit-c2", "未修改"),
    ]
    text = answer.content.decode()
    assert 'id="form-1-rows-1-c4"' in text
    assert "补正要求：请写明文号（已修改）" in text


def test_row_that_went_cannot_be_marked_and_the_others_keep_their_places(office, task):
    text = office.get(url(resubmitted(task))).content.decode()

    assert text.count('data-place="1:rows.0.c4"') == 1
    assert text.count('data-place="1:rows.1.c4"') == 1
    assert 'data-place="1:rows.2.c4"' not in text


def test_first_report_has_nothing_to_compare_with(office, task):
    (shown,) = office.get(url(task)).context["shown"]

    assert (shown.before, list(shown.changes)) == (None, [])


def test_receiver_compares_with_what_was_reported_and_not_with_what_went_back_inside(client):
    task = handed_in(factories.assignment(), table())
    walk(task, "review_back")
    save(task, table(foot={"f1": "另一人"}), revision=1)
    submissions.hand_in(task, now=NOW + timedelta(hours=4), by=filler(task.bureau))

    login(client, Role.REVIEWER, task.bureau)
    (shown,) = client.get(url(task)).context["shown"]
    assert [one.change.label for one in shown.changes] == ["联系人及联系方式"]

    walk(task, "pass_review", "submit")
    client.force_login(factories.coordinator())
    (shown,) = client.get(url(task)).context["shown"]
    assert (shown.before, list(shown.changes)) == (None, [])


def test_all_forms_stand_on_one_page(office):
    task = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(task, table())
    save(task, outline("学习两次"), number=2)
    submissions.hand_in(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit")

    text = office.get(url(task)).content.decode()

    assert text.index('data-place="1:unit.c2"') < text.index('data-place="2:sections.s1"')
    assert text.count('id="form-2"') == 1


def test_nil_report_is_said_and_can_be_marked_only_as_a_whole(office):
    task = accepted()
    submissions.hand_in_nil(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit")

    answer = office.get(url(task))

    assert "零报告：该单位报告没有需要报送的情况" in answer.content.decode()
    (group,) = answer.context["groups"]
    assert [choice.value for choice in group.choices] == ["1:"]
    assert office.post(url(task), {"verb": "close", "looked_at": "0"}).status_code == 302


def test_what_was_written_is_shown_as_text_never_as_markup(office, task):
    walk(task, "return_")
    save(task, table(unit={"c2": "<b>x</b>", "c3": "a", "c7": "b", "c8": "c"}), revision=1)
    submissions.hand_in(task, now=NOW + timedelta(hours=5), by=filler(task.bureau))
    walk(task, "pass_review", "submit")

    text = office.get(url(task)).content.decode()

    assert "<b>x" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


# through many units


def test_waiting_units_follow_each_other_in_administrative_order(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    line = office.get(url(jiangsu)).context["line"]
    assert (line.position, line.total) == (2, 3)
    assert (line.before, line.after) == (beijing, zhejiang)

    first = office.get(url(beijing))
    assert (first.context["line"].before, first.context["line"].after) == (None, jiangsu)
    assert f'rel="next" href="{url(jiangsu)}"' in first.content.decode()


def test_done_unit_leads_to_the_next_and_the_last_to_the_first_left(office):
    zhejiang, jiangsu, beijing = several("110000", "320000", "330000")

    answer = office.post(url(jiangsu), {"verb": "close", "looked_at": "1"})
    assert (answer.url, told(answer)) == (
        url(zhejiang),
        ["已核收江苏省市场监管局。以下是浙江省市场监管局"],
    )

    assert office.post(url(zhejiang), BACK).url == url(beijing)


def test_units_that_have_not_reported_are_not_in_the_line(office):
    zhejiang, _ = several("320000", "330000")

    assert office.get(url(zhejiang)).context["line"].total == 2


@pytest.mark.parametrize("documents", [1, 50])
def test_review_takes_the_same_queries_for_one_row_and_for_fifty(
    office, django_assert_num_queries, documents
):
    task = reported(factories.assignment(), table(documents=documents))
    marks = [Mark(1, f"rows.{number}.c4", "请写明文号") for number in range(documents)]
    send_back(
        task, "return_", marks=marks, now=NOW + timedelta(hours=4), by=factories.coordinator()
    )
    save(task, table(documents=documents, foot={"f1": "另一人"}), revision=1)
    submissions.hand_in(task, now=NOW + timedelta(hours=5), by=filler(task.bureau))
    walk(task, "pass_review", "submit", now=NOW + timedelta(hours=5))
    office.get(url(task))

    with django_assert_num_queries(19):
        answer = office.get(url(task))

    assert len(answer.context["marks"]) == documents
