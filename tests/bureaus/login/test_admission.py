from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.models import LoginAddress, PastPassword, Staff
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LOGIN = reverse("bureaus:login")
DESK = reverse("tasks:desk")
PASSWORD_PAGE = reverse("bureaus:password")
HELP = reverse("bureaus:help")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def filler(clock):
    return factories.staff(Role.FILLER, factories.province())


def log_in(client, username, password=factories.PASSWORD, **headers):
    return client.post(LOGIN, {"username": username, "password": password}, **headers)


def change(client, new, old=factories.PASSWORD):
    return client.post(
        PASSWORD_PAGE, {"old_password": old, "new_password1": new, "new_password2": new}
    )


def test_one_time_password_opens_nothing_but_the_page_for_another(client, filler):
    Staff.objects.update(must_change_password=True)
    log_in(client, filler.username)

    asked = [client.get(url)["location"] for url in (DESK, HELP)]
    posted = client.post(reverse("bureaus:delegations"))["location"]
    page = client.get(PASSWORD_PAGE)

    assert [*asked, posted] == [PASSWORD_PAGE] * 3
    assert page.status_code == 200
    assert "一次性密码，请先改为只有您自己知道的密码" in page.content.decode()


def test_own_password_opens_the_rest(client, filler):
    Staff.objects.update(must_change_password=True)
    log_in(client, filler.username)

    change(client, "Quiet-River-52")

    kept = factories.fresh(filler)
    assert (kept.must_change_password, kept.password_changed_at) == (False, NOW)
    assert client.get(DESK).status_code == 200


def test_person_with_a_one_time_password_may_leave(client, filler):
    Staff.objects.update(must_change_password=True)
    client.force_login(filler)

    assert client.post(reverse("bureaus:logout"))["location"] == LOGIN


@pytest.mark.parametrize(("days", "asked"), [(89, False), (90, True)])
def test_password_is_changed_after_ninety_days(client, clock, settings, filler, days, asked):
    settings.PASSWORD_MAX_DAYS = 90
    Staff.objects.update(password_changed_at=NOW)
    clock.move_to(NOW + days * DAY, tick=False)

    client.force_login(filler)

    assert (client.get(DESK).status_code == 302) == asked
    assert ("密码已使用满90天" in client.get(PASSWORD_PAGE).content.decode()) == asked


def test_password_of_unknown_age_is_as_old_as_the_account(client, clock, settings, filler):
    settings.PASSWORD_MAX_DAYS = 90
    Staff.objects.update(password_changed_at=None, created_at=NOW)
    client.force_login(filler)
    assert client.get(DESK).status_code == 200

    clock.move_to(NOW + 90 * DAY, tick=False)
    client.force_login(filler)
    assert client.get(DESK)["location"] == PASSWORD_PAGE


def test_password_never_ages_where_that_is_switched_off(client, clock, settings, filler):
    settings.PASSWORD_MAX_DAYS = 0
    Staff.objects.update(password_changed_at=NOW)
    clock.move_to(NOW + 1000 * DAY, tick=False)

    client.force_login(filler)

    assert client.get(DESK).status_code == 200


def test_the_last_three_passwords_are_not_taken_again(client, filler):
    client.force_login(filler)
    first = factories.PASSWORD
    second, third, fourth = "Quiet-River-52", "Quiet-River-53", "Quiet-River-54"

    answers = [
        change(client, second, first),
        change(client, first, second),  # two ago
        change(client, second, second),  # the present one
        change(client, third, second),
        change(client, fourth, third),
        change(client, first, fourth),  # four ago: free again
    ]

    assert [answer.status_code for answer in answers] == [302, 422, 422, 302, 302, 302]
    refused = answers[1].context["form"].errors["new_password2"]
    assert refused == ["新密码不能与最近3次用过的密码相同。"]
    assert PastPassword.objects.filter(staff=filler).count() == 3


def test_history_is_ones_own(client, filler):
    other = factories.staff(Role.REVIEWER, factories.province())
    other.set_password("Quiet-River-52")
    other.save()
    client.force_login(filler)

    assert change(client, "Quiet-River-52").status_code == 302


def test_history_keeps_no_password_as_typed(client, filler):
    client.force_login(filler)
    change(client, "Quiet-River-52")

    kept = list(PastPassword.objects.values_list("password", flat=True))
    assert not [hashed for hashed in kept if "Quiet-River-52" in hashed]


def test_expired_account_is_refused_like_a_wrong_password(client, clock, filler):
    Staff.objects.update(expires_on=NOW.date())
    assert log_in(client, filler.username).status_code == 302
    client.logout()
    clock.move_to(NOW + DAY, tick=False)

    answer = log_in(client, filler.username)

    assert answer.status_code == 422
    assert "账号或密码不正确" in answer.content.decode()
    assert factories.fresh(filler).held_posts == []


def test_running_session_ends_with_the_account(client, clock, filler):
    Staff.objects.update(expires_on=NOW.date())
    clock.move_to(NOW.replace(hour=23, minute=50), tick=False)
    client.force_login(filler)
    assert client.get(DESK).status_code == 200

    clock.move_to(NOW.replace(hour=0, minute=5) + DAY, tick=False)

    assert client.get(DESK)["location"].startswith(LOGIN)


def test_session_ends_after_twelve_hours_however_busy(client, clock, filler):
    log_in(client, filler.username)
    answers = []
    for quarters in range(49):
        clock.move_to(NOW + quarters * 15 * MINUTE, tick=False)
        answers.append(client.get(DESK, follow=quarters == 48))

    assert [answer.status_code for answer in answers] == [200] * 49
    assert answers[-1].request["PATH_INFO"] == LOGIN
    assert "本次登录已满12小时，请重新登录" in answers[-1].content.decode()
    (event,) = AuditEvent.objects.filter(verb="登录超时退出")
    assert event.subject_key == str(filler.pk)


def test_next_login_begins_to_count_anew(client, clock, filler):
    log_in(client, filler.username)
    for quarters in range(49):
        clock.move_to(NOW + quarters * 15 * MINUTE, tick=False)
        client.get(DESK)

    log_in(client, filler.username)

    assert client.get(DESK).status_code == 200


@pytest.fixture
def limit(settings):
    settings.LOGIN_ADDRESS_LIMIT = 3
    return 3


def spray(client, times, **headers):
    return [
        log_in(client, f"nobody{number}", "Wrong-password-1", **headers).status_code
        for number in range(times)
    ]


def test_address_with_too_many_failures_waits_even_with_the_right_password(client, filler, limit):
    assert spray(client, limit + 1) == [422, 422, 422, 429]

    answer = log_in(client, filler.username)

    assert answer.status_code == 429
    assert "本机所在网络地址登录失败次数过多，已暂停登录10分钟" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_password_is_not_looked_at_while_the_address_waits(client, filler, limit, monkeypatch):
    spray(client, limit)
    monkeypatch.setattr(Staff, "check_password", lambda *_: pytest.fail("hashed"))

    assert log_in(client, filler.username).status_code == 429


def test_other_addresses_do_not_wait(client, filler, limit):
    spray(client, limit, REMOTE_ADDR="192.0.2.9")

    assert log_in(client, filler.username, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert log_in(client, filler.username, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_ipv6_address_waits_alike(client, filler, limit):
    spray(client, limit, REMOTE_ADDR="2001:db8::1")

    assert log_in(client, filler.username, REMOTE_ADDR="2001:db8::1").status_code == 429


def test_failures_spread_over_minutes_do_not_count_together(client, clock, filler, limit):
    for minute in range(limit + 2):
        clock.move_to(NOW + minute * MINUTE, tick=False)
        assert log_in(client, f"nobody{minute}", "Wrong-password-1").status_code == 422

    assert log_in(client, filler.username).status_code == 302


def test_wait_ends_and_what_is_over_is_forgotten(client, clock, filler, limit):
    spray(client, limit)
    clock.move_to(NOW + 9 * MINUTE, tick=False)
    assert log_in(client, filler.username).status_code == 429

    clock.move_to(NOW + 10 * MINUTE, tick=False)
    assert log_in(client, filler.username).status_code == 302
    client.logout()
    clock.move_to(NOW + 30 * MINUTE, tick=False)
    spray(client, 1, REMOTE_ADDR="192.0.2.9")
    assert [row.address for row in LoginAddress.objects.all()] == ["192.0.2.9"]


def test_attempt_of_a_waiting_address_is_recorded(client, filler, limit):
    spray(client, limit)

    log_in(client, filler.username)

    (event,) = AuditEvent.objects.filter(verb="登录被限制")
    assert (event.chain, event.detail) == ("login", {"username": filler.username})


def test_throttle_can_be_switched_off(client, settings, filler):
    settings.LOGIN_ADDRESS_LIMIT = 0

    assert spray(client, 40) == [422] * 40
    assert not LoginAddress.objects.exists()
