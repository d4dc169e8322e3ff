"""What did not arrive: the page, another try, who is told of an address, the test mail."""

from datetime import timedelta

import pytest
from django.core import mail

from bureaus.models import Staff
from bureaus.roles import Role
from config import environment
from tasks.models import AddressFault, Delivery
from tasks.reminders import undelivered
from tasks.reminders.actions import address_faults, ticking
from tests import factories
from tests.factories import RUNGS
from tests.services import smtp
from tests.tasks.missed import AT, register, without_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def server(settings):
    with smtp.server() as inbox:
        for name, value in environment.mail(inbox.url).items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield inbox


@pytest.fixture
def task():
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    return made


# --- the page -----------------------------------------------------------------------------------


def test_refused_address_is_shown_with_its_next_try_and_what_to_do(office, task, server):
    server.refused.add("330000.filler@example.test")
    ticking.tick(AT)

    (line,) = office.get("/reminders/undelivered/").context["lines"]

    assert line.delivery.attempts == 1
    assert line.delivery.not_before > AT
    assert line.delivery.problem == "第1次发送失败：550 no such mailbox"
    assert line.advice == "对方没有这个邮箱：核对并更正地址，再重新发送"
    assert "下次发送" in office.get("/reminders/undelivered/").content.decode()


def test_what_is_given_up_says_so_and_is_gone_once_it_arrives(office, task):
    delivery = without_address(task)
    page = office.get("/reminders/undelivered/").content.decode()
    assert "不再重试" in page
    assert "请单位管理员登记或更正邮箱，再重新发送" in page
    assert "1 条没有送达或正在重试" in page  # a mail may have carried several
    assert "现已登记" not in page
    register()
    page = office.get("/reminders/undelivered/").content.decode()
    assert "现已登记　new@example.test" in page

    office.post(f"/deliveries/{delivery.pk}/resend/")
    ticking.tick(AT + DAY)

    assert office.get("/reminders/undelivered/").context["lines"] == []
    assert [message.to for message in mail.outbox] == [["new@example.test"]]


@pytest.mark.parametrize(
    ("problem", "advice"),
    [
        ("第2次发送失败：{'a@b.test': (552, b'mailbox full')}", "邮箱已满"),
        ("第2次发送失败：552 5.2.2 mailbox full", "邮箱已满"),
        ("第1次发送失败：[Errno 111] Connection refused", "连不上邮件服务器"),
        ("第1次发送失败：(535, b'auth failed')", "发信账号"),
        ("群机器人已停用", "请设置群机器人的人员"),
        ("第6次发送失败：企业微信机器人未接收（93000）：hint: [15501]", "请设置群机器人的人员"),
        ("第1次发送失败：机器人没有应答：ConnectionResetError", "连不上机器人的服务器"),
        ("第1次发送失败：机器人服务暂不可用（HTTP 550）", "连不上机器人的服务器"),
        ("第1次发送失败：(451, b'later')", "系统自动重试"),
        ("", "系统自动重试"),
    ],
)
def test_advice_fits_the_problem(problem, advice):
    assert undelivered.advice(problem).startswith(advice)


def test_who_keeps_the_persons_data_is_led_there(enter, task):
    without_address(task)
    filler = Staff.objects.get(username="330000.filler")
    admin = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    link = f"/administration/staff/{filler.pk}/edit/"

    assert link in enter(admin).get("/reminders/undelivered/").content.decode()
    office = enter(factories.coordinator())
    assert link not in office.get("/reminders/undelivered/").content.decode()


@pytest.mark.parametrize("role", [Role.FILLER, Role.APPROVER, Role.UNIT_ADMIN, Role.AUDITOR])
def test_page_is_for_those_who_urge_or_run_the_system(enter, role):
    person = factories.staff(role, factories.central())

    assert enter(person).get("/reminders/undelivered/").status_code == 403


@pytest.mark.parametrize("count", [1, 60])
def test_page_takes_the_same_queries_however_many(office, django_assert_num_queries, count):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    for bureau in bureaus:
        factories.staff(Role.FILLER, bureau, email="")
    factories.obligation(*bureaus)
    ticking.tick(AT)

    with django_assert_num_queries(10):
        context = office.get("/reminders/undelivered/").context

    assert len(context["lines"]) == min(count, 50)


# --- those above are told -----------------------------------------------------------------------


def fail(task, *rungs):
    """Reminders given up at these rungs, the person being without an address."""
    Staff.objects.filter(username="330000.filler").update(email="")
    for rung in rungs:
        ticking.tick(RUNGS[rung])


def dying(*args, **kwargs):
    raise SystemExit


def watch(now=RUNGS["T0"]) -> int:
    return address_faults.watch(now)


def test_third_failure_is_told_above_once(task):
    chief = factories.staff(Role.COORDINATOR, task.bureau)
    admin = factories.staff(Role.UNIT_ADMIN, task.bureau)
    fail(task, "T-10", "T-5")
    assert watch(RUNGS["T-5"]) == 0

    fail(task, "T-3")
    assert [watch(), watch(), watch(RUNGS["O1"])] == [1, 0, 0]

    told = [message for message in mail.outbox if "未送达" in message.subject]
    assert sorted(message.to[0] for message in told) == sorted([chief.email, admin.email])
    assert "测试填报人的提醒邮件已有 3 封没有送达" in told[0].body
    assert AddressFault.objects.get().told == f"{admin.name}、{chief.name}"


def test_who_has_left_has_no_faulty_mailbox(task):
    factories.staff(Role.COORDINATOR, task.bureau)
    fail(task, "T-10", "T-5", "T-3")
    Staff.objects.filter(username="330000.filler").update(is_active=False)

    assert watch() == 0


def test_bureau_without_anybody_is_told_one_above(task):
    factories.coordinator()
    fail(task, "T-10", "T-5", "T-3")

    watch()

    assert AddressFault.objects.get().told == "测试收文管理"


def test_address_that_works_again_starts_anew(task):
    fail(task, "T-10", "T-5")
    register()
    ticking.tick(RUNGS["T-3"])
    Delivery.objects.by_mail().filter(state="failed").update(address="new@example.test")

    fail(task, "T-1")

    assert watch() == 0


def test_new_address_that_fails_is_told_of_again(task):
    factories.staff(Role.COORDINATOR, task.bureau)
    fail(task, "T-10", "T-5", "T-3")
    watch()
    Delivery.objects.by_mail().filter(state="failed").update(address="other@example.test")

    assert watch() == 1
    assert AddressFault.objects.count() == 2


def test_word_that_could_not_be_sent_is_tried_again_after_its_lease(task, settings):
    factories.staff(Role.COORDINATOR, task.bureau)
    fail(task, "T-10", "T-5", "T-3")
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = RUNGS["T0"]
    assert watch(now) == 0
    settings.EMAIL_BACKEND = backend

    assert watch(now + address_faults.LEASE - SECOND) == 0
    assert watch(now + address_faults.LEASE) == 1


def test_run_that_died_after_telling_is_recognised_by_its_repeat(task, monkeypatch):
    factories.staff(Role.COORDINATOR, task.bureau)
    fail(task, "T-10", "T-5", "T-3")
    now = RUNGS["T0"]
    with monkeypatch.context() as patch:
        patch.setattr(address_faults, "_say_told", dying)
        with pytest.raises(SystemExit):
            watch(now)

    watch(now + address_faults.LEASE)

    first, second = [message for message in mail.outbox if "未送达" in message.subject]
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert "X-Possible-Repeat" not in first.extra_headers
    assert second.extra_headers["X-Possible-Repeat"] == "yes"


def test_page_says_who_was_told(office, task):
    factories.staff(Role.COORDINATOR, task.bureau)
    fail(task, "T-10", "T-5", "T-3")
    watch()

    assert "3月30日已告知测试收文管理" in office.get("/reminders/undelivered/").content.decode()


# --- the test mail ------------------------------------------------------------------------------


@pytest.fixture
def admin(enter):
    return enter(factories.staff(Role.SYSTEM_ADMIN, factories.central()))


def check(client, address="who@example.test"):
    return client.post("/reminders/test-mail/", {"address": address})


def test_test_mail_goes_out_and_says_so_in_place(admin, server):
    result = check(admin).context["result"]

    assert result.is_sent
    assert [message["To"] for message in server.messages] == ["who@example.test"]


def test_refused_test_mail_says_what_the_server_said(admin, server):
    server.refused.add("who@example.test")

    answer = check(admin)

    assert "不接受这个收件地址，请核对地址" in answer.content.decode()
    assert answer.context["result"].detail == "原话：550 no such mailbox"


def test_test_mail_without_a_server_says_what_to_look_at(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert "邮件服务器拒绝连接，请核对端口" in check(admin).content.decode()


def test_test_mail_that_stays_on_the_machine_says_so(admin, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.MAILBOX_DIR = (
        "tasks.reminders.mail.mailbox.MailboxBackend",
        tmp_path,
    )

    assert "没有发到外面" in check(admin).content.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "请填写收件地址"), ("x", "邮箱地址不对"), ("a@b.test\nBcc: c@d", "邮箱地址不对")],
)
def test_wrong_address_is_told_and_nothing_sent(admin, address, said):
    answer = check(admin, address)

    assert (answer.status_code, mail.outbox) == (422, [])
    assert said in answer.content.decode()


def test_test_mail_is_for_who_runs_the_system(office):
    assert check(office).status_code == 403
    assert office.get("/reminders/undelivered/").context["form"] is None


def test_coordinator_of_another_province_does_not_see_it(enter, task):
    delivery = without_address(task)
    chief = factories.staff(Role.COORDINATOR, factories.province("320000", "江苏省"))
    client = enter(chief)

    assert client.get("/reminders/undelivered/").context["lines"] == []
    assert client.post(f"/deliveries/{delivery.pk}/resend/").status_code == 404
