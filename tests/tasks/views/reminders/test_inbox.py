import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.models import Delivery, Preference, RobotAddress
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import RUNGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=example"


@pytest.fixture
def task():
    return factories.assignment()


@pytest.fixture
def filler(task):
    return factories.staff(Role.FILLER, task.bureau)


@pytest.fixture
def page(enter, filler):
    """Two messages have come."""
    ticking.tick(RUNGS["T-10"])
    ticking.tick(RUNGS["T-5"])
    return enter(filler)


def unread(client) -> int:
    return client.get("/inbox/").context["inbox_count"]


def test_top_bar_of_every_page_counts_what_is_not_read(page):
    text = page.get("/").content.decode()

    assert unread(page) == 2
    assert '<span class="topbar-count">2<span class="visually-hidden"> 条未读</span></span>' in text


def test_page_lists_ones_messages_the_latest_first(page, task):
    answer = page.get("/inbox/")

    assert [one.rung for one in answer.context["rows"]] == ["提前5个工作日", "提前10个工作日"]
    assert "【报送提醒】3月31日前报送质量工作进展情况" in answer.content.decode()


def test_opening_one_leads_to_the_task_and_reads_it_alone(page, task):
    message = Delivery.objects.unread().order_by("pk").last()

    answer = page.post(reverse("tasks:inbox_open", args=[message.pk]))

    assert answer.url == reverse("reports:step", args=[task.pk])
    assert page.get(answer.url).url == reverse("tasks:assignment_detail", args=[task.pk])
    assert unread(page) == 1
    assert [one.rung for one in page.get("/inbox/?show=unread").context["rows"]] == [
        "提前10个工作日"
    ]


def test_all_can_be_marked_as_read_and_the_first_time_of_reading_stays(page, clock):
    page.post("/inbox/read/")
    first = set(Delivery.objects.messages_for(page_user(page)).values_list("read_at", flat=True))
    clock.shift(60)

    answer = page.post("/inbox/read/", follow=True)

    assert "没有未读消息" in answer.content.decode()
    assert unread(page) == 0
    now = set(Delivery.objects.messages_for(page_user(page)).values_list("read_at", flat=True))
    assert now == first
    assert None not in first


def page_user(client):
    return client.get("/inbox/").wsgi_request.user


def test_messages_of_others_are_neither_shown_nor_read(page, task):
    other = factories.staff(Role.FILLER, task.bureau, username="other")
    message = Delivery.objects.unread().first()
    page.force_login(other)

    assert page.get("/inbox/").context["rows"] == []
    assert page.post(reverse("tasks:inbox_open", args=[message.pk])).status_code == 404
    page.post("/inbox/read/")
    assert Delivery.objects.unread().count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_one_as_for_three(
    enter, filler, task, count, django_assert_num_queries
):
    for rung in ("T-10", "T-5", "T-3")[:count]:
        ticking.tick(RUNGS[rung])
    client = enter(filler)
    client.get("/inbox/")

    with django_assert_num_queries(5):
        assert len(client.get("/inbox/").context["rows"]) == count


def test_choice_is_kept_audited_and_shown(page, filler):
    given = {"in_digest": "0", "early_by_mail": "0", "events_by_mail": ["turn", "change"]}
    answer = page.post("/inbox/preferences/", given, follow=True)

    assert "已保存" in answer.content.decode()
    chosen = Preference.objects.get(person=filler)
    assert (chosen.in_digest, chosen.early_by_mail) == (False, False)
    assert AuditEvent.objects.filter(verb="设定提醒方式").count() == 1
    assert answer.context["form"].initial == given | {"events_by_robot": []}


def test_page_offers_each_group_of_events_by_mail_and_by_robot_with_what_is_usual(page):
    form = page.get("/inbox/preferences/").context["form"]

    names = ["new", "turn", "change", "result", "progress"]
    assert [code for code, _ in form.fields["events_by_mail"].choices] == names
    assert [code for code, _ in form.fields["events_by_robot"].choices] == names
    assert form.initial["events_by_mail"] == names[:4]
    assert form.initial["events_by_robot"] == names[:3]


def test_group_of_events_that_is_none_is_refused(page):
    given = {"in_digest": "1", "early_by_mail": "1", "events_by_mail": ["all"]}

    answer = page.post("/inbox/preferences/", given)

    assert answer.status_code == 422
    assert "请从列表中选择“以下动态也发邮件”" in answer.content.decode()
    assert not Preference.objects.exists()


def test_page_says_which_reminders_cannot_be_left_away(page):
    text = page.get("/inbox/preferences/").content.decode()

    assert "提前1个工作日、当天、逾期的提醒和催办始终发邮件，不能取消" in text


@pytest.mark.parametrize("given", [{}, {"in_digest": "2", "early_by_mail": "0"}])
def test_choice_that_is_none_is_refused_and_nothing_kept(page, given):
    assert page.post("/inbox/preferences/", given).status_code == 422
    assert not Preference.objects.exists()


def add(client, **given):
    return client.post("/inbox/robots/add/", {"channel": "wecom", "address": ADDRESS} | given)


def test_robot_is_added_audited_without_its_address_and_removed(page, filler):
    assert add(page).status_code == 302

    robot = RobotAddress.objects.get(person=filler)
    assert robot.address == ADDRESS
    assert "key=example" not in page.get("/inbox/preferences/").content.decode()
    assert "key=example" not in AuditEvent.objects.get(verb="设立群机器人").detail_json

    page.post(reverse("tasks:robot_remove", args=[robot.pk]))
    assert not RobotAddress.objects.exists()
    assert AuditEvent.objects.filter(verb="停用群机器人").count() == 1


def test_second_robot_of_a_kind_is_refused_in_words(page):
    add(page)

    answer = add(page)

    assert answer.status_code == 422
    assert "已有一个企业微信机器人，请先停用再设立" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/admin/",
        "https://qyapi.weixin.qq.com.example.test/",
        "随便",
        "file:///etc",
        "https://[qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com/x?key=a b",
        "https://other.example.test@qyapi.weixin.qq.com/x",
    ],
)
def test_robot_at_another_host_is_refused_with_the_hosts_that_may_be(page, address):
    answer = add(page, address=address)

    assert answer.status_code == 422
    assert "主机名为 qyapi.weixin.qq.com、oapi.dingtalk.com、open.feishu.cn 之一" in (
        answer.content.decode()
    )
    assert not RobotAddress.objects.exists()


def test_robot_without_an_address_or_of_another_kind_is_told_and_what_was_typed_stays(page):
    missing = add(page, address="").content.decode()
    other = add(page, address="https://oapi.dingtalk.com/robot/send?access_token=x")

    assert "请填写群机器人地址" in missing
    assert "这是钉钉的地址，请把种类改为钉钉" in other.content.decode()
    assert "access_token=x" in other.content.decode()
    assert not RobotAddress.objects.exists()


def test_robot_of_a_bureau_is_for_its_coordinator(page, enter, task):
    assert add(page, bureau=str(task.bureau_id)).status_code == 302
    assert RobotAddress.objects.get().bureau is None  # a filler is not even asked

    client = enter(factories.staff(Role.COORDINATOR, task.bureau))
    assert add(client, bureau=str(factories.central().pk)).status_code == 422
    assert add(client, bureau=str(task.bureau_id)).status_code == 302
    assert RobotAddress.objects.filter(bureau=task.bureau).count() == 1


def test_robot_of_others_is_not_found(page, enter, filler, task):
    add(page)
    client = enter(factories.staff(Role.COORDINATOR, task.bureau))

    robot = RobotAddress.objects.get()
    assert client.post(reverse("tasks:robot_remove", args=[robot.pk])).status_code == 404
