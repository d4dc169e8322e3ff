from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.actions import delegations, people
from bureaus.errors import BureauError
from bureaus.models import Delegation, Post, Staff
from bureaus.roles import Permission, Role
from tests import factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def monday(time_machine):
    """Monday 2 March 2026: Staff.held_posts reads the clock."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def zhejiang():
    return factories.province()


@pytest.fixture
def filler(zhejiang):
    return factories.staff(Role.FILLER, zhejiang)


@pytest.fixture
def reviewer(zhejiang):
    return factories.staff(Role.REVIEWER, zhejiang)


def make(absentee, deputy, start=TODAY, end=TODAY + 4 * DAY, *, by=None, **options):
    return delegations.make(
        absentee,
        deputy=deputy,
        starts_on=start,
        ends_on=end,
        now=NOW,
        by=by or absentee,
        **options,
    )


def held(person):
    return [(post.role, post.acting_for) for post in factories.fresh(person).held_posts]


def who_may(permission, bureau, on=TODAY):
    return list(Staff.objects.who_may(permission, at=bureau, on=on).order_by("pk"))


def test_deputy_acts_in_the_absentees_posts_of_work(zhejiang, filler, reviewer):
    make(filler, reviewer)

    deputy = factories.fresh(reviewer)
    assert held(deputy) == [("filler", "测试填报人"), ("reviewer", "")]
    assert deputy.may(Permission.FILL, at=zhejiang)
    assert deputy.acting_for(Permission.FILL, at=zhejiang) == "测试填报人"
    assert deputy.acting_for(Permission.REVIEW, at=zhejiang) == ""
    assert deputy.acting_for(Permission.APPROVE, at=zhejiang) == ""


def test_absentee_keeps_the_own_posts(zhejiang, filler, reviewer):
    make(filler, reviewer)

    assert held(filler) == [("filler", "")]


@pytest.mark.parametrize(
    ("day", "acts"), [(-DAY, False), (0 * DAY, True), (4 * DAY, True), (5 * DAY, False)]
)
def test_deputy_acts_from_the_first_to_the_last_day(monday, filler, reviewer, day, acts):
    made = make(filler, reviewer)

    monday.move_to(NOW + day, tick=False)

    assert (("filler", "测试填报人") in held(reviewer)) == acts
    assert made.state_on(TODAY + day) == {-1: "未开始", 5: "已到期"}.get(day.days, "代办中")


def test_day_is_the_one_of_the_office_not_of_the_server(monday, filler, reviewer):
    """The last day ends at midnight in Beijing, 16:00 in UTC."""
    make(filler, reviewer, end=TODAY)

    monday.move_to(NOW.replace(hour=23, minute=59, second=59), tick=False)
    assert len(held(reviewer)) == 2
    monday.move_to(NOW.replace(hour=0, minute=0) + DAY, tick=False)
    assert len(held(reviewer)) == 1


def test_posts_of_administration_are_never_handed_over(zhejiang, filler, reviewer):
    Post.objects.create(staff=filler, bureau=zhejiang, role=Role.UNIT_ADMIN)

    make(filler, reviewer)

    assert held(reviewer) == [("filler", "测试填报人"), ("reviewer", "")]
    assert not factories.fresh(reviewer).bureaus_where(Permission.STAFF)


def test_post_waiting_for_confirmation_is_not_handed_over(zhejiang, filler, reviewer):
    Post.objects.create(staff=filler, bureau=zhejiang, role=Role.APPROVER, is_effective=False)

    make(filler, reviewer)

    assert held(reviewer) == [("filler", "测试填报人"), ("reviewer", "")]


def test_post_held_oneself_is_ones_own(zhejiang, filler, reviewer):
    Post.objects.create(staff=reviewer, bureau=zhejiang, role=Role.FILLER)

    make(filler, reviewer)

    assert sorted(held(reviewer)) == [("filler", ""), ("reviewer", "")]
    assert factories.fresh(reviewer).acting_for(Permission.FILL, at=zhejiang) == ""


def test_nothing_is_handed_on_by_a_deputy(zhejiang, filler, reviewer):
    """Rows that the action refuses: what is read does not chain either."""
    approver = factories.staff(Role.APPROVER, zhejiang)
    make(filler, reviewer)
    Delegation.objects.create(
        absentee=reviewer,
        deputy=approver,
        starts_on=TODAY,
        ends_on=TODAY,
        made_at=NOW,
        made_by=reviewer,
    )

    assert held(approver) == [("reviewer", "测试审核人"), ("approver", "")]


@pytest.mark.parametrize("who", ["absentee", "deputy"])
@pytest.mark.parametrize(
    "off", [{"is_active": False}, {"expires_on": TODAY - DAY}], ids=["switched off", "expired"]
)
def test_account_out_of_use_hands_over_and_takes_nothing(zhejiang, filler, reviewer, who, off):
    """Even where rows were changed past the actions, which end delegations with accounts."""
    make(filler, reviewer)
    person = filler if who == "absentee" else reviewer

    Staff.objects.filter(pk=person.pk).update(**off)

    assert ("filler", "测试填报人") not in held(reviewer)


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


def test_held_posts_take_one_query_with_and_without_delegation(
    django_assert_num_queries, filler, reviewer
):
    with django_assert_num_queries(1):
        assert len(filler.held_posts) == 1
    make(filler, reviewer)
    deputy = factories.fresh(reviewer)

    with django_assert_num_queries(1):
        assert [str(post.bureau) + post.acting_for for post in deputy.held_posts] == [
            "浙江省市场监管局测试填报人",
            "浙江省市场监管局",
        ]


def test_deputy_is_asked_in_the_absentees_place_on_these_days(zhejiang, filler, reviewer):
    make(filler, reviewer, TODAY + DAY, TODAY + 2 * DAY)

    days = [TODAY, TODAY + DAY, TODAY + 2 * DAY, TODAY + 3 * DAY]
    asked = [who_may(Permission.FILL, zhejiang, on) for on in days]

    assert asked == [[filler], [reviewer], [reviewer], [filler]]
    assert list(Staff.objects.who_may(Permission.FILL, at=zhejiang)) == [filler]


def test_two_holders_of_whom_one_is_away(zhejiang, filler, reviewer):
    other = factories.staff(Role.FILLER, zhejiang, username="other")
    make(filler, reviewer)

    assert set(who_may(Permission.FILL, zhejiang)) == {other, reviewer}


def test_deputy_who_holds_the_post_is_asked_once(zhejiang, filler, reviewer):
    Post.objects.create(staff=reviewer, bureau=zhejiang, role=Role.FILLER)
    make(filler, reviewer)

    assert who_may(Permission.FILL, zhejiang) == [reviewer]


def test_deputy_is_asked_at_the_absentees_bureau_only(zhejiang, filler, reviewer):
    hangzhou = factories.prefecture(zhejiang)
    make(filler, reviewer)

    assert who_may(Permission.FILL, hangzhou) == []


def test_unit_administrator_who_is_away_is_still_the_one_asked(zhejiang, filler, reviewer):
    Post.objects.create(staff=filler, bureau=zhejiang, role=Role.UNIT_ADMIN)
    make(filler, reviewer)

    assert who_may(Permission.STAFF, zhejiang) == [filler]


def test_who_may_takes_one_query(django_assert_num_queries, zhejiang, filler, reviewer):
    make(filler, reviewer)

    with django_assert_num_queries(1):
        assert who_may(Permission.FILL, zhejiang) == [reviewer]


def test_person_is_replaced_by_the_deputy_of_the_day(filler, reviewer):
    make(filler, reviewer, TODAY + DAY, TODAY + DAY)

    def instead(on):
        return list(Staff.objects.in_place_of(filler, on=on))

    assert [instead(TODAY), instead(TODAY + DAY)] == [[filler], [reviewer]]
    Staff.objects.filter(pk=filler.pk).update(is_active=False)
    assert instead(TODAY) == []


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


def other_bureau(zhejiang):
    return factories.staff(Role.FILLER, factories.prefecture(zhejiang))


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


def posted(deputy, **changed):
    days = {"starts_on": TODAY.isoformat(), "ends_on": (TODAY + DAY).isoformat()}
    return {"deputy": str(deputy.pk), **days, "reason": "休假", **changed}


def test_page_makes_shows_and_takes_back(client, filler, reviewer):
    client.force_login(filler)
    url = reverse("bureaus:delegations")

    client.post(url, posted(reviewer))
    made = Delegation.objects.get()
    given = client.get(url).context["given"]
    client.post(reverse("bureaus:delegation_end", args=[made.pk]))

    assert [(row["delegation"], row["state"]) for row in given] == [(made, "代办中")]
    assert factories.fresh(made).ended_at == NOW


def test_page_tells_what_is_wrong_and_stores_nothing(client, zhejiang, filler, reviewer):
    client.force_login(filler)
    url = reverse("bureaus:delegations")

    outside = client.post(url, posted(other_bureau(zhejiang)))
    past = client.post(url, posted(reviewer, starts_on="2026-03-01"))

    assert (outside.status_code, past.status_code) == (422, 422)
    assert "请从列表中选择本单位在用的人员" in outside.content.decode()
    assert "开始日期已过" in past.content.decode()
    assert not Delegation.objects.exists()


def test_deputy_sees_it_and_the_shell_says_for_whom(client, filler, reviewer):
    made = make(filler, reviewer)
    client.force_login(reviewer)

    context = client.get(reverse("bureaus:delegations")).context

    assert [row["delegation"] for row in context["held"]] == [made]
    assert context["given"] == []
    assert context["post_names"] == ["填报人（代测试填报人）", "审核人"]


def test_person_page_hands_over_for_somebody(client, zhejiang, filler, reviewer):
    client.force_login(factories.staff(Role.UNIT_ADMIN, zhejiang))
    url = reverse("bureaus:person_delegate", args=[filler.pk])

    wrong = client.post(url, posted(reviewer, ends_on=""))
    right = client.post(url, posted(reviewer))

    assert (wrong.status_code, right.status_code) == (422, 302)
    page = client.get(reverse("bureaus:person", args=[filler.pk])).content.decode()
    assert reverse("bureaus:delegation_end", args=[Delegation.objects.get().pk]) in page


def test_menu_leads_to_the_page_for_those_who_work_only(client, zhejiang, filler):
    url = reverse("bureaus:delegations")
    found = {}
    for person in (filler, factories.staff(Role.UNIT_ADMIN, zhejiang)):
        client.force_login(person)
        found[person.username] = url in client.get(reverse("bureaus:help")).content.decode()

    assert found == {"330000.filler": True, "330000.unit_admin": False}


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_any_number(
    client, django_assert_num_queries, filler, reviewer, count
):
    for number in range(count):
        made = make(filler, reviewer, TODAY + number * DAY, TODAY + number * DAY)
    assert made
    client.force_login(filler)

    with django_assert_num_queries(10):
        client.get(reverse("bureaus:delegations"))
