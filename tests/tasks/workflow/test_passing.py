from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import issuing, passing
from tasks.actions.issuing import Terms
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Assignment
from tasks.scheduling.dates import Dates, last_moment
from tasks.states import Status
from tests import factories
from tests.factories import DUE_ON, NOW, fresh, walk

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def task():
    factories.province("320000", "江苏省")
    return factories.assignment()


def jiangsu():
    return factories.province("320000", "江苏省")


def decline(task, suggested=None, reason="不属于本单位职责"):
    by = factories.staff(Role.FILLER, task.bureau)
    return passing.decline(task, suggested=suggested, reason=reason, now=LATER, by=by)


def pass_on(task, to, *, reason="职责在该单位", by=None):
    by = by or factories.coordinator()
    return passing.pass_on(task, to=to, reason=reason, now=LATER, by=by)


def candidates(task) -> list[str]:
    return list(passing.candidates(task).values_list("code", flat=True))


def test_declined_task_is_the_issuers_turn_and_keeps_reason_and_suggestion(task):
    decline(task, suggested=jiangsu())

    row = fresh(task)
    assert (row.status, row.return_reason) == (Status.DECLINED, "不属于本单位职责")
    assert row.suggested == jiangsu()
    assert AuditEvent.objects.about(task).get().detail["suggested"] == "江苏省市场监管局"


def test_decline_without_a_reason_is_refused_and_nothing_is_kept(task):
    with pytest.raises(TransitionDenied, match="请填写退办的原因"):
        decline(task, suggested=jiangsu(), reason=" ")

    assert (fresh(task).status, fresh(task).suggested) == (Status.PENDING, None)


def test_own_bureau_is_no_suggestion(task):
    with pytest.raises(TransitionDenied, match="请选择其他单位"):
        decline(task, suggested=task.bureau)


def test_candidates_are_those_the_issuer_could_have_sent_it_to(task):
    factories.internal_unit()
    city = factories.prefecture(jiangsu(), "320100", "南京市")
    closed = factories.province("340000", "安徽省")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)

    assert candidates(task) == ["320000", "N10"]
    assert city.code not in candidates(task)


def test_candidates_of_a_split_lie_directly_below(task):
    walk(task, "accept")
    hangzhou = factories.prefecture(task.bureau)
    ningbo = factories.prefecture(task.bureau, "330200", "宁波市")
    factories.prefecture(jiangsu(), "320100", "南京市")
    split = issuing.split(
        task,
        bureaus=[hangzhou],
        terms=Terms(Dates(due_at=last_moment(DUE_ON)), need="示例理由"),
        now=LATER,
        by=factories.staff(Role.COORDINATOR, task.bureau),
    )
    child = split.assignments.for_detail().get()

    assert candidates(child) == [ningbo.code]


def test_passing_on_releases_one_bureau_and_asks_the_other(task):
    made = pass_on(task, jiangsu())

    old, new = fresh(task), Assignment.objects.get(bureau=jiangsu())
    assert (old.status, old.passed_to, old.return_reason) == (
        Status.PASSED_ON,
        new,
        "职责在该单位",
    )
    assert new == made
    assert (new.status, new.due_at, new.receiver) == (
        Status.PENDING,
        last_moment(DUE_ON),
        factories.central(),
    )
    assert not old.milestones.armed().exists()
    assert new.milestones.armed().count() == 10


def test_declined_task_is_passed_on(task):
    decline(task, suggested=jiangsu())

    assert pass_on(fresh(task), jiangsu()).bureau == jiangsu()


@pytest.mark.parametrize("why", ["has it", "itself", "closed", "below"])
def test_passing_on_to_one_that_cannot_take_it_changes_nothing(task, why):
    has_it, closed = factories.province("340000", "安徽省"), factories.province("110000", "北京市")
    issuing.add(task.obligation, bureaus=[has_it], now=LATER, by=factories.coordinator())
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    city = factories.prefecture(jiangsu(), "320100", "南京市")
    to = {"has it": has_it, "itself": task.bureau, "closed": closed, "below": city}[why]

    with pytest.raises(TransitionDenied, match="请选择其他单位"):
        pass_on(task, to)

    assert fresh(task).status == Status.PENDING
    assert Assignment.objects.count() == 2


def test_passing_on_needs_the_issuers_post_and_a_reason(task):
    own = factories.staff(Role.COORDINATOR, task.bureau)

    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限，不能转办"):
        pass_on(task, jiangsu(), by=own)
    with pytest.raises(TransitionDenied, match="请填写转办的原因"):
        pass_on(task, jiangsu(), reason="")

    assert Assignment.objects.count() == 1


def test_passing_on_of_what_is_being_filled_in_is_refused(task):
    walk(task, "accept", "start")

    with pytest.raises(TransitionDenied, match="任务当前为“填报中”，不能转办"):
        pass_on(task, jiangsu())
    assert Assignment.objects.count() == 1
