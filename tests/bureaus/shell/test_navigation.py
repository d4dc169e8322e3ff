import pytest
from django.urls import reverse

from bureaus.models import Post, Staff
from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
WORK = ["工作台", "文件库", "任务台账", "汇总统计", "日历"]
RAILS = {
    Role.COORDINATOR: [*WORK, "提醒", "邮箱"],
    Role.FILLER: WORK,
    Role.REVIEWER: WORK,
    Role.APPROVER: WORK,
    Role.UNIT_ADMIN: ["工作台", "系统管理"],
    Role.SYSTEM_ADMIN: ["工作台", "提醒", "邮箱", "系统管理"],
    Role.SECURITY_ADMIN: ["工作台", "系统管理"],
    Role.AUDITOR: ["工作台", "系统管理"],
}


def open_desk(client, person):
    client.force_login(person)
    return client.get(reverse("tasks:desk")).context


def labels(context):
    return [item["label"] for item in context["navigation"]]


def test_every_role_has_its_rail():
    assert set(RAILS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_rail_shows_what_the_post_may_open(client, role):
    assert labels(open_desk(client, factories.staff(role, factories.province()))) == RAILS[role]


@pytest.mark.parametrize("role", Role)
def test_every_entry_of_the_rail_opens(client, role):
    context = open_desk(client, factories.staff(role, factories.province()))

    opened = {item["label"]: client.get(item["url"]).status_code for item in context["navigation"]}

    assert opened == dict.fromkeys(RAILS[role], 200)


def test_two_posts_add_up(client):
    person = factories.staff(Role.FILLER, factories.province())
    Post.objects.create(staff=person, bureau=factories.province(), role=Role.UNIT_ADMIN)

    context = open_desk(client, person)

    assert labels(context) == [*WORK, "系统管理"]
    assert context["post_names"] == ["填报人", "单位管理员"]


def test_person_without_a_post_has_the_desk_only(client):
    nobody = Staff.objects.create_user("nobody", name="无岗位", bureau=factories.province())

    context = open_desk(client, nobody)

    assert labels(context) == ["工作台"]
    assert (context["post_names"], context["search_url"]) == ([], "")


def test_shell_says_who_is_there_and_for_which_unit(client):
    context = open_desk(client, factories.staff(Role.FILLER, factories.province()))

    assert (context["person_name"], context["unit_name"]) == ("测试填报人", "浙江省市场监管局")
    assert context["post_names"] == ["填报人"]


def test_same_post_at_two_bureaus_is_named_once(client):
    person = factories.staff(Role.FILLER, factories.province())
    other = factories.province("320000", "江苏省")
    Post.objects.create(staff=person, bureau=other, role=Role.FILLER)

    assert open_desk(client, person)["post_names"] == ["填报人"]


def test_rail_marks_where_one_is(client):
    client.force_login(factories.staff(Role.COORDINATOR, factories.central()))

    def active(url):
        return [item["label"] for item in client.get(url).context["navigation"] if item["active"]]

    assert active(reverse("tasks:desk")) == ["工作台"]
    assert active(reverse("notices:library")) == ["文件库"]
    assert active(reverse("notices:import")) == ["文件库"]


def test_login_page_has_no_rail(client):
    assert "navigation" not in client.get(reverse("bureaus:login")).context
