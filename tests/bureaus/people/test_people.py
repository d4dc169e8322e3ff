from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.actions import delegations, people
from bureaus.errors import BureauError
from bureaus.login import lockouts
from bureaus.models import Post, Staff
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TYPED = {"bureau": "330000", "username": "xiaowang", "name": "王小明", "email": "x@example.test"}
LIMIT = 5  # LOGIN_FAILURE_LIMIT


@pytest.fixture
def unit_admin(zhejiang):
    return factories.staff(Role.UNIT_ADMIN, zhejiang)


def system_admin():
    return factories.staff(Role.SYSTEM_ADMIN, factories.central())


def security_admin():
    return factories.staff(Role.SECURITY_ADMIN, factories.central())


def add(bureau, by, **changed):
    given = {"username": "xiaowang", "name": "王小明", "now": NOW, "by": by} | changed
    return people.add(bureau, **given)


def event(verb):
    return AuditEvent.objects.get(verb=verb)


def fail(client, username, times=LIMIT):
    typed = {"username": username, "password": "Wrong-password-1"}
    return [client.post(reverse("bureaus:login"), typed).status_code for _ in range(times)]


def test_added_person_has_an_account_without_posts_and_a_password_to_change(zhejiang, unit_admin):
    person, password = add(zhejiang, unit_admin, phone="0571-12345678", expires_on=TODAY)

    kept = factories.fresh(person)
    assert (kept.username, kept.bureau, kept.expires_on) == ("xiaowang", zhejiang, TODAY)
    assert kept.check_password(password)
    assert kept.must_change_password
    assert kept.held_posts == []
    assert event("新增人员").subject_key == str(person.pk)
    assert (event("新增人员").chain, event("新增人员").actor_name) == ("330000", "测试单位管理员")


def test_one_time_password_passes_the_rules_and_is_written_nowhere(zhejiang, unit_admin):
    person, password = add(zhejiang, unit_admin)

    validate_password(password, Staff(username="other", name="他人"))
    assert password not in event("新增人员").detail_json
    assert password != person.password


def test_two_one_time_passwords_differ(zhejiang, unit_admin):
    first, second = (add(zhejiang, unit_admin, username=f"some{n}")[1] for n in (1, 2))

    assert first != second


@pytest.mark.parametrize("taken", ["xiaowang", "XiaoWang"])
def test_name_of_an_account_is_never_used_again_even_switched_off(zhejiang, unit_admin, taken):
    Staff.objects.create_user(taken, name="前任", bureau=zhejiang, is_active=False)

    with pytest.raises(BureauError, match="已被使用（停用的账号也不再给他人使用），请换一个"):
        add(zhejiang, unit_admin)

    assert Staff.objects.filter(name="王小明").count() == 0


@pytest.mark.parametrize("username", ["ab", "小王", "-wang", "wang li", "w" * 41])
def test_name_of_an_account_is_plain(zhejiang, unit_admin, username):
    with pytest.raises(BureauError, match="账号须为3至40位"):
        add(zhejiang, unit_admin, username=username)


def test_account_that_ends_before_it_begins_is_refused(zhejiang, unit_admin):
    with pytest.raises(BureauError, match="有效期不能早于今天"):
        add(zhejiang, unit_admin, expires_on=TODAY - timedelta(days=1))


def test_unit_administrator_adds_at_the_own_bureau_and_below_only(zhejiang, unit_admin):
    add(factories.prefecture(zhejiang), unit_admin, username="hangzhou")

    for bureau in (factories.central(), factories.province("320000", "江苏省")):
        with pytest.raises(BureauError, match=r"没有在.*新增人员的权限"):
            add(bureau, unit_admin)


def test_system_administrator_of_the_root_adds_everywhere(zhejiang):
    person, _ = add(factories.prefecture(zhejiang), system_admin())

    assert person.bureau.code == "330100"


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.COORDINATOR])
def test_nobody_else_adds_people(role, zhejiang):
    with pytest.raises(BureauError, match=r"没有在.*新增人员的权限"):
        add(zhejiang, factories.staff(role, factories.central()))

    assert not Staff.objects.filter(username="xiaowang").exists()


def edit(person, by, **changed):
    known = {"name": person.name, "phone": person.phone, "email": person.email}
    return people.edit(person, **known | {"expires_on": None} | changed, now=NOW, by=by)


def test_edit_records_old_and_new_and_hides_the_middle_of_numbers(filler, unit_admin):
    edit(filler, unit_admin, name="新名", phone="010-00001234")

    kept = factories.fresh(filler)
    assert (kept.name, kept.phone) == ("新名", "010-00001234")
    assert event("修改人员资料").detail == {
        "name": ["测试填报人", "新名"],
        "phone": ["", "010-****1234"],
    }


def test_edit_leaves_name_of_account_and_bureau_alone(filler, unit_admin, client):
    client.force_login(unit_admin)

    client.post(
        reverse("bureaus:person_edit", args=[filler.pk]),
        {"name": "新名", "username": "other", "bureau": "100000"},
    )

    kept = factories.fresh(filler)
    assert (kept.name, kept.username, kept.bureau_id) == ("新名", filler.username, filler.bureau_id)


def test_own_account_gets_no_other_expiry(unit_admin):
    with pytest.raises(BureauError, match="不能更改自己账号的有效期"):
        edit(unit_admin, unit_admin, expires_on=TODAY)


def test_administrator_of_a_unit_does_not_reach_posts_above_it(zhejiang, unit_admin, filler):
    """A new password for a person of the province would open the post at the 总局."""
    Post.objects.create(staff=filler, bureau=factories.central(), role=Role.COORDINATOR)

    for deed in (people.reset_password, people.unlock, people.deactivate):
        with pytest.raises(BureauError, match="不全在您的管理范围内"):
            deed(filler, now=NOW, by=unit_admin)
    with pytest.raises(BureauError, match="不全在您的管理范围内"):
        edit(filler, unit_admin, name="新名")


def test_reset_password_is_new_must_be_changed_and_lifts_the_lock(filler, unit_admin, client):
    fail(client, filler.username)

    password = people.reset_password(filler, now=NOW, by=unit_admin)

    kept = factories.fresh(filler)
    assert kept.check_password(password)
    assert kept.must_change_password
    typed = {"username": filler.username, "password": password}
    assert client.post(reverse("bureaus:login"), typed).status_code == 302
    assert password not in event("重置密码").detail_json


def test_reset_ends_running_sessions(filler, unit_admin, client):
    client.force_login(filler)

    people.reset_password(filler, now=NOW, by=unit_admin)

    assert client.get("/").status_code == 302


def test_security_administrator_resets_and_unlocks(filler):
    assert people.reset_password(filler, now=NOW, by=security_admin())
    people.unlock(filler, now=NOW, by=security_admin())

    assert event("解除锁定").subject_key == str(filler.pk)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.COORDINATOR])
def test_others_do_not_reset(filler, role):
    with pytest.raises(BureauError, match=r"没有重置.*密码的权限"):
        people.reset_password(filler, now=NOW, by=factories.staff(role, factories.central()))


def test_separated_administrators_are_reset_by_the_security_administrator_only(zhejiang):
    at_root = factories.staff(Role.UNIT_ADMIN, factories.central())

    with pytest.raises(BureauError, match="没有重置"):
        people.reset_password(security_admin(), now=NOW, by=at_root)

    assert people.reset_password(system_admin(), now=NOW, by=security_admin())


def test_own_password_is_not_reset(unit_admin):
    with pytest.raises(BureauError, match="自己的密码请在“修改密码”中更改"):
        people.reset_password(unit_admin, now=NOW, by=unit_admin)


def test_unlock_opens_the_account_with_its_old_password(filler, unit_admin, client):
    assert fail(client, filler.username)[-1] == 429

    people.unlock(filler, now=NOW, by=unit_admin)

    typed = {"username": filler.username, "password": factories.PASSWORD}
    assert client.post(reverse("bureaus:login"), typed).status_code == 302


def test_page_says_that_an_account_is_locked(filler, unit_admin, client):
    url = reverse("bureaus:person", args=[filler.pk])
    client.force_login(unit_admin)
    assert "已锁定" not in client.get(url).content.decode()
    client.logout()
    fail(client, filler.username)
    client.force_login(unit_admin)

    page = client.get(url).content.decode()

    assert "已锁定" in page
    assert reverse("bureaus:person_unlock", args=[filler.pk]) in page


def test_lock_of_another_name_is_not_this_accounts(filler, client):
    fail(client, "330000.other")

    assert not lockouts.is_locked(filler.username, now=NOW)


def test_deactivated_person_is_out_and_holds_nothing(filler, zhejiang, unit_admin, client):
    reviewer = factories.staff(Role.REVIEWER, zhejiang)
    days = {"starts_on": TODAY, "ends_on": TODAY, "now": NOW}
    given = delegations.make(filler, deputy=reviewer, **days, by=filler)
    client.force_login(filler)

    people.deactivate(filler, now=NOW, by=unit_admin)

    assert client.get("/").status_code == 302
    kept = factories.fresh(filler)
    assert (kept.is_active, kept.held_posts, kept.posts.count()) == (False, [], 0)
    assert factories.fresh(given).ended_at == NOW
    assert event("停用账号").detail == {
        "is_active": [True, False],
        "posts": ["浙江省市场监管局 填报人"],
    }


def test_nobody_switches_off_the_own_account(unit_admin):
    with pytest.raises(BureauError, match="不能停用自己的账号"):
        people.deactivate(unit_admin, now=NOW, by=unit_admin)

    assert factories.fresh(unit_admin).is_active


def test_last_security_administrator_stays():
    security_admin()

    with pytest.raises(BureauError, match="唯一的安全管理员"):
        people.deactivate(security_admin(), now=NOW, by=system_admin())

    assert factories.fresh(security_admin()).is_active


def test_person_who_comes_back_gets_the_account_without_posts(filler, unit_admin):
    filler.expires_on = TODAY - timedelta(days=1)
    filler.save()
    people.deactivate(filler, now=NOW, by=unit_admin)

    password = people.reactivate(filler, now=NOW, by=unit_admin)

    kept = factories.fresh(filler)
    assert kept.check_password(password)
    assert (kept.is_active, kept.expires_on, kept.must_change_password) == (True, None, True)
    assert kept.held_posts == []


@pytest.mark.parametrize(
    ("deed", "message"),
    [(people.reactivate, "正在使用"), (people.deactivate, "已经停用")],
)
def test_switching_twice_is_told(filler, unit_admin, deed, message):
    if deed is people.deactivate:
        deed(filler, now=NOW, by=unit_admin)

    with pytest.raises(BureauError, match=message):
        deed(filler, now=NOW, by=unit_admin)


def test_page_adds_a_person_and_shows_the_password_once(client, zhejiang, unit_admin):
    client.force_login(unit_admin)

    answer = client.post(reverse("bureaus:person_add"), TYPED)

    person = Staff.objects.get(username="xiaowang")
    assert person.check_password(answer.context["password"])
    assert answer.context["password"] in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    again = client.post(reverse("bureaus:person_add"), TYPED)
    assert again.status_code == 422
    assert "已被使用" in again.content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"bureau": "320000"}, "bureau", "没有找到单位"),
        (
            {"email": "not an address"},
            "email",
            "“not an address”不是邮箱地址，请写成name@example.cn这样",
        ),
        ({"name": ""}, "name", "请填写“姓名”"),
        ({"expires_on": "soon"}, "expires_on", "“soon”不是日期，请写成2026-03-31这样"),
    ],
)
def test_wrong_field_is_told_at_the_field(client, unit_admin, changed, field, message):
    factories.province("320000", "江苏省")
    client.force_login(unit_admin)

    answer = client.post(reverse("bureaus:person_add"), TYPED | changed)

    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors[field])
    assert not Staff.objects.filter(username="xiaowang").exists()


def test_typed_name_of_an_account_is_made_plain(client, unit_admin):
    client.force_login(unit_admin)

    client.post(reverse("bureaus:person_add"), TYPED | {"username": " XiaoWang１ "})

    assert Staff.objects.filter(username="xiaowang1").exists()


def test_edit_page_shows_the_whole_number_and_that_is_recorded(client, zhejiang, unit_admin):
    person = factories.staff(Role.FILLER, zhejiang, phone="010-00001234")
    client.force_login(unit_admin)

    plain = client.get(reverse("bureaus:person", args=[person.pk])).content.decode()
    edited = client.get(reverse("bureaus:person_edit", args=[person.pk])).content.decode()

    assert "010-****1234" in plain
    assert "00001234" not in plain
    assert "010-00001234" in edited
    assert event("查看联系方式").subject_key == str(person.pk)


def test_reset_on_the_page_shows_the_new_password_once(client, filler, unit_admin):
    client.force_login(unit_admin)

    answer = client.post(reverse("bureaus:person_password", args=[filler.pk]))
    later = client.get(reverse("bureaus:person", args=[filler.pk])).content.decode()

    assert factories.fresh(filler).check_password(answer.context["password"])
    assert answer.context["password"] not in later


def test_leaving_is_offered_and_switching_off_has_no_address_of_its_own(client, filler, unit_admin):
    client.force_login(unit_admin)

    page = client.get(reverse("bureaus:person", args=[filler.pk])).content.decode()

    assert reverse("tasks:handover", args=[filler.pk]) in page


def test_auditor_and_readers_are_refused_by_every_page_of_people(client, filler):
    names = ("person", "person_edit")
    posted = ("person_password", "person_unlock", "person_reactivate", "post_give")
    for role in (Role.AUDITOR, Role.COORDINATOR, Role.FILLER):
        client.force_login(factories.staff(role, factories.central()))
        for name in names:
            url = reverse(f"bureaus:{name}", args=[filler.pk])
            assert client.get(url).status_code == 403
        for name in posted:
            url = reverse(f"bureaus:{name}", args=[filler.pk])
            assert client.post(url, {"role": "filler"}).status_code == 403

    assert factories.fresh(filler).check_password(factories.PASSWORD)
