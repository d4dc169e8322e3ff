"""委托代办: the posts that a deputy acts in, and who is asked in whose place."""

import pytest

from bureaus.models import Delegation, Post, Staff
from bureaus.roles import Permission, Role
from tests import factories
from tests.bureaus.delegated import DAY, TODAY, held, make
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


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
