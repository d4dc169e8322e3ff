"""转发分解: who may ask whom below by when, and what comes of it."""

from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.models import Bureau
from bureaus.roles import Role
from notices.models import Addressee, Notice
from tasks.actions import amending, issuing
from tasks.errors import IssueRefused, NotYourPost
from tasks.models import Assignment, Obligation
from tasks.states import EDITABLE, Status
from tests import factories
from tests.factories import DUE_ON, fresh
from tests.splits import DAY, NEED, NOW, accepted, child, cities, coordinator, split, terms
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def nothing_split() -> bool:
    return not Obligation.objects.exclude(parent=None).exists()


# --- what comes out ---


def test_split_gives_each_bureau_an_assignment_received_by_the_one_above():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)

    made = split(task, ningbo, hangzhou)

    rows = list(made.assignments.order_by("bureau_path"))
    assert [row.bureau for row in rows] == [hangzhou, ningbo]
    assert {row.receiver for row in rows} == {task.bureau}
    assert {row.status for row in rows} == {Status.PENDING}
    assert {row.due_at.astimezone(factories.SHANGHAI).date() for row in rows} == {DAY}
    assert (made.parent, made.issuer, made.notice) == (task, task.bureau, task.obligation.notice)
    assert (made.title, made.attachment_numbers) == ("质量工作进展情况", "1")
    assert made.need == NEED


def test_split_lets_the_bureaus_read_the_notice_and_arms_their_reminders():
    task = accepted()
    (hangzhou,) = cities(task.bureau, 1)
    person = factories.staff(Role.FILLER, hangzhou)
    assert not Notice.objects.visible_to(person).exists()

    made = split(task, hangzhou)

    assert Notice.objects.visible_to(person).get() == made.notice
    assert Addressee.objects.filter(bureau=hangzhou).count() == 1
    ladder = child(made, hangzhou).milestones.of_ladder()
    kinds = ladder.order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["T-10", "T-5", "T-3", "T-1", "T0", "O1", "O2", "O3", "S", "C"]


def test_split_writes_one_event_with_bureaus_day_and_reason():
    task = accepted()

    made = split(task)

    event = AuditEvent.objects.about(made).get()
    assert (event.chain, event.verb) == ("330000", "转发分解")
    assert event.detail["bureaus"] == ["330100", "330200", "330300"]
    assert event.detail["need"] == NEED


def test_split_keeps_the_period_of_the_task():
    task = accepted()
    Obligation.objects.filter(pk=task.obligation_id).update(period="2026年3月")

    assert split(task, period="别的期次").period == "2026年3月"


def test_split_by_the_last_day_itself_is_allowed():
    assert split(accepted(), day=DUE_ON).due_at == accepted_due()


def accepted_due():
    return Assignment.objects.get(bureau__code="330000").due_at


@pytest.mark.django_db(transaction=True)
def test_two_who_split_at_once_split_once():
    task = accepted()
    below, by = cities(task.bureau), coordinator(task.bureau)

    results = at_once(
        [
            lambda: issuing.split(task, bureaus=below, terms=terms(), now=NOW, by=by)
            for _ in range(2)
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["IssueRefused", "Obligation"]
    assert task.splits.get().assignments.count() == 3


# --- who may, and whom ---


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_split_by_another_role_is_refused(role):
    task = accepted()

    with pytest.raises(NotYourPost, match="您在浙江省市场监管局没有“下发”权限"):
        issuing.split(
            task,
            bureaus=cities(task.bureau),
            terms=terms(),
            now=NOW,
            by=factories.staff(role, task.bureau),
        )

    assert nothing_split()


@pytest.mark.parametrize("where", ["above", "beside", "below"])
def test_split_by_another_bureau_is_refused(where):
    task = accepted()
    bureau = {
        "above": factories.central,
        "beside": lambda: factories.province("320000", "江苏省"),
        "below": lambda: cities(task.bureau, 1)[0],
    }[where]()

    with pytest.raises(NotYourPost, match="没有“下发”权限"):
        issuing.split(
            task, bureaus=cities(task.bureau), terms=terms(), now=NOW, by=coordinator(bureau)
        )

    assert nothing_split()


@pytest.mark.parametrize("status", list(Status))
def test_split_only_while_the_task_is_worked_on(status):
    task = accepted()
    Assignment.objects.filter(pk=task.pk).update(status=status)

    if status in EDITABLE:
        assert split(task).assignments.count() == 3
    else:
        with pytest.raises(IssueRefused, match=f"任务当前为“{status.label}”，不能转发分解"):
            split(task)
        assert nothing_split()


def test_split_to_a_bureau_that_is_not_directly_below_is_refused():
    task = accepted()
    (hangzhou,) = cities(task.bureau, 1)
    county = factories.county(hangzhou)
    elsewhere = factories.prefecture(factories.province("320000", "江苏省"), "320100", "南京市")

    for other in (county, elsewhere, factories.province("320000"), task.bureau):
        with pytest.raises(IssueRefused, match="不是浙江省市场监管局的直接下级，不能分解给它"):
            split(task, hangzhou, other)

    assert nothing_split()


def test_split_to_a_bureau_out_of_use_is_refused():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)
    Bureau.objects.filter(pk=ningbo.pk).update(is_active=False)

    with pytest.raises(IssueRefused, match="宁波市市场监管局已停用，不能分解给它"):
        split(task, hangzhou, fresh(ningbo))

    assert nothing_split()


def test_split_to_a_zone_and_to_a_county_directly_below_a_province():
    task = accepted()
    zone = factories.zone(task.bureau)
    county = factories.county(task.bureau, "339001", "示例直管县")

    assert split(task, zone, county).assignments.count() == 2


@pytest.mark.parametrize("rank", [Bureau.Rank.PREFECTURE, Bureau.Rank.ZONE, Bureau.Rank.COUNTY])
def test_split_below_a_province_only_where_counties_take_part(rank):
    task = accepted()
    (city,) = cities(task.bureau, 1)
    Bureau.objects.filter(pk=city.pk).update(rank=rank)
    district = factories.county(city)
    own = factories.accept(child(split(task, city), city))

    with pytest.raises(IssueRefused, match="未开启“任务可分解到县级”"):
        split(own, district, day=date(2026, 3, 20))
    Bureau.objects.filter(pk=city.pk).update(counties_take_part=True)

    own = Assignment.objects.for_detail().get(pk=own.pk)
    made = split(own, district, day=date(2026, 3, 20))
    assert child(made, district).receiver == city


def test_split_to_nobody_is_refused():
    task = accepted()

    with pytest.raises(IssueRefused, match="请至少选择一个接收单位"):
        issuing.split(task, bureaus=[], terms=terms(), now=NOW, by=coordinator(task.bureau))


@pytest.mark.parametrize("need", ["", "  \n"])
def test_split_without_a_reason_is_refused(need):
    with pytest.raises(IssueRefused, match="请说明确需报送的理由"):
        split(accepted(), need=need)

    assert nothing_split()


@pytest.mark.parametrize("day", [DUE_ON + timedelta(days=1), None])
def test_split_by_a_later_day_or_by_none_is_refused(day):
    with pytest.raises(IssueRefused, match="下级的截止时间不能晚于本级的截止时间2026年3月31日"):
        split(accepted(), day=day)

    assert nothing_split()


def test_split_of_an_undated_task_may_have_a_day_or_none():
    task = accepted()
    Assignment.objects.filter(pk=task.pk).update(due_at=None, target_at=None, strict_on=None)

    assert split(task, day=None).due_at is None


def test_split_twice_is_refused_until_the_first_is_withdrawn():
    task = accepted()
    made = split(task)

    with pytest.raises(IssueRefused, match="该任务已经分解过，可在原分解中增加单位"):
        split(task)

    amending.withdraw(made, reason="改为代填", now=NOW, by=coordinator(task.bureau))
    assert split(task).assignments.count() == 3
