import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus import separation
from bureaus.actions import delegations, posts
from bureaus.errors import BureauError
from bureaus.models import Post, Staff
from bureaus.roles import BUSINESS, SEPARATED, Permission, Role
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def separate(settings):
    settings.SEPARATE_ADMINS = True


@pytest.fixture
def person(zhejiang):
    return Staff.objects.create_user("someone", name="某人", bureau=zhejiang)


def holder(role, bureau=None):
    return factories.staff(role, bureau or factories.central())


def grant(person, role, by, bureau=None):
    return posts.grant(person, role, bureau=bureau or person.bureau, now=NOW, by=by)


def event(verb):
    return AuditEvent.objects.get(verb=verb)


@pytest.mark.parametrize("role", sorted(BUSINESS))
def test_unit_administrator_grants_posts_of_work_at_once(person, zhejiang, role):
    post = grant(person, role, holder(Role.UNIT_ADMIN, zhejiang))

    assert post.is_effective
    assert [held.role for held in factories.fresh(person).held_posts] == [role]
    assert event("授予岗位").detail == {"post": str(post), "effective": [False, True]}
    assert event("授予岗位").subject_key == str(person.pk)


@pytest.mark.parametrize("role", sorted(SEPARATED))
def test_unit_administrator_neither_grants_nor_proposes_the_three(person, zhejiang, role):
    with pytest.raises(BureauError, match="没有授予"):
        grant(person, role, holder(Role.UNIT_ADMIN, zhejiang))

    assert person.posts.count() == 0


def test_unit_administrators_are_proposed_and_confirmed_even_unseparated(person, zhejiang):
    post = grant(person, Role.UNIT_ADMIN, holder(Role.UNIT_ADMIN, zhejiang))

    assert not post.is_effective
    assert factories.fresh(person).held_posts == []


@pytest.mark.parametrize("role", sorted(Role))
def test_security_administrator_grants_every_post_at_once_where_not_separate(person, role):
    assert grant(person, role, holder(Role.SECURITY_ADMIN)).is_effective


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("by", [Role.AUDITOR, Role.COORDINATOR, Role.APPROVER])
@pytest.mark.parametrize("mode", [False, True])
def test_auditor_and_posts_of_work_grant_nothing(person, settings, role, by, mode):
    settings.SEPARATE_ADMINS = mode

    with pytest.raises(BureauError):
        grant(person, role, holder(by))

    assert person.posts.count() == 0


@pytest.mark.parametrize("role", sorted(Role))
def test_separate_system_administrator_proposes_everything_and_grants_nothing(
    separate, person, role
):
    post = grant(person, role, holder(Role.SYSTEM_ADMIN))

    assert not post.is_effective
    assert (post.asked_by, post.asked_at) == (holder(Role.SYSTEM_ADMIN), NOW)
    assert event("提出岗位").detail == {"post": str(post), "effective": [False, False]}


@pytest.mark.parametrize("role", sorted(Role))
def test_separate_security_administrator_proposes_nothing(separate, person, role):
    with pytest.raises(BureauError, match="提出、安全管理员确认"):
        grant(person, role, holder(Role.SECURITY_ADMIN))


def test_proposed_post_carries_nothing_until_confirmed(separate, person, zhejiang):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    before = factories.fresh(person)
    holds_before = before.may(Permission.FILL, at=zhejiang)
    asked_before = list(Staff.objects.who_may(Permission.FILL, at=zhejiang))

    posts.confirm(post, now=NOW, by=holder(Role.SECURITY_ADMIN))

    assert (holds_before, asked_before) == (False, [])
    assert factories.fresh(person).may(Permission.FILL, at=zhejiang)
    assert list(Staff.objects.who_may(Permission.FILL, at=zhejiang)) == [person]
    assert event("确认岗位").detail == {"post": str(post), "effective": [False, True]}


def test_refused_post_is_gone_and_the_reason_is_kept(separate, person, zhejiang):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    by = holder(Role.SECURITY_ADMIN)

    with pytest.raises(BureauError, match="请填写不同意的原因"):
        posts.refuse(post, reason=" ", now=NOW, by=by)
    posts.refuse(post, reason="已有填报人", now=NOW, by=by)

    assert person.posts.count() == 0
    assert event("不同意岗位").detail["reason"] == "已有填报人"


@pytest.mark.parametrize(
    ("deed", "given"), [(posts.confirm, {}), (posts.refuse, {"reason": "重复"})]
)
def test_second_decision_is_told_that_somebody_was_faster(separate, person, zhejiang, deed, given):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    stale = factories.fresh(post)
    by = holder(Role.SECURITY_ADMIN)
    posts.confirm(post, now=NOW, by=by)

    with pytest.raises(BureauError, match="已由他人处理"):
        deed(stale, **given, now=NOW, by=by)

    assert factories.fresh(post).is_effective


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_only_the_security_administrator_confirms(separate, person, zhejiang, role):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))

    with pytest.raises(BureauError, match=r"没有确认.*岗位的权限"):
        posts.confirm(post, now=NOW, by=holder(role))

    assert not factories.fresh(post).is_effective


def test_security_administrator_of_another_province_does_not_confirm(separate, person, zhejiang):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    other = holder(Role.SECURITY_ADMIN, factories.province("320000", "江苏省"))

    with pytest.raises(BureauError, match="没有确认"):
        posts.confirm(post, now=NOW, by=other)


def test_nobody_confirms_the_own_post(separate, zhejiang):
    person = holder(Role.SECURITY_ADMIN, zhejiang)
    post = Post.objects.create(staff=person, bureau=zhejiang, role=Role.FILLER, is_effective=False)

    with pytest.raises(BureauError, match="不能确认自己的岗位"):
        posts.confirm(post, now=NOW, by=person)


def test_nobody_gives_themselves_a_post_of_administration(zhejiang):
    person = holder(Role.SECURITY_ADMIN)

    with pytest.raises(BureauError, match="不能给自己授予管理岗位"):
        grant(person, Role.AUDITOR, person)


@pytest.mark.parametrize(
    ("first", "second"),
    [(one, other) for one in sorted(SEPARATED) for other in sorted(Role) if one != other],
)
def test_the_three_are_apart_from_all_other_posts(separate, person, first, second):
    """Whichever comes first, effective or only proposed."""
    Post.objects.create(staff=person, bureau=person.bureau, role=first, is_effective=False)

    with pytest.raises(BureauError, match="三员分立"):
        grant(person, second, holder(Role.SYSTEM_ADMIN))
    person.posts.update(role=second)
    with pytest.raises(BureauError, match="三员分立"):
        grant(person, first, holder(Role.SYSTEM_ADMIN))


@pytest.mark.parametrize("first", sorted(set(Role) - SEPARATED))
@pytest.mark.parametrize("second", sorted(set(Role) - SEPARATED))
def test_other_posts_may_be_one_persons(first, second):
    assert separation.clash([first, second]) == ""


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        ([Role.SYSTEM_ADMIN, Role.AUDITOR], "系统管理员、审计员不能由同一人担任（三员分立）"),
        ([Role.SECURITY_ADMIN, Role.AUDITOR], "安全管理员、审计员不能由同一人担任（三员分立）"),
        ([Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN], "系统管理员、安全管理员不能由同一人担任"),
        ([Role.AUDITOR, Role.FILLER], "审计员不能兼任填报人等其他岗位（三员分立）"),
        ([Role.AUDITOR], ""),
        ([], ""),
    ],
)
def test_clash_names_the_posts(roles, message):
    assert separation.clash(roles).startswith(message)
    assert bool(separation.clash(roles)) == bool(message)


def test_unseparated_a_small_office_gives_one_person_all(person):
    by = holder(Role.SECURITY_ADMIN)

    for role in Role:
        grant(person, role, by)

    assert len(factories.fresh(person).held_posts) == len(Role)


def test_rules_are_asked_again_at_the_confirmation(separate, person, zhejiang):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    Post.objects.create(staff=person, bureau=zhejiang, role=Role.AUDITOR)

    with pytest.raises(BureauError, match="三员分立"):
        posts.confirm(post, now=NOW, by=holder(Role.SECURITY_ADMIN))


def test_deputy_does_not_become_one_of_the_three(separate, zhejiang):
    filler, reviewer = (holder(role, zhejiang) for role in (Role.FILLER, Role.REVIEWER))
    days = {"starts_on": TODAY, "ends_on": TODAY, "now": NOW}
    delegations.make(filler, deputy=reviewer, **days, by=filler)
    reviewer.posts.all().delete()

    with pytest.raises(BureauError, match="正在代办"):
        grant(reviewer, Role.AUDITOR, holder(Role.SYSTEM_ADMIN))


def test_post_at_a_bureau_or_for_a_person_outside_is_refused(person, zhejiang):
    jiangsu = factories.province("320000", "江苏省")
    outsider = Staff.objects.create_user("outsider", name="外省人", bureau=jiangsu)
    by = holder(Role.UNIT_ADMIN, zhejiang)

    with pytest.raises(BureauError, match="没有授予江苏省市场监管局"):
        grant(person, Role.FILLER, by, bureau=jiangsu)
    with pytest.raises(BureauError, match="不在您管理的单位"):
        grant(outsider, Role.FILLER, by, bureau=zhejiang)


@pytest.mark.parametrize("state", ["off", "twice"])
def test_post_for_nobody_or_once_more_is_refused(person, zhejiang, state):
    by = holder(Role.UNIT_ADMIN, zhejiang)
    if state == "off":
        Staff.objects.filter(pk=person.pk).update(is_active=False)
    else:
        grant(person, Role.FILLER, by)

    with pytest.raises(BureauError, match="已停用" if state == "off" else "不用再次授予"):
        grant(person, Role.FILLER, by)


def test_removed_post_is_gone_and_recorded(person, zhejiang):
    by = holder(Role.UNIT_ADMIN, zhejiang)
    post = grant(person, Role.FILLER, by)

    posts.remove(post, now=NOW, by=by)

    assert factories.fresh(person).held_posts == []
    assert event("撤销岗位").detail == {
        "post": "浙江省市场监管局 填报人",
        "effective": [True, False],
    }
    with pytest.raises(BureauError, match="刚刚已被撤销"):
        posts.remove(post, now=NOW, by=by)


@pytest.mark.parametrize("role", sorted(SEPARATED))
def test_last_of_the_three_is_not_removed(role):
    post = holder(role).posts.get()
    by = holder(Role.SECURITY_ADMIN)

    with pytest.raises(BureauError, match=f"唯一的{role.label}"):
        posts.remove(post, now=NOW, by=by)

    factories.staff(role, factories.central(), username="another")
    posts.remove(post, now=NOW, by=by)


def test_post_is_removed_by_those_who_may_only(person, zhejiang):
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))

    for by in (holder(Role.AUDITOR), holder(Role.UNIT_ADMIN, factories.province("320000", "苏"))):
        with pytest.raises(BureauError, match="没有撤销"):
            posts.remove(post, now=NOW, by=by)

    posts.remove(post, now=NOW, by=holder(Role.SECURITY_ADMIN))


def test_person_page_gives_a_post_and_tells_what_is_wrong(client, person, zhejiang):
    url = reverse("bureaus:post_give", args=[person.pk])
    client.force_login(holder(Role.UNIT_ADMIN, zhejiang))

    wrong = client.post(url, {"role": "auditor", "bureau": "330000"})
    right = client.post(url, {"role": "filler", "bureau": "浙江省市场监管局 330000"})
    twice = client.post(url, {"role": "filler", "bureau": "330000"})

    assert wrong.status_code == twice.status_code == 422
    assert "不用再次授予" in twice.content.decode()
    assert right.status_code == 302
    assert [post.role for post in person.posts.all()] == ["filler"]


def test_security_administrator_decides_on_the_page(client, separate, person, zhejiang):
    asked = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, zhejiang))
    other = grant(person, Role.REVIEWER, holder(Role.UNIT_ADMIN, zhejiang))
    client.force_login(holder(Role.SECURITY_ADMIN))

    page = client.get(reverse("bureaus:posts_asked"))
    client.post(reverse("bureaus:post_confirm", args=[asked.pk]))
    client.post(reverse("bureaus:post_refuse", args=[other.pk]), {"reason": "已有审核人"})

    assert list(page.context["rows"]) == [asked, other]
    assert "测试单位管理员" in page.content.decode()
    assert list(person.posts.values_list("role", "is_effective")) == [("filler", True)]


def test_page_names_those_whose_posts_are_not_apart_yet(client, separate, zhejiang):
    person = holder(Role.AUDITOR)
    Post.objects.create(staff=person, bureau=zhejiang, role=Role.FILLER)
    client.force_login(holder(Role.SECURITY_ADMIN))

    answer = client.get(reverse("bureaus:posts_asked"))

    assert [each["person"] for each in answer.context["clashes"]] == [person]
    assert "审计员不能兼任填报人" in answer.content.decode()


def test_security_administrator_of_a_province_sees_and_reaches_its_own_only(
    client, separate, person
):
    jiangsu = factories.province("320000", "江苏省")
    post = grant(person, Role.FILLER, holder(Role.UNIT_ADMIN, person.bureau))
    client.force_login(holder(Role.SECURITY_ADMIN, jiangsu))

    assert list(client.get(reverse("bureaus:posts_asked")).context["rows"]) == []
    assert client.post(reverse("bureaus:post_confirm", args=[post.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_page_of_posts_asked_for_takes_the_same_queries(
    client, django_assert_num_queries, separate, zhejiang, count
):
    asks = holder(Role.UNIT_ADMIN, zhejiang)
    for number in range(count):
        person = Staff.objects.create_user(f"person{number}", name="某人", bureau=zhejiang)
        grant(person, Role.FILLER, asks)
    client.force_login(holder(Role.SECURITY_ADMIN))

    with django_assert_num_queries(10):
        answer = client.get(reverse("bureaus:posts_asked"))

    assert len(answer.context["rows"]) == count
