"""转发分解 after it went out: more bureaus, other days, none at all."""

from datetime import date

import pytest

from bureaus.models import Bureau
from tasks.actions import amending, issuing, passing, transitions
from tasks.errors import IssueRefused
from tasks.models import Assignment, Milestone
from tasks.states import ObligationState, Status
from tests import factories
from tests.factories import TO_SUBMIT, fresh, walk
from tests.splits import NOW, accepted, child, cities, coordinator, split

pytestmark = pytest.mark.django_db


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

    with pytest.raises(IssueRefused, match="不能晚于上级任务的截止时间2026年3月31日"):
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
