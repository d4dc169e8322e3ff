from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from bureaus.models import Staff
from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("bureaus:login")
DESK = reverse("tasks:desk")
WRONG = "账号或密码不正确，请核对后重新输入"
LOCKED = "该账号连续输错密码，已锁定30分钟。请稍后再试，或联系本单位管理员"
LIMIT = settings.AXES_FAILURE_LIMIT


@pytest.fixture
def filler():
    return factories.staff(Role.FILLER, factories.province())


def log_in(client, username, password=factories.PASSWORD, **headers):
    return client.post(URL, {"username": username, "password": password}, **headers)


def events(*verbs):
    return list(AuditEvent.objects.filter(verb__in=verbs).order_by("pk"))


def errors(answer):
    return answer.context["form"].non_field_errors()


def test_right_password_opens_the_desk(client, filler):
    answer = log_in(client, filler.username)

    assert (answer.status_code, answer["location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(filler.pk)


def test_login_goes_where_the_person_wanted_to_go(client, filler):
    answer = client.post(
        f"{URL}?next=/notices/", {"username": filler.username, "password": factories.PASSWORD}
    )

    assert answer["location"] == "/notices/"


def test_login_goes_to_no_other_site(client, filler):
    answer = client.post(
        f"{URL}?next=https://elsewhere.test/",
        {"username": filler.username, "password": factories.PASSWORD},
    )

    assert answer["location"] == "/"


def test_wrong_password_and_unknown_account_are_told_the_same(client, filler):
    wrong = log_in(client, filler.username, "Wrong-password-1")
    unknown = log_in(client, "nobody", "Wrong-password-1")

    assert errors(wrong) == errors(unknown) == [WRONG]
    assert wrong.status_code == unknown.status_code == 422
    assert WRONG in wrong.content.decode()
    assert "_auth_user_id" not in client.session


def test_account_that_is_switched_off_is_told_the_same(client, filler):
    Staff.objects.update(is_active=False)

    answer = log_in(client, filler.username)

    assert (answer.status_code, errors(answer)) == (422, [WRONG])


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({}, {"username": ["请填写“账号”"], "password": ["请填写“密码”"]}),
        ({"username": "someone"}, {"password": ["请填写“密码”"]}),
        ({"password": "x"}, {"username": ["请填写“账号”"]}),
    ],
)
def test_missing_field_is_told_at_the_field(client, posted, told):
    answer = client.post(URL, posted)

    assert answer.status_code == 422
    assert answer.context["form"].errors == told


def test_account_name_with_a_null_character_is_refused(client):
    answer = log_in(client, "some\0one")

    assert answer.status_code == 422
    assert events("登录失败")[0].detail == {"username": "some\0one"}


def test_failures_before_the_limit_do_not_lock(client, filler):
    for _ in range(LIMIT - 1):
        log_in(client, filler.username, "Wrong-password-1")

    assert log_in(client, filler.username).status_code == 302


def test_success_forgets_the_failures(client, filler):
    for _ in range(2):
        for _ in range(LIMIT - 1):
            assert log_in(client, filler.username, "Wrong-password-1").status_code == 422
        assert log_in(client, filler.username).status_code == 302
        client.logout()


def lock(client, username):
    return [log_in(client, username, "Wrong-password-1").status_code for _ in range(LIMIT)]


def test_account_is_locked_at_the_limit_even_for_the_right_password(client, filler):
    assert lock(client, filler.username) == [422] * (LIMIT - 1) + [429]

    answer = log_in(client, filler.username)

    assert answer.status_code == 429
    assert LOCKED in answer.content.decode()
    assert WRONG not in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_unknown_account_is_locked_alike(client):
    assert lock(client, "nobody") == [422] * (LIMIT - 1) + [429]


def test_lock_holds_for_one_account_only(client, filler):
    lock(client, "330000.other")

    assert log_in(client, filler.username).status_code == 302


def test_lock_follows_the_account_to_another_address(client, filler):
    lock(client, filler.username)

    assert log_in(client, filler.username, REMOTE_ADDR="192.0.2.9").status_code == 429


def test_lock_ends_after_its_time(client, filler):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        lock(client, filler.username)
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        assert log_in(client, filler.username).status_code == 429
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert log_in(client, filler.username).status_code == 302


def test_login_is_recorded_with_its_address(client, filler):
    log_in(client, filler.username, REMOTE_ADDR="192.0.2.7")

    (event,) = events("登录")
    assert (event.chain, event.actor_name, event.address) == ("330000", "测试填报人", "192.0.2.7")
    assert event.subject_key == str(filler.pk)
    assert factories.fresh(filler).last_address == "192.0.2.7"


def test_login_of_somebody_without_a_bureau_is_recorded_in_the_systems_chain(client):
    Staff.objects.create_superuser("repair", factories.PASSWORD, name="修复")

    log_in(client, "repair")

    assert [event.chain for event in events("登录")] == ["system"]


def test_failed_login_is_recorded_with_the_typed_name_and_no_person(client, filler):
    log_in(client, "x" * 60, "Wrong-password-1", REMOTE_ADDR="192.0.2.7")

    (event,) = events("登录失败")
    assert (event.chain, event.actor_name, event.address) == ("login", "系统", "192.0.2.7")
    assert event.detail == {"username": "x" * 40}


def test_attempt_at_a_locked_account_is_recorded_as_such(client, filler):
    lock(client, filler.username)

    log_in(client, filler.username)

    assert len(events("登录失败")) == LIMIT - 1
    assert [event.detail for event in events("登录被锁定")] == [{"username": filler.username}] * 2
    assert events("登录") == []


def test_logout_is_recorded_once(client, filler):
    client.force_login(filler)

    answer = client.post(reverse("bureaus:logout"))
    client.post(reverse("bureaus:logout"))

    assert answer["location"] == URL
    assert [(event.chain, event.actor_name) for event in events("退出")] == [
        ("330000", "测试填报人")
    ]
    assert "_auth_user_id" not in client.session


def test_logout_by_following_a_link_is_refused(client, filler):
    client.force_login(filler)

    assert client.get(reverse("bureaus:logout")).status_code == 405
    assert "_auth_user_id" in client.session


def change(client, old=factories.PASSWORD, new="Quiet-River-52", again=None):
    return client.post(
        reverse("bureaus:password"),
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def test_changed_password_is_in_force_and_recorded(client, filler):
    client.force_login(filler)

    answer = change(client)

    assert answer["location"] == "/"
    assert factories.fresh(filler).check_password("Quiet-River-52")
    assert [event.subject_key for event in events("修改密码")] == [str(filler.pk)]
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"old": "Wrong-password-1"}, "old_password", "原密码不正确，请重新输入"),
        ({"again": "Quiet-River-53"}, "new_password2", "两次输入的新密码不一致，请重新输入"),
        ({"new": "Ab1!"}, "new_password2", "密码太短，至少需要10个字符。"),
        (
            {"new": "abcdefgh-jkl"},
            "new_password2",
            "密码须包含大写字母、小写字母、数字、符号中的至少三类。",
        ),
        ({"new": "330000.Filler"}, "new_password2", "密码与账号太相似，容易被猜到，请换一个。"),
        ({"new": "Qwertyuiop1"}, "new_password2", "这个密码很多人在用，容易被猜到，请换一个。"),
    ],
)
def test_refused_password_is_told_at_its_field_and_nothing_changes(
    client, filler, typed, field, message
):
    client.force_login(filler)

    answer = change(client, **typed)

    assert answer.status_code == 422
    assert message in answer.context["form"].errors[field]
    assert factories.fresh(filler).check_password(factories.PASSWORD)
    assert events("修改密码") == []


def test_no_event_holds_a_password(client, filler):
    lock(client, "nobody")
    log_in(client, filler.username)
    change(client)
    client.post(reverse("bureaus:logout"))

    kept = " ".join(
        f"{event} {event.actor_name} {event.subject_name} {event.detail_json}"
        for event in AuditEvent.objects.all()
    )
    assert AuditEvent.objects.count() == LIMIT + 3
    for password in (factories.PASSWORD, "Wrong-password-1", "Quiet-River-52"):
        assert password not in kept


def test_next_login_shows_the_one_before(client, filler):
    with time_machine.travel(factories.NOW, tick=False):
        log_in(client, filler.username, REMOTE_ADDR="192.0.2.7")
        first = client.get(DESK).content.decode()
        client.post(reverse("bureaus:logout"))
    with time_machine.travel(factories.NOW + timedelta(days=1), tick=False):
        log_in(client, filler.username, REMOTE_ADDR="192.0.2.8")
        second = client.get(DESK).content.decode()

    assert "上次登录" not in first
    assert "2026-03-02 09:30" in second
    assert "192.0.2.7" in second
    assert "192.0.2.8" not in second


def test_person_already_logged_in_is_sent_to_the_desk(client, filler):
    client.force_login(filler)

    assert client.get(URL)["location"] == "/"


def test_session_ends_after_half_an_hour_without_a_request(client, filler):
    with time_machine.travel(factories.NOW, tick=False):
        log_in(client, filler.username)
    with time_machine.travel(factories.NOW + timedelta(minutes=29), tick=False):
        assert client.get(DESK).status_code == 200
    with time_machine.travel(factories.NOW + timedelta(minutes=58), tick=False):
        assert client.get(DESK).status_code == 200
    with time_machine.travel(factories.NOW + timedelta(minutes=89), tick=False):
        assert client.get(DESK)["location"].startswith(URL)
