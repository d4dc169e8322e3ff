"""转发分解: who may ask whom below by when, and what of it holds up the bureau above."""

from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.models import Bureau
from bureaus.roles import Role
from notices.models import Addressee, Notice
from tasks.actions import amending, issuing, passing, transitions
from tasks.errors import IssueRefused, NotYourPost, TransitionDenied
from tasks.models import Assignment, Milestone, Obligation
from tasks.states import EDITABLE, ObligationState, Status
from tests import factories
from tests.factories import DUE_ON, TO_SUBMIT, fresh, walk
from tests.splits import DAY, NEED, NOW, accepted, child, cities, coordinator, split, terms
from tests.threads import at_once

pytestmark = pytest.mark.django_db

TO_APPROVAL = ("hand_in", "pass_review")


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
    kinds = child(made, hangzhou).milestones.order_by("at").values_list("kind", flat=True)
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
    with pytest.raises(IssueRefused, match="下级的截止日期不能晚于本级的截止日期2026年3月31日"):
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


# --- more bureaus, other days, none at all ---


def test_more_bureaus_get_the_day_that_holds_now():
    task = accepted()
    hangzhou, ningbo, wenzhou = cities(task.bureau)
    made = split(task, hangzhou)
    by = coordinator(task.bureau)
    amending.amend(made, date(2026, 3, 27), reason="多留两天", now=NOW, by=by)

    issuing.add(made, bureaus=[ningbo, wenzhou], now=NOW, by=by)

    assert made.assignments.count() == 3
    assert child(made, ningbo).due_at == child(made, hangzhou).due_at


def test_more_bureaus_must_lie_directly_below_and_not_have_it():
    task = accepted()
    hangzhou, *_ = cities(task.bureau)
    made, by = split(task, hangzhou), coordinator(task.bureau)

    with pytest.raises(IssueRefused, match="杭州市市场监管局已有这项任务，不能重复下发"):
        issuing.add(made, bureaus=[hangzhou], now=NOW, by=by)
    district = factories.county(hangzhou)
    with pytest.raises(IssueRefused, match="不是浙江省市场监管局的直接下级，不能分解给它"):
        issuing.add(made, bureaus=[district], now=NOW, by=by)

    assert made.assignments.count() == 1


def test_nobody_is_added_once_the_task_above_is_handed_in():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)
    made = split(task, hangzhou)
    walk(task, "hand_in", "pass_review")
    transitions.move(task, "submit", now=NOW, reason="时限已到", by=factories.actor(task, "submit"))

    with pytest.raises(IssueRefused, match="本级任务当前为“已报送”，不能再向下级补发"):
        issuing.add(made, bureaus=[ningbo], now=NOW, by=coordinator(task.bureau))


def test_day_below_cannot_be_moved_behind_the_one_above():
    task = accepted()
    made = split(task)

    with pytest.raises(IssueRefused, match="不能晚于上级任务的截止日期2026年3月31日"):
        amending.amend(made, date(2026, 4, 1), reason="延后", now=NOW, by=coordinator(task.bureau))


def test_withdrawing_the_split_releases_those_below_and_leaves_the_task_above():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)
    made = split(task)
    walk(child(made, hangzhou), *TO_SUBMIT, "close")

    amending.withdraw(made, reason="改为代填", now=NOW, by=coordinator(task.bureau))

    assert child(made, hangzhou).status == Status.CLOSED
    assert child(made, ningbo).status == Status.WITHDRAWN
    assert fresh(task).status == Status.ACCEPTED
    assert not Milestone.objects.armed().filter(assignment__obligation=made).exists()


def three_levels() -> tuple[Assignment, Assignment, Assignment]:
    """The assignments of a province, its city and the city's district, each split from the last."""
    task = accepted()
    (hangzhou,) = cities(task.bureau, 1)
    Bureau.objects.filter(pk=hangzhou.pk).update(counties_take_part=True)
    district = factories.county(hangzhou)
    middle = factories.accept(child(split(task, hangzhou), hangzhou))
    return task, middle, child(split(middle, district, day=date(2026, 3, 20)), district)


def test_withdrawing_one_bureaus_task_withdraws_what_it_was_split_into():
    task, middle, lowest = three_levels()

    transitions.move(middle, "withdraw", now=NOW, reason="改为代填", by=coordinator(task.bureau))

    row = fresh(lowest)
    assert (row.status, row.return_reason) == (Status.WITHDRAWN, "上级已撤销：改为代填")
    assert lowest.obligation.assignments.get() == lowest
    assert fresh(lowest.obligation).state == ObligationState.WITHDRAWN


def test_passing_on_a_task_withdraws_what_it_was_split_into():
    task, middle, lowest = three_levels()
    ningbo = cities(task.bureau, 2)[1]

    passing.pass_on(middle, to=ningbo, reason="属宁波", now=NOW, by=coordinator(task.bureau))

    assert fresh(lowest).status == Status.WITHDRAWN


def test_withdrawing_from_the_top_reaches_the_lowest_and_says_so_once():
    task, middle, lowest = three_levels()

    amending.withdraw(task.obligation, reason="通知作废", now=NOW, by=factories.coordinator())

    statuses = [fresh(row).status for row in (task, middle, lowest)]
    assert statuses == [Status.WITHDRAWN] * 3
    assert fresh(lowest).return_reason == "上级已撤销：通知作废"


# --- the task above waits for those below ---


def province_with(count: int, still_open: int) -> Assignment:
    """A province ready to sign, split among ``count`` cities; the last have not reported."""
    task = accepted()
    made = split(task, *cities(task.bureau, count))
    for row in made.assignments.for_detail().order_by("bureau_path")[: count - still_open]:
        walk(row, *TO_SUBMIT)
    return walk(task, *TO_APPROVAL)


def submit(task: Assignment, reason: str = "") -> Assignment:
    by = factories.actor(task, "submit")
    return transitions.move(task, "submit", now=NOW, reason=reason, by=by)


def test_province_with_3_of_20_open_is_told_so_by_name_and_goes_on_with_a_reason():
    task = province_with(20, still_open=3)

    with pytest.raises(TransitionDenied) as denied:
        submit(task)

    names = "示例18市市场监管局、示例19市市场监管局、示例20市市场监管局"
    assert str(denied.value) == f"下级{names}尚未报送，仍要签发报送的，请填写原因"
    assert fresh(task).status == Status.APPROVAL

    submit(task, "时限已到，三市数据另行补报")

    assert fresh(task).status == Status.SUBMITTED
    event = AuditEvent.objects.about(task).get(verb="签发报送")
    assert event.detail["reason"] == "时限已到，三市数据另行补报"
    assert event.detail["open_below"] == {
        "331800": "示例18市市场监管局",
        "331900": "示例19市市场监管局",
        "332000": "示例20市市场监管局",
    }


def test_message_names_the_first_five_and_counts_the_rest():
    with pytest.raises(TransitionDenied, match="示例4市市场监管局、示例5市市场监管局等7个单位尚未"):
        submit(province_with(7, still_open=7))


def test_province_whose_cities_are_all_in_owes_no_reason():
    task = submit(province_with(3, still_open=0))

    event = AuditEvent.objects.about(task).get(verb="签发报送")
    assert "open_below" not in event.detail


@pytest.mark.parametrize(
    ("verbs", "is_open"),
    [
        ((), True),
        (("accept", "hand_in"), True),
        (("decline",), True),
        (("accept", "report_nil", "pass_review", "submit"), False),
        ((*TO_SUBMIT, "return_"), True),
        ((*TO_SUBMIT, "close"), False),
        ((*TO_SUBMIT, "close", "correct"), False),
        (("withdraw",), False),
    ],
)
def test_what_counts_as_open_below(verbs, is_open):
    task = accepted()
    (hangzhou,) = cities(task.bureau, 1)

    walk(child(split(task, hangzhou), hangzhou), *verbs)

    assert Assignment.objects.open_below(task).exists() == is_open


def test_withdrawn_split_holds_nobody_up():
    task = accepted()
    amending.withdraw(split(task), reason="改为代填", now=NOW, by=coordinator(task.bureau))

    assert submit(walk(task, *TO_APPROVAL)).status == Status.SUBMITTED


def test_children_of_another_task_hold_nobody_up():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu)
    own, other = (
        factories.accept(factories.owed_by(issued, code)) for code in ("330000", "320000")
    )
    split(other, factories.prefecture(jiangsu, "320100", "南京市"))

    assert submit(walk(own, *TO_APPROVAL)).status == Status.SUBMITTED


# --- who sees what ---


def seen_by(bureau: Bureau) -> set[str]:
    person = factories.staff(Role.FILLER, bureau)
    return set(Assignment.objects.visible_to(person).values_list("bureau__code", flat=True))


def test_each_sees_its_own_and_those_below_alone():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)
    split(task, hangzhou, ningbo)

    assert seen_by(hangzhou) == {"330100"}
    assert seen_by(task.bureau) == {"330000", "330100", "330200"}
    assert seen_by(factories.province("320000", "江苏省")) == set()


def test_obligation_of_the_task_above_is_not_known_below():
    task = accepted()
    hangzhou, *_ = cities(task.bureau)
    made = split(task, hangzhou)

    person = factories.staff(Role.FILLER, hangzhou)

    assert list(Obligation.objects.visible_to(person)) == [made]


def test_what_a_province_asks_below_is_no_concern_of_the_bureau_above():
    task = accepted()
    made = split(task)
    concerns = {
        bureau.code: set(Obligation.objects.concerning(coordinator(bureau)))
        for bureau in (factories.central(), task.bureau, cities(task.bureau)[0])
    }

    assert concerns == {
        "100000": {task.obligation},
        "330000": {task.obligation, made},
        "330100": {made},
    }
