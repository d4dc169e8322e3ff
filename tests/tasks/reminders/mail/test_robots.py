"""Reminders to group robots: rows of the ledger like any other, posted to a server that checks."""

import socket
from datetime import timedelta

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.channels import encryption, registry, robot
from tasks.models import Delivery, RobotAddress
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import NOW, RUNGS
from tests.services import robots

pytestmark = pytest.mark.django_db

AT = RUNGS["T-3"]
MINUTE = timedelta(minutes=1)
State = Delivery.State


@pytest.fixture
def task():
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    return made


@pytest.fixture
def far(settings):
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    with robots.server() as far:
        yield far


def add(owner, channel, address, secret=""):
    of_bureau = isinstance(owner, Bureau)
    return RobotAddress.objects.create(
        bureau=owner if of_bureau else None,
        person=None if of_bureau else owner,
        channel=channel,
        sealed_address=encryption.seal(address),
        sealed_secret=encryption.seal(secret) if secret else "",
        made_at=NOW,
        made_by=factories.coordinator(),
    )


def rows(channel):
    return list(Delivery.objects.filter(channel=channel))


@pytest.mark.parametrize(
    ("channel", "path", "secret"),
    [
        ("wecom", "/wecom?key=k", ""),
        ("dingtalk", "/dingtalk?access_token=t", robots.SECRET),
        ("feishu", "/feishu", robots.SECRET),
    ],
)
def test_each_robot_is_told_signed_as_it_wants_it(task, far, channel, path, secret):
    person = factories.staff(Role.FILLER, task.bureau)
    add(person, channel, far.url + path, secret)

    assert str(ticking.tick(AT)).startswith("sent=2 ")

    [row] = rows(channel)
    assert (row.state, row.address) == (State.SENT, registry.LABELS[channel])
    [posted] = far.posted
    said = str(posted)
    assert "【报送提醒】3月31日前报送质量工作进展情况" in said
    assert f"/assignments/{task.pk}/" in said


def test_robot_that_is_down_is_tried_later_and_the_mail_goes_out(task, far):
    add(factories.staff(Role.FILLER, task.bureau), "wecom", f"{far.url}/wecom?key=k")
    far.answer = (503, "")

    assert str(ticking.tick(AT)) == "sent=1 superseded=2 failed=1"

    [row] = rows("wecom")
    assert (row.state, row.attempts) == (State.WAITING, 1)
    far.answer = None
    assert ticking.tick(row.not_before).sent == 1


def of_three_tasks(address):
    """One person who fills in at three bureaus, and their robot."""
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in (31, 32, 34)]
    for bureau in bureaus:
        person = factories.staff(Role.FILLER, bureau, username="of-three")
    factories.obligation(*bureaus)
    add(person, "wecom", address)


def test_robot_that_takes_no_more_is_left_alone_for_a_minute_at_no_cost(far):
    of_three_tasks(f"{far.url}/wecom?key=k")
    far.limit = 1

    ticking.tick(AT)

    assert len(far.posted) == 2  # the third is not even tried
    waiting = [row for row in rows("wecom") if row.state != State.SENT]
    assert [(row.state, row.attempts, row.not_before - AT) for row in waiting] == [
        (State.WAITING, 0, MINUTE)
    ] * 2
    far.limit, far.answer = 1000, None
    assert ticking.tick(AT + MINUTE).sent == 2
    assert {row.state for row in rows("wecom")} == {State.SENT}


def test_robot_that_takes_no_more_for_long_loses_nothing(far):
    """However often it says that it takes no more: nothing is given up."""
    of_three_tasks(f"{far.url}/wecom?key=k")
    far.limit = 0
    for turn in range(20):
        ticking.tick(AT + turn * MINUTE)
    far.limit, far.answer = 1000, None

    ticking.tick(AT + 20 * MINUTE)

    assert {row.state for row in rows("wecom")} == {State.SENT}


def test_host_that_does_not_answer_is_waited_for_once_a_run(monkeypatch, settings):
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(robot, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        of_three_tasks(f"http://127.0.0.1:{deaf.getsockname()[1]}/x")

        ticking.tick(AT)

    assert sorted((row.attempts, row.state) for row in rows("wecom")) == [
        (0, State.WAITING),
        (0, State.WAITING),
        (1, State.WAITING),
    ]
    assert [row.is_repeat for row in rows("wecom") if row.attempts] == [True]


def test_robot_is_told_where_the_mail_server_is_down(task, far, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    add(factories.staff(Role.FILLER, task.bureau), "wecom", f"{far.url}/wecom?key=k")

    assert str(ticking.tick(AT)) == "sent=1 superseded=2 failed=1"


def test_robot_of_the_bureau_is_told_once_for_all_its_people(task, far):
    factories.staff(Role.FILLER, task.bureau, username="second")
    add(task.bureau, "wecom", f"{far.url}/wecom?key=k")

    ticking.tick(AT)

    assert len(far.posted) == len(rows("wecom")) == 1
    assert len(rows("email")) == 2


def test_robot_of_the_bureau_is_not_told_what_goes_to_those_above(task, far):
    factories.staff(Role.APPROVER, task.bureau)
    add(task.bureau, "wecom", f"{far.url}/wecom?key=k")
    ticking.tick(RUNGS["O3"])
    far.posted.clear()

    assert ticking.tick(RUNGS["S"]).sent == 1
    assert far.posted == []


def test_own_robot_and_that_of_the_bureau_are_not_both_told_of_one_kind(task, far):
    person = factories.staff(Role.FILLER, task.bureau)
    add(person, "wecom", f"{far.url}/wecom?key=k")
    add(task.bureau, "wecom", f"{far.url}/wecom?key=k")

    ticking.tick(AT)

    assert len(far.posted) == 1


def test_host_that_is_not_allowed_is_never_asked(task, far, settings):
    settings.ROBOT_HOSTS = ["qyapi.weixin.qq.com"]
    add(factories.staff(Role.FILLER, task.bureau), "wecom", f"{far.url}/wecom?key=k")

    ticking.tick(AT)

    [row] = rows("wecom")
    assert (row.state, far.posted) == (State.FAILED, [])
    assert row.problem == "群机器人地址不在允许的范围内，请联系系统管理员"


def test_robot_removed_in_between_fails_in_words(task, far):
    add(task.bureau, "wecom", f"{far.url}/wecom?key=k")
    far.answer = (503, "")
    ticking.tick(AT)
    RobotAddress.objects.all().delete()

    ticking.tick(rows("wecom")[0].not_before)

    assert (rows("wecom")[0].state, rows("wecom")[0].problem) == (State.FAILED, "群机器人已停用")


def test_another_secret_key_makes_addresses_unreadable_and_says_so(task, far, settings):
    add(task.bureau, "wecom", f"{far.url}/wecom?key=k")
    settings.SECRET_KEY = "another"

    ticking.tick(AT)

    assert rows("wecom")[0].problem == "SECRET_KEY 已更换，无法读出，请重新填写"


def test_address_and_secret_are_not_in_the_row_as_typed(task, far):
    row = add(task.bureau, "dingtalk", f"{far.url}/dingtalk", robots.SECRET)

    assert far.url not in row.sealed_address
    assert robots.SECRET not in row.sealed_secret
    assert (row.address, row.secret) == (f"{far.url}/dingtalk", robots.SECRET)
