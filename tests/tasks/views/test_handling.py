import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from bureaus.roles import Role
from tasks.actions import passing
from tasks.models import Assignment, Urge
from tasks.reminders.actions import ticking
from tasks.states import Status
from tests import factories
from tests.factories import NOW, fresh, walk
from tests.pages import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def task():
    factories.province("320000", "江苏省")
    return factories.assignment()


def forbidden(answer) -> str:
    """The words of a 403 that is one; the page repeats nothing else."""
    assert answer.status_code == 403
    return unescape(re.search(r"<p>(您在.*?)</p>", answer.content.decode())[1])


def url(name, task):
    return reverse(f"tasks:{name}", args=[task.pk])


def decline(task, **given):
    by = factories.staff(Role.FILLER, task.bureau)
    return passing.decline(task, reason="不属于本单位", now=NOW, by=by, **given)


def test_handler_is_assigned_and_shown(enter, task):
    filler = factories.staff(Role.FILLER, task.bureau)
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    answer = client.post(url("assignment_assign", task), {"handler": filler.pk})

    assert told(answer) == ["已分派给测试填报人承办"]
    page = client.get(answer.url)
    assert page.context["assignment"].handler == filler
    assert page.context["handler_form"].initial == {"handler": filler}


def test_handler_is_taken_off(enter, task):
    filler = factories.staff(Role.FILLER, task.bureau)
    client = enter(filler)
    client.post(url("assignment_assign", task), {"handler": filler.pk})

    answer = client.post(url("assignment_assign", task), {"handler": ""})

    assert told(answer)[-1] == "已取消承办人"
    assert fresh(task).handler is None


@pytest.mark.parametrize("who", ["reviewer", "elsewhere", "nobody"])
def test_handler_who_cannot_fill_in_there_is_refused(enter, task, who):
    keys = {
        "reviewer": factories.staff(Role.REVIEWER, task.bureau).pk,
        "elsewhere": factories.staff(Role.FILLER, factories.province("320000", "江苏省")).pk,
        "nobody": "x",
    }
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    answer = client.post(url("assignment_assign", task), {"handler": keys[who]})

    assert answer.status_code == 422
    assert "请从列表中选择承办人" in answer.content.decode()
    assert fresh(task).handler is None


def test_receiver_does_not_say_who_has_it_in_hand(office, task):
    assert office.get(url("assignment_detail", task)).context["handler_form"] is None

    answer = office.post(url("assignment_assign", task), {"handler": ""})

    assert forbidden(answer) == "您在浙江省市场监管局没有“签收”权限，不能分派承办人"


def test_urge_is_told_and_shown(office, task):
    answer = office.post(url("assignment_urge", task), {"note": "请抓紧"})

    assert told(answer) == ["已催办（催办〔2026〕1号），提醒随即发出；催办单可在“提醒和催办”栏下载"]
    text = office.get(answer.url).content.decode()
    assert "催办：请抓紧" in text
    assert "24小时内已催办过（测试收文管理 3月2日 12:30）" in text


def test_urge_is_among_the_reminders_that_were_sent(office, task):
    factories.staff(Role.FILLER, task.bureau)
    office.post(url("assignment_urge", task), {"note": "请抓紧"})
    ticking.tick(NOW + timedelta(hours=3))

    for page in (url("assignment_detail", task), reverse("tasks:reminders")):
        assert '<td data-label="哪一次提醒">催办</td>' in office.get(page).content.decode()


def test_second_urge_is_refused_and_keeps_what_was_written(office, task):
    office.post(url("assignment_urge", task))

    answer = office.post(url("assignment_urge", task), {"note": "再催一次"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "为减轻基层负担，3月3日 12:30以后可以再催" in text
    assert "再催一次" in text
    assert Urge.objects.count() == 1


def test_note_of_an_urge_that_is_too_long_is_refused(office, task):
    answer = office.post(url("assignment_urge", task), {"note": "长" * 201})

    assert answer.status_code == 422
    assert "附言不能超过200个字" in answer.content.decode()
    assert not Urge.objects.exists()


def test_urge_by_the_bureau_itself_is_refused(enter, task):
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    answer = client.post(url("assignment_urge", task))

    assert forbidden(answer) == "您在市场监管总局没有“催办”权限，不能催办"


@pytest.mark.parametrize("name", ["江苏省市场监管局 320000", "320000", "江苏"])
def test_task_is_passed_on_to_a_unit_by_name_or_code(office, task, name):
    answer = office.post(url("assignment_pass_on", task), {"to": name, "reason": "职责在该局"})

    made = Assignment.objects.get(bureau__code="320000")
    assert (answer.status_code, answer.url) == (302, f"/assignments/{made.pk}/")
    assert told(answer) == ["已转给江苏省市场监管局，原任务不再要求报送"]
    old = office.get(url("assignment_detail", task))
    assert old.context["passed_to"]["pk"] == made.pk
    assert "转办的原因" in old.content.decode()


def test_suggestion_of_the_bureau_is_filled_in(office, task):
    decline(task, suggested=factories.province("320000", "江苏省"))

    page = office.get(url("assignment_pass_on", task))

    assert page.context["form"]["to"].value() == "江苏省市场监管局 320000"
    detail = office.get(url("assignment_detail", task)).content.decode()
    assert "建议转给的单位：江苏省市场监管局" in detail


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": "示例"}, "请填写转给哪个单位"),
        ({"to": "江苏"}, "请填写原因"),
        ({"to": "无此单位", "reason": "示例"}, "没有找到单位“无此单位”"),
        ({"to": "330000", "reason": "示例"}, "没有找到单位“330000”"),
    ],
)
def test_wrong_target_comes_back_with_nothing_done(office, task, data, said):
    answer = office.post(url("assignment_pass_on", task), data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert fresh(task).status == Status.PENDING
    assert Assignment.objects.count() == 1


def test_passing_on_what_is_being_filled_in_is_told_on_its_page(office, task):
    walk(task, "accept", "start")

    answer = office.get(url("assignment_pass_on", task))

    assert (answer.status_code, answer.url) == (302, f"/assignments/{task.pk}/")
    assert told(answer) == ["任务当前为“填报中”，不能转办，请刷新页面"]


def test_passing_on_by_the_bureau_itself_is_refused(enter, task):
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    answer = client.post(url("assignment_pass_on", task), {"to": "320000", "reason": "示例"})

    assert forbidden(answer) == "您在市场监管总局没有“下发”权限，不能转办"
    assert Assignment.objects.count() == 1


def test_bureau_that_was_released_is_told_where_it_went_without_a_link(office, enter, task):
    office.post(url("assignment_pass_on", task), {"to": "320000", "reason": "职责在该局"})
    made = Assignment.objects.get(bureau__code="320000")

    page = enter(factories.staff(Role.FILLER, task.bureau)).get(url("assignment_detail", task))

    assert "已转给江苏省市场监管局办理" in page.content.decode()
    assert f"/assignments/{made.pk}/" not in page.content.decode()
