"""委托代办: who hands over to whom, for which days, and takes it back."""

import pytest

from audit.models import AuditEvent
from bureaus.actions import delegations, people
from bureaus.errors import BureauError
from bureaus.models import Delegation, Post
from bureaus.roles import Role
from tests import factories
from tests.bureaus.delegated import DAY, TODAY, held, make, other_bureau
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_account_does_not_end_before_its_delegations(zhejiang, filler, reviewer):
    make(filler, reviewer)
    by = factories.staff(Role.UNIT_ADMIN, zhejiang)
    known = {"name": "某人", "phone": "", "email": "", "now": NOW, "by": by}

    for person in (filler, reviewer):
        with pytest.raises(BureauError, match="代办到2026-03-06，请先收回委托"):
            people.edit(person, expires_on=TODAY + 3 * DAY, **known)
        people.edit(person, expires_on=TODAY + 4 * DAY, **known)


def test_nothing_is_handed_over_beyond_the_own_account(filler, reviewer):
    filler.expires_on = TODAY + DAY
    filler.save()

    with pytest.raises(BureauError, match="账号有效期至2026-03-03，委托不能超过这一天"):
        make(filler, reviewer)


def test_made_delegation_is_recorded(filler, reviewer):
    made = make(filler, reviewer, reason="出差")

    event = AuditEvent.objects.about(made).get()
    assert (event.verb, event.chain, event.actor_name) == ("设立委托", "330000", "测试填报人")
    assert event.detail == {
        "absentee": "测试填报人",
        "deputy": "测试审核人",
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-06",
        "reason": "出差",
    }


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (-DAY, DAY, "开始日期已过"),
        (DAY, 0 * DAY, "结束日期早于开始日期"),
        (0 * DAY, 367 * DAY, "一次委托最长一年"),
    ],
)
def test_days_that_make_no_sense_are_refused(filler, reviewer, start, end, message):
    with pytest.raises(BureauError, match=message):
        make(filler, reviewer, TODAY + start, TODAY + end)

    assert not Delegation.objects.exists()


def switched_off(zhejiang):
    return factories.staff(Role.APPROVER, zhejiang, is_active=False)


def expiring(zhejiang):
    return factories.staff(Role.APPROVER, zhejiang, expires_on=TODAY + DAY)


@pytest.mark.parametrize(
    ("deputy", "message"),
    [
        (other_bureau, "不在同一单位"),
        (switched_off, "账号已停用"),
        (expiring, "账号有效期至2026-03-03，不足以代办到2026-03-06"),
        (lambda bureau: factories.staff(Role.FILLER, bureau), "代办人不能是委托人自己"),
    ],
)
def test_deputies_who_could_not_act_are_refused(zhejiang, filler, deputy, message):
    with pytest.raises(BureauError, match=message):
        make(filler, deputy(zhejiang))

    assert not Delegation.objects.exists()


def test_person_without_posts_of_work_has_nothing_to_hand_over(zhejiang, reviewer):
    admin = factories.staff(Role.UNIT_ADMIN, zhejiang)

    with pytest.raises(BureauError, match="没有可以委托的业务岗位；管理岗位不能委托"):
        make(admin, reviewer)


def test_one_of_the_three_is_no_deputy_where_they_are_separate(settings, zhejiang, filler):
    settings.SEPARATE_ADMINS = True
    auditor = factories.staff(Role.AUDITOR, zhejiang)

    with pytest.raises(BureauError, match="三员分立"):
        make(filler, auditor)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (4, 4), (2, 9), (0, 9)], ids=["first", "last", "end", "around"]
)
def test_days_handed_over_already_are_refused(zhejiang, filler, reviewer, start, end):
    approver = factories.staff(Role.APPROVER, zhejiang)
    make(filler, reviewer)

    with pytest.raises(BureauError, match="已委托测试审核人代办，请先收回"):
        make(filler, approver, TODAY + start * DAY, TODAY + end * DAY)


def test_next_days_may_be_handed_to_somebody_else(zhejiang, filler, reviewer):
    make(filler, reviewer)

    make(filler, factories.staff(Role.APPROVER, zhejiang), TODAY + 5 * DAY, TODAY + 6 * DAY)

    assert Delegation.objects.count() == 2


def test_deputy_does_not_go_away_in_these_days(zhejiang, filler, reviewer):
    make(filler, reviewer)

    with pytest.raises(BureauError, match="正代办测试填报人的岗位，不能再转委托"):
        make(reviewer, factories.staff(Role.APPROVER, zhejiang))


def test_somebody_who_is_away_is_no_deputy(zhejiang, filler, reviewer):
    make(reviewer, factories.staff(Role.APPROVER, zhejiang))

    with pytest.raises(BureauError, match="已委托测试签发人代办，请另选代办人"):
        make(filler, reviewer)


def test_unit_administrator_hands_over_for_an_absent_person(zhejiang, filler, reviewer):
    admin = factories.staff(Role.UNIT_ADMIN, zhejiang)

    made = make(filler, reviewer, by=admin)

    assert (made.absentee, made.made_by) == (filler, admin)


def test_unit_administrator_does_not_hand_over_posts_above_the_unit(zhejiang, filler, reviewer):
    Post.objects.create(staff=filler, bureau=factories.central(), role=Role.COORDINATOR)

    with pytest.raises(BureauError, match="不全在您的管理范围内"):
        make(filler, reviewer, by=factories.staff(Role.UNIT_ADMIN, zhejiang))

    assert make(filler, reviewer, by=filler)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.COORDINATOR])
def test_nobody_else_hands_over_or_takes_back(zhejiang, filler, reviewer, role):
    by = factories.staff(role, factories.central())

    with pytest.raises(BureauError, match="您不能为测试填报人设立委托"):
        make(filler, reviewer, by=by)
    made = make(filler, reviewer)
    with pytest.raises(BureauError, match="由委托人本人或单位管理员收回"):
        delegations.end(made, now=NOW, by=by)
    with pytest.raises(BureauError, match="由委托人本人或单位管理员收回"):
        delegations.end(made, now=NOW, by=reviewer)


def test_taken_back_ends_at_once_and_is_recorded(filler, reviewer):
    made = make(filler, reviewer)

    delegations.end(made, now=NOW, by=filler)

    assert held(reviewer) == [("reviewer", "")]
    assert factories.fresh(made).state_on(TODAY) == "已收回"
    assert [event.verb for event in AuditEvent.objects.about(made)] == ["收回委托", "设立委托"]
    with pytest.raises(BureauError, match="已经结束"):
        delegations.end(made, now=NOW, by=filler)
    assert make(filler, reviewer)


def test_what_is_over_is_not_taken_back(filler, reviewer):
    made = make(filler, reviewer)

    with pytest.raises(BureauError, match="已经结束"):
        delegations.end(made, now=NOW + 5 * DAY, by=filler)
