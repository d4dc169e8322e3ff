import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from audit import trail
from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.models import Assignment
from tasks.reminders.actions import ticking
from tasks.scheduling.dates import last_moment
from tasks.states import Status
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, fresh, walk
from tests.pages import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def forbidden(answer) -> str:
    """The words of a 403 that is one; the page repeats nothing else."""
    assert answer.status_code == 403
    return unescape(re.search(r"<p>(您在.*?)</p>", answer.content.decode())[1])


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


def judge(client, task, verb, **data):
    """By the page that shows the content: no form has been handed in."""
    posted = {"verb": verb, "looked_at": "0", **data}
    return client.post(reverse("reports:review", args=[task.pk]), posted)


@pytest.fixture
def closed():
    return walk(factories.assignment(), *TO_SUBMIT, "close")


@pytest.fixture
def correcting(closed, enter):
    """Who may correct it."""
    return enter(factories.staff(Role.FILLER, closed.bureau))


@pytest.mark.parametrize("reason", ["", "  "])
def test_verb_without_its_reason_comes_back_with_its_dialog_open(closed, correcting, reason):
    answer = do(correcting, closed, "correct", reason=reason, until="2026-04-10")

    assert answer.status_code == 422
    assert [verb.name for verb in answer.context["verbs"] if verb.is_open] == ["correct"]
    text = answer.content.decode()
    assert "请填写更正重报的原因" in text
    assert 'value="2026-04-10"' in text
    assert fresh(closed).status == Status.CLOSED


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-02-30", "日期不对，请写成“2026-03-31”这样"),
        ("1999-12-31", "日期应在2000年至2999年之间"),
        ("2026-03-30", "重新报送的最后一天不能早于今天和原截止时间，即2026年3月31日"),
    ],
)
def test_wrong_day_for_a_new_round_keeps_the_reason_that_was_written(
    closed, correcting, until, said
):
    answer = do(correcting, closed, "correct", reason="缺少发文主体", until=until)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "缺少发文主体</textarea>" in answer.content.decode()
    assert fresh(closed).status == Status.CLOSED


def test_return_gives_until_the_day_that_was_named(office):
    task = walk(factories.assignment(), *TO_SUBMIT)

    judge(office, task, "return_", reason="缺少发文主体", until="2026-04-10")

    assert fresh(task).due_at == last_moment(date(2026, 4, 10))
    assert "版本2 2026-04-10 退回补正" in office.get(f"/assignments/{task.pk}/").content.decode()


def test_correction_after_closing_has_its_own_day(enter):
    task = walk(factories.assignment(), *TO_SUBMIT, "close")
    client = enter(factories.staff(Role.FILLER, task.bureau))

    answer = do(client, task, "correct", reason="数字有误", until="2026-04-10")

    assert told(answer) == ["已转入更正，请修改后重新提交审核"]
    assert (fresh(task).status, fresh(task).due_at) == (
        Status.CORRECTING,
        last_moment(date(2026, 4, 10)),
    )
    assert "更正重报的原因" in client.get(answer.url).content.decode()


def test_decline_with_a_suggestion(enter):
    factories.province("320000", "江苏省")
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))

    answer = do(client, task, "decline", reason="不属于本单位", suggested="江苏省市场监管局")

    assert told(answer) == ["已退办，请等下发单位转办或答复"]
    assert fresh(task).suggested.code == "320000"


@pytest.mark.parametrize("suggested", ["无此单位", "330000"])
def test_decline_with_a_wrong_suggestion_comes_back(enter, suggested):
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))

    answer = do(client, task, "decline", reason="不属于本单位", suggested=suggested)

    assert answer.status_code == 422
    assert f"没有找到单位“{suggested}”，请填写下发范围内其他单位的名称或代码" in (
        answer.content.decode()
    )
    assert fresh(task).status == Status.PENDING


def test_reason_that_is_too_long_is_refused(closed, correcting):
    answer = do(correcting, closed, "correct", reason="长" * 2001)

    assert answer.status_code == 422
    assert "原因不能超过2000个字，请删减" in answer.content.decode()


def test_reason_of_a_return_is_on_the_page_of_the_filler(office, enter):
    task = walk(factories.assignment(), *TO_SUBMIT)
    judge(office, task, "return_", reason="缺少<发文主体>")

    text = (
        enter(factories.staff(Role.FILLER, task.bureau))
        .get(f"/assignments/{task.pk}/")
        .content.decode()
    )

    assert "上级退回补正（测试收文管理 3月2日 12:30）</h2>" in text
    assert "缺少&lt;发文主体&gt;" in text
    assert "补正填报" in text


def test_verb_of_another_post_is_refused_though_the_row_is_seen(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.REVIEWER, task.bureau))

    answer = do(client, task, "accept")

    assert forbidden(answer) == "您在浙江省市场监管局没有“签收”权限，不能签收"
    assert fresh(task).status == Status.PENDING


@pytest.mark.parametrize(
    ("way", "verb"),
    [
        (("accept", "hand_in"), "pass_review"),
        (("accept", "hand_in"), "review_back"),
        (("accept", "hand_in", "pass_review"), "submit"),
        (("accept", "hand_in", "pass_review"), "approval_back"),
        (TO_SUBMIT, "close"),
        (TO_SUBMIT, "return_"),
    ],
)
def test_no_verdict_is_taken_where_the_content_does_not_stand(enter, way, verb):
    task = walk(factories.assignment(), *way)
    client = enter(factories.actor(task, verb))
    before = fresh(task).status

    text = client.get(f"/assignments/{task.pk}/").content.decode()
    assert f"/{verb}/" not in text
    assert f'href="/assignments/{task.pk}/review/"' in text
    assert do(client, task, verb, reason="示例").status_code == 404
    assert fresh(task).status == before


@pytest.mark.parametrize("verb", ["hand_in", "report_nil", "pass_on", "delete", "pk", "status"])
def test_verbs_that_are_not_for_this_page_are_not_found(enter, verb):
    """提交审核 and 零报告 go through the form's own checks, 转办 has a page."""
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
    Status.PENDING: (Role.FILLER, {"签收", "签收并填报", "退办"}),
    Status.ACCEPTED: (Role.FILLER, {"开始填报", "退办"}),
    Status.FILLING: (Role.FILLER, {"继续填报"}),
    Status.REVIEW: (Role.REVIEWER, {"去审核"}),
    Status.APPROVAL: (Role.APPROVER, {"去签发"}),
    Status.RETURNED: (Role.FILLER, {"补正填报"}),
    Status.SUBMITTED: (None, {"开始核收", "去核收", "撤销"}),
    Status.RECEIVING: (None, {"去核收", "撤销"}),
    Status.CLOSED: (None, {"销号"}),
    Status.CORRECTING: (Role.FILLER, {"更正填报"}),
    Status.DECLINED: (None, {"不同意退办", "转办", "撤销"}),
    Status.STRUCK: (None, set()),
    Status.PASSED_ON: (None, set()),
    Status.WITHDRAWN: (None, set()),
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

    assert [line.what for line in answer.context["events"]] == ["签收", "下发"]
    assert "待签收" in answer.content.decode()
    told = {(one.rung, one.channel) for one in answer.context["reminders"]}
    assert told == {("提前10个工作日", "email"), ("提前10个工作日", "inbox")}
    assert "提前10个工作日" in answer.content.decode()


@pytest.mark.parametrize("pk", [0, 99, 10**30])
def test_unknown_assignment_is_not_found(office, pk):
    assert office.get(f"/assignments/{pk}/").status_code == 404


def test_trail_shows_the_last_twenty_and_leads_to_all(enter):
    task = walk(factories.assignment(), "accept", "hand_in")
    walk(task, *("review_back", "hand_in") * 10)
    client = enter(factories.staff(Role.REVIEWER, task.bureau))

    page = client.get(f"/assignments/{task.pk}/")
    whole = client.get(reverse("tasks:assignment_trail", args=[task.pk]))

    assert len(page.context["events"]) == 20
    assert f"/assignments/{task.pk}/trail/" in page.content.decode()
    assert len(whole.context["events"]) == 23
    assert whole.context["events"][-1].what == "下发"


def test_trail_keeps_decisions_apart_from_saves_and_exports(enter):
    task = walk(factories.assignment(), "accept")
    for verb in ("保存填报", "导出提醒送达证明"):
        trail.record(verb, task, chain=task.bureau.code, at=factories.NOW, by=None)
    client = enter(factories.staff(Role.FILLER, task.bureau))
    url = reverse("tasks:assignment_trail", args=[task.pk])

    page = client.get(f"/assignments/{task.pk}/").context["events"]
    decided = client.get(url).context["events"]
    whole = client.get(url, {"show": "all"}).context["events"]

    assert [one.what for one in page] == [one.what for one in decided] == ["签收", "下发"]
    assert {one.what for one in whole} == {"签收", "下发", "保存填报", "导出提醒送达证明"}


@pytest.mark.parametrize(
    ("role", "queries"), [(Role.FILLER, 6), (Role.REVIEWER, 6), (Role.COORDINATOR, 6)]
)
@pytest.mark.parametrize("walked", [(), ("hand_in", "review_back"), ("hand_in", "review_back") * 5])
def test_page_reads_the_same_number_of_times_however_much_happened(
    enter, role, queries, walked, django_assert_num_queries
):
    task = walk(factories.assignment(), "accept", "start", *walked)
    at = task.receiver if role == Role.COORDINATOR else task.bureau
    client = enter(factories.staff(role, at))
    client.get(f"/assignments/{task.pk}/")

    who_sent_it_back = bool(walked) and role != Role.COORDINATOR  # inside, for its own people
    with django_assert_num_queries(queries + who_sent_it_back):
        assert client.get(f"/assignments/{task.pk}/").status_code == 200
